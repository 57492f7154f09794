"""Tables: those of the text, with heads that are repeated on every page, and those without lines that place things."""

from collections.abc import Mapping, Sequence
from typing import Any

from docx.document import Document as Word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Mm
from docx.table import Table, _Cell

from ocop.papers.templatetags.papers import cells, head, is_narrow
from ocop.papers.word.sheet import CENTRE, LEFT, write

NARROW, WIDE = (4, 9), (9, 34)  # how many letters a column's share is reckoned from, at least and at most
LETTER = 0.18  # mm a letter takes for each point of its size, roughly


def placing(document: Word, widths: Sequence[float]) -> list[_Cell]:
    """One row without lines, whole on one page."""
    table = document.add_table(rows=1, cols=len(widths))
    _fix(table, widths)
    _mark(table, 0, "w:cantSplit")
    return list(table.rows[0].cells)


def lined(document: Word, table: Mapping[str, Any], *, width: int, size: float) -> None:
    """A table of the text, `width` mm wide."""
    columns = table["columns"]
    heads, *rest = grid(document, 1 + len(table["rows"]), shares(table, width, size))
    for cell, column in zip(heads, columns, strict=True):
        write(cell.paragraphs[0], head(column), size=size, align=CENTRE, is_bold=True)
    for row, texts in zip(rest, table["rows"], strict=True):
        for cell, (column, text) in zip(row, cells(table, texts), strict=True):
            write(cell.paragraphs[0], text, size=size, align=CENTRE if is_narrow(column) else LEFT)


def grid(document: Word, rows: int, widths: Sequence[float]) -> list[list[_Cell]]:
    """Empty cells with lines round them: the first row again on every page, no row broken over two."""
    made = document.add_table(rows=rows, cols=len(widths))
    made.style = "Table Grid"
    _fix(made, widths)
    _mark(made, 0, "w:tblHeader")
    for n in range(1, rows):
        _mark(made, n, "w:cantSplit")
    return [_cells(made, n) for n in range(rows)]


def shares(table: Mapping[str, Any], width: int, size: float) -> list[float]:
    """The columns' widths in mm: by their longest words, the narrow ones first."""
    wanted = [_wanted(table, n) for n in range(len(table["columns"]))]
    narrow = [
        it * LETTER * size if is_narrow(column) else 0
        for it, column in zip(wanted, table["columns"], strict=True)
    ]
    left = max(width - sum(narrow), 0)
    rest = sum(it for it, taken in zip(wanted, narrow, strict=True) if not taken)
    if not rest or left < width / 4:
        return [width * it / sum(wanted) for it in wanted]
    return [taken or left * it / rest for it, taken in zip(wanted, narrow, strict=True)]


def _wanted(table: Mapping[str, Any], n: int) -> int:
    column = table["columns"][n]
    least, most = NARROW if is_narrow(column) else WIDE
    in_cells = max((len(str(row[n])) for row in table["rows"]), default=0)
    in_head = max((len(word) for word in head(column).split()), default=0)
    return min(max(in_cells, in_head, least), most) + 1


def _cells(table: Table, row: int) -> list[_Cell]:
    """By the row's own elements: `Table.cell` reckons the whole grid anew each time."""
    return [_Cell(it, table) for it in table._tbl.tr_lst[row].tc_lst]


def _fix(table: Table, widths: Sequence[float]) -> None:
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for tr in table._tbl.tr_lst:
        for tc, width in zip(tr.tc_lst, widths, strict=True):
            tc.width = Mm(width)


def _mark(table: Table, row: int, name: str) -> None:
    table._tbl.tr_lst[row].get_or_add_trPr().append(OxmlElement(name))
