"""What the register of papers gives away."""

from django.utils.translation import gettext_lazy as _

from ocop.spreadsheet import Column, Sheet

PAPERS = Sheet(
    _("Sổ văn bản"),
    (
        Column(_("Số, ký hiệu"), "symbol"),
        Column(_("Ngày"), "dated_on", 14),
        Column(_("Trích yếu"), "title", 70),
        Column(_("Loại"), "label", 28),
        Column(_("Cơ quan"), "unit.name", 28),
        Column(_("Người ký"), "signer_name", 24),
        Column(_("Tình trạng"), "get_state_display"),
    ),
)
