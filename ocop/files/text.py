"""The text of a paper, read on our own server: out of the PDF, or off the picture by Tesseract where it is installed.

Nothing leaves the machine. Without Tesseract (or its Vietnamese) only PDFs that carry text are read.
"""

import io
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache

import pypdfium2
from PIL import Image, ImageFilter, ImageStat

from ocop.files.models import StoredFile
from ocop.files.pdfium import ONE_AT_A_TIME

PAGES = 3  # that are read: number, issuer and dates stand on the first
LONG_SIDE = 2400  # pixels that Tesseract gets: about 200 dpi of an A4 page
LEAST_TEXT = 60  # letters: a PDF with fewer is a scan
SECONDS = 60  # for one page
LANGUAGE = "vie"
BLURRED = 60.0  # variance of the edges of a page below which letters run into each other
EMPTY = 8.0  # spread of greys of a page that has next to nothing on it
LOOKED_AT = 1000  # pixels: the size at which blur is measured


@dataclass(frozen=True)
class Text:
    """What was read; `was_read` is False where nothing here can read it."""

    words: str
    was_read: bool
    is_blurred: bool = False
    is_turned: bool = False


@cache
def tesseract() -> str:
    """The command, "" where it is not installed or knows no Vietnamese."""
    command = shutil.which("tesseract") or ""
    if not command:
        return ""
    known = subprocess.run([command, "--list-langs"], capture_output=True, text=True, check=False)  # noqa: S603
    return command if LANGUAGE in known.stdout.split() else ""


def read(file: StoredFile) -> Text:
    """The first pages of a PDF or a picture; anything else is not read."""
    if file.is_pdf:
        words = _carried(file)
        if len(words) >= LEAST_TEXT:
            return Text(words, was_read=True)
    elif not file.is_picture:
        return Text("", was_read=False)
    pages = _pictures(file)
    blurred = bool(pages) and is_blurred(pages[0])
    if not tesseract():
        return Text("", was_read=False, is_blurred=blurred)
    turned = bool(pages) and _is_turned(pages[0])
    return Text("\n".join(map(_recognised, pages)), was_read=True, is_blurred=blurred, is_turned=turned)


def is_blurred(page: Image.Image) -> bool:
    """Whether its edges are so soft that letters cannot be told apart."""
    small = page.convert("L")
    small.thumbnail((LOOKED_AT, LOOKED_AT))
    if ImageStat.Stat(small).stddev[0] < EMPTY:
        return False
    edges = small.filter(ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128))
    inside = edges.crop((2, 2, max(edges.width - 2, 3), max(edges.height - 2, 3)))
    return ImageStat.Stat(inside).var[0] < BLURRED


def _carried(file: StoredFile) -> str:
    with file.open() as content, ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(content, autoclose=False)
        try:
            pages = [document[number] for number in range(min(len(document), PAGES))]
            return "\n".join(page.get_textpage().get_text_bounded() for page in pages).replace("\r", "")
        finally:
            document.close()


def _pictures(file: StoredFile) -> list[Image.Image]:
    with file.open() as content:
        if file.is_picture:
            with Image.open(content) as picture:
                picture.thumbnail((LONG_SIDE, LONG_SIDE))
                return [picture.convert("RGB")]
        with ONE_AT_A_TIME:
            document = pypdfium2.PdfDocument(content, autoclose=False)
            try:
                pages = [document[number] for number in range(min(len(document), PAGES))]
                return [page.render(scale=LONG_SIDE / max(page.get_size())).to_pil() for page in pages]
            finally:
                document.close()


def _recognised(page: Image.Image) -> str:
    return _run(page, "-l", LANGUAGE)


def _is_turned(page: Image.Image) -> bool:
    """Whether Tesseract is sure that the letters lie or stand on their head."""
    said = _run(page, "--psm", "0")
    turned = re.search(r"Rotate: (\d+)", said)
    sure = re.search(r"Orientation confidence: ([\d.]+)", said)
    return bool(turned and sure and int(turned[1]) and float(sure[1]) > 2)


def _run(page: Image.Image, *options: str) -> str:
    """What it prints; "" where it gives up or takes too long."""
    given = io.BytesIO()
    page.save(given, "PNG", compress_level=1)
    command = [tesseract(), "stdin", "stdout", *options]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=given.getvalue(), capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode(errors="replace")
