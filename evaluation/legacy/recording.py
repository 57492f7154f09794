"""Recording a certificate that was issued on paper, by whoever issued it then."""

import datetime as dt
from collections.abc import Iterator

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from evaluation.certificates.issuing import address_of, replace_earlier
from evaluation.legacy.tiers import wrong_tier
from evaluation.models import Certificate, CertificateState
from evaluation.models.certificate import number_key
from ocop.audit.log import record
from ocop.files.models import StoredFile
from ocop.orgs.models import OrgUnit, User
from ocop.orgs.rights import role_for
from ocop.papers.letterhead import letterhead
from ocop.regulations import Regime, expires_on
from products.law import law
from products.models import Product

RECORD = "evaluation.record_legacy_certificate"


@transaction.atomic
def record_legacy_certificate(  # noqa: PLR0913, the fields of a paper
    *,
    issuer: OrgUnit,
    number: str,
    product: Product,
    stars: int,
    issued_on: dt.date,
    by: User,
    source_file: StoredFile | None = None,
    ends_on: dt.date | None = None,
    decision_number: str = "",
    decision_on: dt.date | None = None,
    code: str = "",
    issuer_name: str = "",
    signer_name: str = "",
    signer_title: str = "",
) -> Certificate:
    """Record it once: the same issuer, number and product again answers the row that is there.

    `issuer` may be closed (the districts ended 30/06/2025); `issuer_name` is another's, where the issuer is no
    unit of this tenant. Raises ValidationError with every reason, PermissionDenied without the right.
    """
    if not by.has_perm(RECORD, product):
        raise PermissionDenied
    known = Certificate.objects.filter(unit=issuer, number_key=number_key(number)).first()
    if known is not None and known.product_id == product.pk and known.issued_on == issued_on:
        return known
    faults: dict[str, list[str]] = {}
    for field, words in faults_of(issuer, number, stars, issued_on, ends_on, issuer_name):
        faults.setdefault(field, []).append(words)
    if known is not None:
        words = _("Số %(number)s đã ghi cho “%(product)s”.")
        faults.setdefault("number", []).append(words % {"number": number, "product": known.product_name})
    if faults:
        raise ValidationError(faults)
    newer = Certificate.objects.filter(
        product=product, state=CertificateState.IN_FORCE, issued_on__gt=issued_on
    )
    later = newer.order_by("issued_on").first()
    certificate = legacy_row(
        issuer=issuer, number=number, product=product, stars=stars, issued_on=issued_on, ends_on=ends_on,
        decision_number=decision_number, decision_on=decision_on, code=code, issuer_name=issuer_name,
        source_file=source_file, replaced_by=later,
    )  # fmt: skip
    certificate.signer_name, certificate.signer_title = signer_name, signer_title
    certificate.save(force_insert=True)
    record(
        "certificate.record",
        certificate,
        by=by,
        role=role_for(by, RECORD, product) or "",
        after=certificate.state,
    )
    if later is None:
        replace_earlier(certificate, by=by)
    return certificate


def regime_then(issued_on: dt.date) -> Regime | None:
    """The law a certificate of that day was issued under; None where it is older than any that is loaded."""
    return law().regime_on(issued_on)


def faults_of(
    issuer: OrgUnit,
    number: str,
    stars: int,
    issued_on: dt.date,
    ends_on: dt.date | None,
    issuer_name: str = "",
) -> Iterator[tuple[str, str]]:
    """What cannot be true of a paper certificate, each at the field that says it."""
    then = regime_then(issued_on)
    if not number_key(number):
        yield "number", _("Số giấy chứng nhận phải có chữ số.")
    if issuer.closed_on is not None and issued_on > issuer.closed_on:
        words = _("%(unit)s đã kết thúc ngày %(day)s, không thể cấp giấy sau ngày đó.")
        yield "issued_on", words % {"unit": issuer, "day": f"{issuer.closed_on:%d/%m/%Y}"}
    elif then is not None:
        yield from wrong_tier(then, issuer, issuer_name, stars, issued_on)
    if then is None and ends_on is None:
        yield "ends_on", _("Giấy cấp theo quy định cũ chưa có trong hệ thống: hãy ghi ngày hết hạn.")
    if ends_on is not None and ends_on <= issued_on:
        yield "ends_on", _("Ngày hết hạn phải sau ngày cấp.")


def legacy_row(  # noqa: PLR0913, the fields of a paper
    *,
    issuer: OrgUnit,
    number: str,
    product: Product,
    stars: int,
    issued_on: dt.date,
    ends_on: dt.date | None,
    decision_number: str,
    decision_on: dt.date | None,
    code: str,
    issuer_name: str,
    source_file: StoredFile | None,
    replaced_by: Certificate | None = None,
) -> Certificate:
    """The row, not saved; where the paper names no end, the law of its day does."""
    then = regime_then(issued_on)
    if ends_on is None and then is not None:
        ends_on = expires_on(then, issued_on)
    if ends_on is None:
        raise ValueError("faults_of asks for the last day where no law gives it")
    certificate = Certificate(
        unit=issuer,
        product=product,
        producer=product.producer,
        number=number.strip(),
        decision_number=decision_number,
        decision_on=decision_on,
        code=code,
        regime=then.code if then else "",
        set_code=_set_then(then, product),
        stars=stars,
        product_name=product.name,
        producer_name=product.producer.name,
        producer_address=product.producer.address or address_of(product.producer),
        issuer_name=issuer_name or letterhead(issuer).authority_in_text,
        issued_on=issued_on,
        expires_on=ends_on,
        is_recorded=True,
        source_file=source_file,
        replaced_by=replaced_by,
        state=CertificateState.REPLACED if replaced_by else CertificateState.IN_FORCE,
    )
    certificate.prepare()
    return certificate


def _set_then(then: Regime | None, product: Product) -> str:
    """The product's set as the law of that day called it, "" where that law has none or leaves a choice."""
    now = law().sets.get(product.set_code)
    found = law().counterpart(now, then.code) if now is not None and then is not None else None
    return found.code if found else ""
