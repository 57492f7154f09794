"""Reading the Excel file: cells to values, and each fault with its row and column."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from ocop.orgs.text import unaccented
from ocop.tables.columns import Column, UnreadableError

MOST_ROWS = 20_000
LARGEST = 10 * 1024 * 1024  # bytes of the file
LARGEST_UNPACKED = 200 * 1024 * 1024
FIRST_ROW = 2  # below the heads, as Excel counts


@dataclass
class Fault:
    """One thing to mend; `row` as Excel counts, 0 for the file as a whole."""

    row: int
    column: str
    words: str

    def as_list(self) -> list[Any]:
        return [self.row, self.column, self.words]


@dataclass
class Sheet:
    """The rows by their number, their values by column key; a row with a fault is left out, one in doubt is not."""

    columns: tuple[Column, ...]
    rows: dict[int, dict[str, Any]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    doubts: list[Fault] = field(default_factory=list)
    count: int = 0

    def blame(self, row: int, key: str, words: str) -> None:
        self.faults.append(Fault(row, self._title(key), words))

    def doubt(self, row: int, key: str, words: str) -> None:
        self.doubts.append(Fault(row, self._title(key), words))

    def _title(self, key: str) -> str:
        return next((column.title for column in self.columns if column.key == key), "")


def read_sheet(content: bytes, columns: tuple[Column, ...], *, most: int = MOST_ROWS) -> Sheet:
    """Every row of the first sheet; ValidationError where it is no Excel file or not ours."""
    _check_size(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise ValidationError(_("Không đọc được tệp: hãy lưu lại dạng Excel (.xlsx).")) from error
    try:
        lines = book.worksheets[0].iter_rows(values_only=True)
        places = _places(next(lines, ()), columns)
        return _read(lines, places, Sheet(columns), most)
    finally:
        book.close()


def _check_size(content: bytes) -> None:
    """Before anything is unpacked: a small file may hold a huge one."""
    if len(content) > LARGEST:
        raise ValidationError(_("Tệp lớn hơn 10 MB: hãy tách thành nhiều tệp."))
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise ValidationError(_("Không đọc được tệp: hãy lưu lại dạng Excel (.xlsx)."))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(one.file_size for one in packed.infolist()) > LARGEST_UNPACKED:
            raise ValidationError(_("Tệp chứa quá nhiều dữ liệu: hãy tách thành nhiều tệp."))


def _places(heads: Iterable[Any], columns: tuple[Column, ...]) -> list[tuple[int, Column]]:
    """Where each column stands; they may stand in any order, but none that is required may be missing."""
    found = {unaccented(str(head or "")).rstrip("* "): index for index, head in enumerate(heads)}
    missing = [it.title for it in columns if it.is_required and unaccented(it.title) not in found]
    if missing:
        words = _("Tệp thiếu cột: %(titles)s. Hãy dùng tệp mẫu.")
        raise ValidationError(words % {"titles": ", ".join(missing)})
    return [(found[unaccented(it.title)], it) for it in columns if unaccented(it.title) in found]


def _read(
    lines: Iterator[tuple[Any, ...]], places: list[tuple[int, Column]], sheet: Sheet, most: int
) -> Sheet:
    for number, line in enumerate(lines, FIRST_ROW):
        if all(cell in (None, "") for cell in line):
            continue
        sheet.count += 1
        if sheet.count > most:
            words = _("Tệp có hơn %(most)s dòng: hãy tách thành nhiều tệp.")
            raise ValidationError(words % {"most": most})
        before = len(sheet.faults)
        values = dict(_cells(sheet, number, line, places))
        if len(sheet.faults) == before:
            sheet.rows[number] = values
    if not sheet.count:
        sheet.faults.append(Fault(0, "", _("Tệp không có dòng nào.")))
    return sheet


def _cells(
    sheet: Sheet, number: int, line: tuple[Any, ...], places: list[tuple[int, Column]]
) -> Iterator[tuple[str, Any]]:
    for index, column in places:
        cell = line[index] if index < len(line) else None
        if cell is None or not str(cell).strip():
            if column.is_required:
                sheet.blame(number, column.key, _("Chưa ghi."))
            continue
        try:
            yield column.key, column.read(column.title, cell)
        except UnreadableError as wrong:
            sheet.blame(number, column.key, str(wrong))
