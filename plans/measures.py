"""What a target may count: names and words only; `ocop.reports.measures` says how each is counted."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STARS = (3, 4, 5)  # the stars a target may name; the regime says which of them are recognised


@dataclass(frozen=True)
class Measure:
    """One way of counting: over a year, or as things stand on a day (`is_stock`)."""

    label: str | Promise
    unit: str | Promise
    takes_stars: bool = False
    is_stock: bool = False


_PRODUCTS = pgettext_lazy("target", "sản phẩm")
_CERTIFICATES = pgettext_lazy("target", "giấy chứng nhận")
_PRODUCERS = pgettext_lazy("target", "chủ thể")
_DOSSIERS = pgettext_lazy("target", "hồ sơ")
_PEOPLE = pgettext_lazy("target", "người")

MEASURES: dict[str, Measure] = {
    "products_valid": Measure(_("Sản phẩm đang giữ hạng"), _PRODUCTS, takes_stars=True, is_stock=True),
    "tourism_valid": Measure(
        _("Dịch vụ, điểm du lịch đang giữ hạng"),
        pgettext_lazy("target", "điểm"),
        takes_stars=True,
        is_stock=True,
    ),
    "products_recognised": Measure(
        _("Sản phẩm được công nhận trong năm (mới, nâng hạng, phân hạng lại)"), _PRODUCTS, takes_stars=True
    ),
    "products_new": Measure(_("Sản phẩm mới được công nhận lần đầu trong năm"), _PRODUCTS, takes_stars=True),
    "products_upgraded": Measure(_("Sản phẩm được nâng hạng trong năm"), _PRODUCTS, takes_stars=True),
    "products_reranked": Measure(_("Sản phẩm được phân hạng lại trong năm"), _PRODUCTS, takes_stars=True),
    "products_sent_up": Measure(_("Sản phẩm được chuyển hồ sơ lên cấp trên trong năm"), _PRODUCTS),
    "certificates_expiring": Measure(
        _("Giấy chứng nhận còn hiệu lực sẽ hết hạn trong năm"), _CERTIFICATES, takes_stars=True, is_stock=True
    ),
    "certificates_revoked": Measure(
        _("Giấy chứng nhận bị thu hồi trong năm"), _CERTIFICATES, takes_stars=True
    ),
    "dossiers_filed": Measure(_("Hồ sơ đã nộp trong năm"), _DOSSIERS),
    "products_registered": Measure(_("Sản phẩm đăng ký tham gia trong năm (tiềm năng)"), _PRODUCTS),
    "producers_registered": Measure(_("Chủ thể đăng ký tham gia trong năm"), _PRODUCERS),
    "producers_women": Measure(
        _("Chủ thể có sản phẩm đang giữ hạng do phụ nữ đại diện"), _PRODUCERS, is_stock=True
    ),
    "producers_minority": Measure(
        _("Chủ thể có sản phẩm đang giữ hạng do người dân tộc thiểu số đại diện"), _PRODUCERS, is_stock=True
    ),
    "producers_disabled": Measure(
        _("Chủ thể có sản phẩm đang giữ hạng do người khuyết tật đại diện"), _PRODUCERS, is_stock=True
    ),
    "workers": Measure(
        _("Lao động của chủ thể có sản phẩm đang giữ hạng, theo hồ sơ nộp gần nhất"), _PEOPLE, is_stock=True
    ),
    "workers_local": Measure(
        _("Lao động địa phương của chủ thể có sản phẩm đang giữ hạng, theo hồ sơ nộp gần nhất"),
        _PEOPLE,
        is_stock=True,
    ),
    "fairs_held": Measure(_("Hội chợ, sự kiện xúc tiến trong năm"), pgettext_lazy("target", "sự kiện")),
    "fair_participations": Measure(
        _("Lượt sản phẩm tham gia hội chợ trong năm"), pgettext_lazy("target", "lượt"), takes_stars=True
    ),
}


def choices() -> Iterator[tuple[str, str | Promise]]:
    """For a form's list."""
    return ((name, measure.label) for name, measure in MEASURES.items())
