"""The columns of the Excel file of potential products."""

from typing import Any

from django.utils.translation import gettext as _

from ocop.orgs.text import unaccented
from ocop.tables.columns import Column, UnreadableError, text
from ocop.written import in_vietnamese
from products.models import ProducerKind


@in_vietnamese()
def producer_kind(_title: str, cell: Any) -> str:
    wanted = unaccented(str(cell))
    for value, label in ProducerKind.choices:
        if wanted in {value, unaccented(str(label))} or unaccented(str(label)).startswith(wanted):
            return value
    known = ", ".join(str(label) for label in ProducerKind.labels)
    raise UnreadableError(_("Loại hình chủ thể là một trong: %(known)s.") % {"known": known})


COLUMNS = (
    Column("commune", "Xã, phường", text(200), is_required=True, example="Xã Mường So", width=24),
    Column("product", "Tên sản phẩm", text(300), is_required=True, example="Cá bống vùi tro", width=36),
    Column("set", "Bộ tiêu chí", text(20), example="8"),
    Column("producer", "Tên chủ thể", text(300), example="Hộ bà Lò Thị Đôi", width=36),
    Column("producer_kind", "Loại hình", producer_kind, example="Hộ sản xuất, hộ kinh doanh"),
    Column("phone", "Điện thoại", text(20), example="0912345678"),
    Column("scale", "Quy mô", text(300), example="30 kg một tháng", width=30),
    Column(
        "strengths", "Điểm riêng, lợi thế", text(2000), example="Món của người Thái bên suối Nậm So", width=40
    ),
    Column("description", "Ghi chú", text(2000), width=30),
)
