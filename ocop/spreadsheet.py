"""A list to take away: the rows that its page lists, as its filters stand, in one Excel file."""

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any

import xlsxwriter
from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _

from ocop.audit.log import record_download
from ocop.orgs.http import SignedInRequest
from ocop.orgs.text import unaccented

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMAT = "xlsx"
LONGEST_TAB = 31  # what Excel takes as the name of a sheet
CHUNK = 500
DATE, MOMENT = "dd/mm/yyyy", "dd/mm/yyyy hh:mm"


@dataclass(frozen=True)
class Column:
    """A head and where its cells come from: an attribute ("product.unit.name"), or a function of the row."""

    label: str | Promise
    value: str | Callable[[Any], Any]
    width: int = 18

    def cell(self, row: Any) -> Any:
        value = attrgetter(self.value)(row) if isinstance(self.value, str) else self.value(row)
        return value() if callable(value) else value


@dataclass(frozen=True)
class Sheet:
    """What a list gives away: its name and its columns."""

    title: str | Promise
    columns: tuple[Column, ...]


def is_asked(request: SignedInRequest) -> bool:
    """Whether the address is that of the file, not of the page."""
    return request.GET.get("format") == FORMAT


def download(request: SignedInRequest, sheet: Sheet, rows: Any) -> HttpResponse:
    """The file, logged; `rows` is the queryset of the page, in its order."""
    made = io.BytesIO()
    count = _write(made, sheet, rows)
    asked = {key: value for key, value in request.GET.items() if key != "format" and value}
    data = {"rows": count, "asked": asked}
    record_download(rows.model, title=str(sheet.title), by=request.user, data=data)
    name = f"{slugify(unaccented(str(sheet.title)))}-{timezone.localdate():%Y-%m-%d}.{FORMAT}"
    response = HttpResponse(made.getvalue(), content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _write(made: io.BytesIO, sheet: Sheet, rows: Any) -> int:
    """Row by row, so that a long list needs no more memory than a short one."""
    most, count = settings.SPREADSHEET_ROWS, 0
    with xlsxwriter.Workbook(made, {"constant_memory": True}) as book:
        page = book.add_worksheet(_tab(str(sheet.title)))
        _head(book, page, sheet)
        writers = _Writers(book, page)
        for count, row in enumerate(rows[: most + 1].iterator(chunk_size=CHUNK), 1):
            if count > most:
                words = _("Danh sách có hơn %(most)s dòng; hãy lọc bớt rồi tải lại để có phần còn lại.")
                page.write_string(count, 0, words % {"most": most})
                return most
            for index, column in enumerate(sheet.columns):
                writers.write(count, index, column.cell(row))
    return count


def _tab(title: str) -> str:
    return "".join(char for char in title if char not in r"[]:*?/\'")[:LONGEST_TAB]


def _head(book: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet, sheet: Sheet) -> None:
    style = book.add_format(
        {"bold": True, "bg_color": "#E6F0E8", "border": 1, "text_wrap": True, "valign": "top"}
    )
    page.freeze_panes(1, 1)
    page.repeat_rows(0)
    page.set_landscape()
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, column.width)
        page.write_string(0, index, str(column.label), style)


class _Writers:
    """A cell is what its value is: a date, a number, else text, which Excel never reckons as a formula."""

    def __init__(self, book: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet) -> None:
        self.page = page
        self.date = book.add_format({"num_format": DATE, "align": "left"})
        self.moment = book.add_format({"num_format": MOMENT, "align": "left"})

    def write(self, row: int, index: int, value: Any) -> None:
        match value:
            case None | "":
                return
            case bool():
                self.page.write_string(row, index, _("có") if value else _("không"))
            case int() | float() | Decimal():
                self.page.write_number(row, index, value)
            case dt.datetime():
                self.page.write_datetime(
                    row, index, timezone.localtime(value).replace(tzinfo=None), self.moment
                )
            case dt.date():
                self.page.write_datetime(row, index, value, self.date)
            case _:
                self.page.write_string(row, index, str(value))
