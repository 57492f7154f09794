"""The dossier that follows a certificate: for a higher star, or for the same again inside the window."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from evaluation.certificates.validity import renewal_state
from evaluation.models import Certificate, CertificateState
from ocop.orgs.models import User
from plans.models import Round
from products.dossiers.filing import start_dossier
from products.models import Dossier, DossierKind

MOST_STARS = 5


def renewal_kinds(certificate: Certificate, on: dt.date) -> list[str]:
    """Re-ranking while its window is open (QĐ 26/2026, Điều 7 khoản 6), upgrade while there is a higher star.

    Once no certificate of the product holds, it begins anew.
    """
    if certificate.state == CertificateState.REPLACED:
        return []
    if not Certificate.objects.filter(product=certificate.product_id).valid_on(on).exists():
        return [str(DossierKind.FIRST)]
    if certificate.state != CertificateState.IN_FORCE:
        return []
    kinds = []
    if renewal_state(certificate, on).is_open:
        kinds.append(DossierKind.RE_RANKING)
    if certificate.stars < MOST_STARS and certificate.last_day >= on:
        kinds.append(DossierKind.UPGRADE)
    return [str(kind) for kind in kinds]


def aim_after(certificate: Certificate, kind: str) -> int:
    """The star to begin with: the same again, or the next one."""
    return min(certificate.stars + (kind == DossierKind.UPGRADE), MOST_STARS)


@transaction.atomic
def start_renewal(
    certificate: Certificate,
    *,
    kind: str,
    round: Round,  # noqa: A002, the domain's word
    by: User,
    star_aim: int,
    set_code: str = "",
    on: dt.date | None = None,
) -> Dossier:
    """A draft on what the product's earlier dossier says; of a certificate from before the system there is none.

    Raises ValidationError outside the window or where the round is shut, PermissionDenied without the right.
    """
    day = on or timezone.localdate()
    if kind not in renewal_kinds(certificate, day):
        raise ValidationError({"kind": _refusal(certificate, kind, day)})
    return start_dossier(
        certificate.product,
        kind=kind,
        round=round,
        by=by,
        star_aim=star_aim,
        set_code=set_code,
        on=on,
        recognised_before=True,
    )


def _refusal(certificate: Certificate, kind: str, on: dt.date) -> str:
    window = renewal_state(certificate, on).window
    if kind != DossierKind.RE_RANKING or window is None:
        return _("Giấy chứng nhận này không lập được hồ sơ loại đã chọn.")
    words = _("Hồ sơ phân hạng lại nộp từ ngày %(opens)s đến hết ngày %(closes)s.")
    return words % {
        "opens": date_format(window.opens_on, "d/m/Y"),
        "closes": date_format(window.closes_on, "d/m/Y"),
    }
