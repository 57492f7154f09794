"""The reader's name over what she takes away of another's papers: who passes it on is known.

The paper that is kept stays as it is; only the copy that leaves carries the mark. One stencil is drawn and laid
over every page, so that a paper of hundreds of pages gains a few kilobytes and is never held in memory.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import BinaryIO

import pikepdf
from fontpkg_be_vietnam_pro import ROOT
from PIL import Image, ImageDraw, ImageFont

from ocop.files.models import StoredFile

SIDE = 1400  # pixels of the stencil
LETTERS = 34
SLOPE = 30  # degrees
STRENGTH = 0.45  # of the mark's ink
INK = (60, 60, 60)


def can_mark(file: StoredFile) -> bool:
    return file.is_pdf or file.is_picture


@contextmanager
def marked(file: StoredFile, words: str) -> Iterator[BinaryIO]:
    """A copy on disk under these words; pikepdf.PdfError where the PDF cannot be written anew."""
    with file.open() as content:
        copy = tempfile.TemporaryFile()  # noqa: SIM115, the answer that sends it closes it
        write_marked(content, copy, words, is_pdf=file.is_pdf)
        copy.seek(0)
        yield copy


def write_marked(content: BinaryIO, copy: BinaryIO, words: str, *, is_pdf: bool) -> None:
    """A PDF's or picture's copy under these words; pikepdf.PdfError, OSError where it does not bear being written anew."""
    (_mark_pdf if is_pdf else _mark_picture)(content, copy, words)


@lru_cache(maxsize=2)  # an archive has it laid over each of its files
def _stencil(words: str) -> Image.Image:
    """The words again and again, aslant: what is to be inked is white. Not to be drawn on."""
    wide = 2 * SIDE
    drawn = Image.new("L", (wide, wide))
    pen, font = ImageDraw.Draw(drawn), _font()
    step = int(pen.textlength(words, font)) + 4 * LETTERS
    for row, top in enumerate(range(0, wide, 7 * LETTERS)):
        for left in range(-step + (row % 2) * step // 2, wide, step):
            pen.text((left, top), words, 255, font)
    corner = SIDE // 2
    return drawn.rotate(SLOPE).crop((corner, corner, corner + SIDE, corner + SIDE))


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(ROOT / "files" / "BeVietnamPro-Medium.ttf"), LETTERS)


def _mark_picture(content: BinaryIO, copy: BinaryIO, words: str) -> None:
    with Image.open(content) as picture:
        kind = picture.format or "JPEG"
        side = max(picture.size)
        mask = _stencil(words).resize((side, side)).crop((0, 0, *picture.size))
        base = picture.convert("RGB")
        base.paste(INK, mask=mask.point(lambda ink: int(ink * STRENGTH)))
        base.save(copy, kind, **({"quality": 88} if kind == "JPEG" else {}))


def _mark_pdf(content: BinaryIO, copy: BinaryIO, words: str) -> None:
    with pikepdf.open(content) as document:
        mask = (
            _stencil(words).point(lambda ink: 255 if ink < 128 else 0).convert("1")
        )  # of a stencil 0 is inked
        stencil = document.make_stream(
            mask.tobytes(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, ImageMask=True,
            Width=SIDE, Height=SIDE, BitsPerComponent=1,
        )  # fmt: skip
        thin = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, ca=STRENGTH))
        for page in document.pages:
            _lay_over(page, stencil, thin)
        document.save(copy)


def _lay_over(page: pikepdf.Page, stencil: pikepdf.Object, thin: pikepdf.Object) -> None:
    """A square over the whole page, whatever the page's own drawing left turned or scaled."""
    left, bottom, right, top = (float(edge) for edge in page.mediabox)
    side = max(right - left, top - bottom)
    picture = page.add_resource(stencil, pikepdf.Name.XObject)
    state = page.add_resource(thin, pikepdf.Name.ExtGState)
    ink = " ".join(f"{part / 255:.2f}" for part in INK)
    drawing = (
        f"\nQ q {state} gs {ink} rg {side:.2f} 0 0 {side:.2f} {left:.2f} {bottom:.2f} cm {picture} Do Q\n"
    )
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(drawing.encode())
