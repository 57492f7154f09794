"""One page of a paper as a picture, for the viewer beside the question."""

import io

import pypdfium2
from PIL import Image

from ocop.files.models import StoredFile
from ocop.files.pdfium import ONE_AT_A_TIME

LONGEST_SIDE = 1600  # pixels: an A4 page reads well at twice its size on a screen
FORMATS: dict[str, dict[str, int]] = {
    "PNG": {},
    "JPEG": {"quality": 70},  # a quarter of the bytes, for what is taken along on a device
}


def page_count(file: StoredFile) -> int:
    return file.pages or 1


def page_picture(file: StoredFile, number: int, kind: str) -> bytes | None:
    """The page as PNG or JPEG, from 1; None where the paper has no such page."""
    if not 1 <= number <= page_count(file):
        return None
    with file.open() as content:
        picture = Image.open(content) if file.is_picture else _rendered(content.read(), number)
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        made = io.BytesIO()
        picture.convert("RGB").save(made, kind, **FORMATS[kind])
    return made.getvalue()


def _rendered(content: bytes, number: int) -> Image.Image:
    with ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(content)
        try:
            page = document[number - 1]
            scale = LONGEST_SIDE / max(page.get_size())
            return page.render(scale=scale).to_pil()
        finally:
            document.close()
