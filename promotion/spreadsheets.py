"""What the lists of this room give away."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.spreadsheet import Column, Sheet
from promotion.models import Event
from promotion.participations import problems

EVENTS = Sheet(
    gettext_lazy("Hội chợ, sự kiện"),
    (
        Column(gettext_lazy("Sự kiện"), "name", 60),
        Column(gettext_lazy("Địa điểm"), "place", 40),
        Column(gettext_lazy("Đơn vị tổ chức"), "unit.name", 28),
        Column(gettext_lazy("Từ ngày"), "starts_on", 14),
        Column(gettext_lazy("Đến hết ngày"), "ends_on", 14),
        Column(gettext_lazy("Nhận từ (sao)"), "least_stars", 10),
        Column(gettext_lazy("Số sản phẩm"), "count", 10),
    ),
)


def participations(event: Event) -> Sheet:
    """What shows at this fair, each asked again today."""
    return Sheet(
        event.name,
        (
            Column(_("Sản phẩm"), "certificate.product_name", 40),
            Column(_("Chủ thể"), "certificate.producer_name", 50),
            Column(_("Xã, phường"), "certificate.product.unit.name", 24),
            Column(_("Số giấy"), "certificate.number"),
            Column(_("Hạng sao"), "certificate.stars", 10),
            Column(_("Hiệu lực đến hết"), "certificate.last_day", 14),
            Column(
                _("Điều kiện"),
                lambda row: "; ".join(problems(row.certificate, event)) or _("đủ điều kiện"),
                40,
            ),
        ),
    )
