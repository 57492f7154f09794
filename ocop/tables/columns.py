"""A column of such a file: what it is called, whether it must be there, how a cell is read."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


class UnreadableError(ValueError):
    """A cell does not hold what its column wants; the words say what it should."""


@dataclass(frozen=True)
class Column:
    """One column; `title` is found by its words, without case and accents."""

    key: str
    title: str
    read: Callable[[str, Any], Any]
    is_required: bool = False
    example: str = ""
    width: int = 18

    @property
    def head(self) -> str:
        return f"{self.title} *" if self.is_required else self.title


def text(longest: int) -> Callable[[str, Any], str]:
    def read(_title: str, cell: Any) -> str:
        value = _plain(cell)
        if len(value) > longest:
            raise UnreadableError(_("Dài quá %(longest)s ký tự.") % {"longest": longest})
        return value

    return read


def _plain(cell: Any) -> str:
    """Excel gives 7.0 for 7 and a date for what looks like one."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, dt.datetime | dt.date):
        return f"{cell:%d/%m/%Y}"
    return " ".join(str(cell).split())


def day(_title: str, cell: Any) -> dt.date:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    found = _DATE.fullmatch(str(cell).strip())
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1])) if found else _no_day()
    except ValueError:
        return _no_day()


def _no_day() -> dt.date:
    raise UnreadableError(_("Không phải ngày. Ghi dạng ngày/tháng/năm, ví dụ 05/08/2024."))
