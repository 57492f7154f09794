"""The Excel file to fill in: heads, one example, and a sheet that explains the columns."""

import io
from collections.abc import Iterable

import xlsxwriter

from ocop.tables.columns import Column

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HELP = "Hướng dẫn"
Line = tuple[str | int, str]


def make_template(
    title: str, columns: Iterable[Column], lines: Iterable[Line], codes: tuple[str, Iterable[Line]]
) -> bytes:
    """`lines` explain columns; `codes` is a list that one column takes its values from, with its head."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        head = book.add_format({"bold": True, "bg_color": "#E6F0E8", "border": 1, "text_wrap": True})
        plain = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet(title)
        sheet.freeze_panes(1, 1)
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width, plain)
            sheet.write_string(0, index, column.head, head)
            sheet.write_string(1, index, column.example)
        _explain(book.add_worksheet(HELP), head, list(lines), codes)
    return made.getvalue()


def _explain(
    sheet: xlsxwriter.worksheet.Worksheet,
    head: xlsxwriter.format.Format,
    lines: list[Line],
    codes: tuple[str, Iterable[Line]],
) -> None:
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 80)
    for row, (name, words) in enumerate(lines):
        sheet.write_string(row, 0, str(name), head)
        sheet.write_string(row, 1, words)
    title, rows = codes
    sheet.write_string(len(lines) + 1, 0, title, head)
    for row, (code, name) in enumerate(rows, len(lines) + 2):
        sheet.write(row, 0, code)
        sheet.write_string(row, 1, name)
