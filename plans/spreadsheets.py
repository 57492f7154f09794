"""What the lists of this room give away."""

from django.utils.translation import gettext_lazy as _

from ocop.spreadsheet import Column, Sheet

PLANS = Sheet(
    _("Kế hoạch năm"),
    (
        Column(_("Kế hoạch"), "title", 60),
        Column(_("Đơn vị"), "unit.name", 28),
        Column(_("Năm"), "year", 8),
        Column(_("Số, ký hiệu"), "number"),
        Column(_("Ngày ban hành"), "issued_on", 14),
        Column(_("Người ký"), "signer", 24),
        Column(_("Trạng thái"), "get_state_display"),
    ),
)
ROUNDS = Sheet(
    _("Các đợt đánh giá"),
    (
        Column(_("Đợt"), "name", 32),
        Column(_("Đơn vị"), "unit.name", 28),
        Column(_("Năm"), "year", 8),
        Column(_("Nhận hồ sơ từ"), "opens_on", 14),
        Column(_("Xã đề nghị đến hết"), "cutoff_on", 14),
        Column(_("Kết thúc"), "ends_on", 14),
        Column(_("Theo quyết định"), "regime"),
        Column(_("Căn cứ mở đợt bổ sung"), "basis", 50),
    ),
)
