"""The columns of the Excel file of certificates."""

import re
from typing import Any

from django.utils.translation import gettext as _

from ocop.tables.columns import Column, UnreadableError, day, text
from products.inventory.columns import producer_kind


def stars(_title: str, cell: Any) -> int:
    digits = re.fullmatch(r"([345])(?:\.0)?\s*(?:sao|\*|★)?", str(cell).strip().casefold())
    if digits is None:
        raise UnreadableError(_("Hạng sao là 3, 4 hoặc 5."))
    return int(digits[1])


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
