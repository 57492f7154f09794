"""Where one can point to in a paper: a page, the second of a clip; and a page as a picture for the viewer."""

import io
from typing import IO

import pypdfium2
from django.utils.translation import gettext as _
from PIL import Image

from ocop.files.models import StoredFile
from ocop.files.pdfium import ONE_AT_A_TIME

LONGEST_SIDE = 1600  # pixels: an A4 page reads well at twice its size on a screen
FORMATS: dict[str, dict[str, int]] = {
    "PNG": {},
    "JPEG": {"quality": 70},  # a quarter of the bytes, for what is taken along on a device
}


def has_pages(file: StoredFile) -> bool:
    """Whether its pages can be shown as pictures."""
    return file.is_pdf or file.is_picture


def page_count(file: StoredFile) -> int:
    """How many pages can be shown; none of a clip or a Word file."""
    return (file.pages or 1) if has_pages(file) else 0


def last_place(file: StoredFile) -> int:
    """The last place that can be pinned: a page, of a clip the second; 0 where there is none."""
    return (file.seconds or 0) if file.is_clip else page_count(file)


def place_words(file: StoredFile, number: int) -> str:
    """“trang 3”, of a clip “giây 1:23”."""
    if file.is_clip:
        return _("giây %(time)s") % {"time": f"{number // 60}:{number % 60:02}"}
    return _("trang %(n)s") % {"n": number}


def page_picture(file: StoredFile, number: int, kind: str) -> bytes | None:
    """The page as PNG or JPEG, from 1; None where the paper has no such page."""
    if not 1 <= number <= page_count(file):
        return None
    with file.open() as content:
        picture = Image.open(content) if file.is_picture else _rendered(content, number)
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        made = io.BytesIO()
        picture.convert("RGB").save(made, kind, **FORMATS[kind])
    return made.getvalue()


def _rendered(content: IO[bytes], number: int) -> Image.Image:
    """PDFium reads what it needs of the file, which stays on the disk."""
    with ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(content, autoclose=False)
        try:
            page = document[number - 1]
            scale = LONGEST_SIDE / max(page.get_size())
            return page.render(scale=scale).to_pil()
        finally:
            document.close()
