"""Photographs two by two, each over its caption."""

import io
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from docx.document import Document as Word
from docx.shared import Mm
from docx.table import _Cell

from ocop.papers.pictures import Picture, pictures
from ocop.papers.word.sheet import LEFT, write
from ocop.papers.word.tables import placing

COLUMNS = (82, 82)  # mm
LARGEST = (78, 60)  # mm that a picture takes at most, across and down
CAPTION = 11  # pt


def write_pictures(document: Word, photos: Iterable[Mapping[str, Any]]) -> None:
    left = pictures(photos)
    for first in left:
        cells = placing(document, COLUMNS)
        for cell, picture in zip(cells, [first, *islice(left, len(COLUMNS) - 1)], strict=False):
            _write(cell, picture)


def _write(cell: _Cell, picture: Picture) -> None:
    paragraph = cell.paragraphs[0]
    if picture.content:
        across, down = LARGEST
        scale = min(across / picture.width, down / picture.height)
        size = Mm(picture.width * scale), Mm(picture.height * scale)
        paragraph.add_run().add_picture(io.BytesIO(picture.content), *size)
        paragraph.paragraph_format.keep_with_next = True
        paragraph = cell.add_paragraph()
    write(paragraph, picture.caption, size=CAPTION, align=LEFT, is_italic=True, after=6)
