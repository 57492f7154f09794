"""What the people of a certificate are told: producer, commune and officers, each fact once."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from evaluation.models import Certificate
from ocop.notices.outbox import notify
from ocop.orgs.models import User
from products.people import nearest_holders, people_of

COMMUNE = "products.report_dossier"
OFFICER = "evaluation.change_decision"


def concerned(certificate: Certificate) -> list[User]:
    """Its producer's people, the officers of its commune and of its issuer (or of what became of them)."""
    return [
        *people_of(certificate.producer),
        *nearest_holders(COMMUNE, certificate.product.unit),
        *nearest_holders(OFFICER, certificate.unit),
    ]


def tell_revocation(certificate: Certificate) -> None:
    notify(
        concerned(certificate),
        kind="certificate",
        key=f"certificate-{certificate.pk}-revoked",
        subject=_("Giấy chứng nhận %(number)s bị thu hồi: %(product)s")
        % {"number": certificate.number, "product": certificate.product_name},
        body=_("Theo Quyết định số %(decision)s. Sản phẩm không được mang nhãn OCOP. Lý do: %(reason)s")
        % {"decision": certificate.revoked_decision, "reason": certificate.revoked_reason},
        url=f"certificates/{certificate.pk}/",
    )


def tell_extension(certificate: Certificate) -> None:
    until = date_format(certificate.last_day, "d/m/Y")
    notify(
        concerned(certificate),
        kind="certificate",
        key=f"certificate-{certificate.pk}-extended-{certificate.last_day}",
        subject=_("Giấy chứng nhận %(number)s được gia hạn đến hết ngày %(until)s")
        % {"number": certificate.number, "until": until},
        body=_("%(product)s. Căn cứ: %(ground)s")
        % {"product": certificate.product_name, "ground": certificate.extension_ground},
        url=f"certificates/{certificate.pk}/",
    )
