"""A certificate's standing in words: for lists, for its page, for whoever scans the code."""

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.certificates.validity import Standing, standing
from evaluation.models import Certificate

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Told:
    """The word, the component's kind of state, the seal that heads a page."""

    word: str | Promise
    kind: str
    seal: str


TOLD: dict[Standing, Told] = {
    "valid": Told(gettext_lazy("Đang có hiệu lực"), "live", "valid"),
    "soon": Told(gettext_lazy("Sắp hết hạn"), "back", "soon"),
    "extended": Told(gettext_lazy("Được gia hạn"), "back", "soon"),
    "expired": Told(gettext_lazy("Đã hết hạn"), "over", "expired"),
    "revoked": Told(gettext_lazy("Đã thu hồi"), "wrong", "revoked"),
    "replaced": Told(gettext_lazy("Đã được thay thế"), "over", "expired"),
}


def told(word: Standing) -> Told:
    return TOLD[word]


def validity_words(certificate: Certificate, on: dt.date) -> str:
    """The sentence under the word: until when, since when, by what."""
    last = date_format(certificate.last_day, "d/m/Y")
    match standing(certificate, on):
        case "valid":
            return _("Giấy chứng nhận còn hiệu lực đến hết ngày %(last)s.") % {"last": last}
        case "soon":
            left = (certificate.last_day - on).days
            return _("Còn hiệu lực đến hết ngày %(last)s, còn %(days)s ngày.") % {"last": last, "days": left}
        case "extended":
            return _("Được gia hạn đến hết ngày %(last)s. Căn cứ: %(ground)s.") % {
                "last": last, "ground": certificate.extension_ground,
            }  # fmt: skip
        case "expired":
            since = date_format(certificate.last_day + DAY, "d/m/Y")
            return _("Hết hạn từ ngày %(since)s. Sản phẩm không còn được mang nhãn OCOP %(stars)s sao.") % {
                "since": since, "stars": certificate.stars,
            }  # fmt: skip
        case "replaced":
            return _("Đã được thay bằng giấy chứng nhận số %(number)s.") % {
                "number": certificate.replaced_by.number if certificate.replaced_by else ""
            }
        case _:
            return _(
                "Thu hồi ngày %(day)s theo Quyết định số %(number)s. Sản phẩm không được mang nhãn OCOP."
            ) % {
                "day": date_format(certificate.revoked_on or on, "d/m/Y"),
                "number": certificate.revoked_decision,
            }
