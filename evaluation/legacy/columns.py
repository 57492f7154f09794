"""The columns of the Excel file: what each is called, whether it must be there, how a cell is read."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ocop.orgs.text import unaccented
from ocop.written import in_vietnamese
from products.models import ProducerKind

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


def stars(_title: str, cell: Any) -> int:
    digits = re.fullmatch(r"([345])(?:\.0)?\s*(?:sao|\*|★)?", str(cell).strip().casefold())
    if digits is None:
        raise UnreadableError(_("Hạng sao là 3, 4 hoặc 5."))
    return int(digits[1])


@in_vietnamese()
def producer_kind(_title: str, cell: Any) -> str:
    wanted = unaccented(str(cell))
    for value, label in ProducerKind.choices:
        if wanted in {value, unaccented(str(label))} or unaccented(str(label)).startswith(wanted):
            return value
    known = ", ".join(str(label) for label in ProducerKind.labels)
    raise UnreadableError(_("Loại hình chủ thể là một trong: %(known)s.") % {"known": known})


COLUMNS = (
    Column("producer", "Tên chủ thể", text(300), is_required=True, example="Hợp tác xã Mường So", width=36),
    Column("producer_kind", "Loại hình", producer_kind, is_required=True, example="Hợp tác xã"),
    Column("registration_number", "Số đăng ký kinh doanh", text(40), example="6200012345"),
    Column("address", "Địa chỉ", text(300), example="Bản Nà Củng, xã Mường So", width=32),
    Column("commune", "Xã, phường", text(200), is_required=True, example="Xã Mường So", width=24),
    Column("product", "Tên sản phẩm", text(300), is_required=True, example="Chè Shan tuyết cổ thụ", width=36),
    Column("set", "Bộ tiêu chí", text(20), is_required=True, example="1"),
    Column("stars", "Hạng sao", stars, is_required=True, example="3", width=10),
    Column("number", "Số giấy chứng nhận", text(60), is_required=True, example="12/GCN-UBND", width=22),
    Column("issuer", "Cơ quan cấp", text(200), is_required=True, example="Huyện Phong Thổ", width=28),
    Column("decision_number", "Quyết định số", text(60), example="845/QĐ-UBND"),
    Column("decision_on", "Ngày quyết định", day, example="20/11/2024"),
    Column("issued_on", "Ngày cấp", day, is_required=True, example="20/11/2024"),
    Column("ends_on", "Ngày hết hạn", day, example=""),
    Column("code", "Mã sản phẩm", text(40), example=""),
)
