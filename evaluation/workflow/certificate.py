"""The steps of a certificate: revoked, carried over, replaced. What was printed stays as it was."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.certificates.notices import tell_extension, tell_revocation
from evaluation.certificates.validity import extension_rule
from evaluation.models import Certificate, CertificateState
from ocop.files.store import keep_upload
from ocop.orgs.calendar import CALENDAR
from ocop.orgs.models import User
from ocop.regulations import deadline
from ocop.workflow import Input, Step, Workflow
from products.law import law

S = CertificateState
Data = Mapping[str, Any]
REVOCATION = "revocation"  # the regime's deadline
IN_FORCE = frozenset([S.IN_FORCE])


def grounds() -> tuple[tuple[str, str], ...]:
    """The grounds of every law that names some, by code (QĐ 26/2026, Điều 8 khoản 1)."""
    found = {ground.code: ground.name for it in law().regimes.values() for ground in it.revocation}
    return tuple(found.items())


def revocation_due(certificate: Certificate) -> dt.date | None:
    """The last day for the decision, from the conclusion on (QĐ 26/2026, Điều 8); None before a conclusion."""
    if certificate.revocation_concluded_on is None:
        return None
    in_force = law().regime_on(certificate.revocation_concluded_on)
    rule = next((it for it in in_force.deadlines if it.code == REVOCATION), None) if in_force else None
    return deadline(certificate.revocation_concluded_on, rule, CALENDAR) if rule else None


def _decides_here(certificate: Certificate, on: dt.date) -> bool:
    """Whether the authority of this tenant revokes such stars, by the law of the day (Điều 8 khoản 2)."""
    in_force = law().regime_on(on)
    if in_force is None:
        return True
    tier = in_force.tier(dict(in_force.revoked_by)[certificate.stars])
    root = certificate.product.unit
    while root.parent is not None:
        root = root.parent
    return bool(tier.unit_kind == root.kind)


def _dates(certificate: Certificate, data: Data) -> Iterator[ValidationError]:
    concluded, decided = data.get("concluded_on"), data.get("decision_on")
    if concluded and concluded < certificate.issued_on:
        yield ValidationError({"concluded_on": _("Ngày kết luận không thể trước ngày cấp giấy.")})
    if concluded and decided and decided < concluded:
        yield ValidationError({"decision_on": _("Ngày quyết định không thể trước ngày kết luận.")})


def _revoke_problems(certificate: Certificate, by: User, data: Data) -> Iterator[str | ValidationError]:
    if not _decides_here(certificate, data.get("decision_on") or timezone.localdate()):
        yield _(
            "Giấy chứng nhận %(stars)s sao do cấp trên thu hồi. Khi có quyết định của cấp trên, hãy dùng bước ghi nhận."
        ) % {"stars": certificate.stars}
    yield from _dates(certificate, data)


def _record_problems(certificate: Certificate, by: User, data: Data) -> Iterator[str | ValidationError]:
    if _decides_here(certificate, data.get("decision_on") or timezone.localdate()):
        yield _("Giấy chứng nhận này do chính địa phương thu hồi: lãnh đạo dùng bước thu hồi.")
    yield from _dates(certificate, data)


def _write_revocation(certificate: Certificate, by: User, data: Data) -> tuple[str, ...]:
    certificate.revoked_on = certificate.revoked_decision_on = data["decision_on"]
    certificate.revoked_ground = data["ground"]
    certificate.revoked_reason = data["reason"]
    certificate.revoked_decision = data["decision_number"]
    certificate.revocation_concluded_on = data["concluded_on"]
    certificate.revoked_by = by
    return (
        "revoked_on", "revoked_decision_on", "revoked_ground", "revoked_reason", "revoked_decision",
        "revocation_concluded_on", "revoked_by",
    )  # fmt: skip


def _write_recorded(certificate: Certificate, by: User, data: Data) -> tuple[str, ...]:
    certificate.revocation_file = keep_upload(data["file"], by=by)
    return (*_write_revocation(certificate, by, data), "revocation_file")


def _extend_problems(certificate: Certificate, by: User, data: Data) -> Iterator[str | ValidationError]:
    rule = extension_rule(certificate, data.get("at") or timezone.localdate())
    if rule is None:
        yield _("Quy định hiện hành chỉ cho gia hạn giấy chứng nhận cấp theo quy định trước đó.")
        return
    until, (in_force, limit) = data.get("until"), rule
    if until and not certificate.expires_on < until <= limit:
        words = _("Theo Quyết định %(law)s, chỉ gia hạn đến hết ngày %(limit)s và phải sau ngày hết hạn.")
        day = date_format(limit, "d/m/Y")
        yield ValidationError({"until": words % {"law": in_force.decision, "limit": day}})


def _write_extension(certificate: Certificate, by: User, data: Data) -> tuple[str, ...]:
    certificate.extended_until = data["until"]
    certificate.extension_ground = data["ground"]
    return ("extended_until", "extension_ground")


def newer(certificate: Certificate) -> Certificate | None:
    """The later one of the same product that is in force too: two products made one bring each their own."""
    others = Certificate.objects.filter(product=certificate.product_id, state=S.IN_FORCE)
    latest = others.order_by("-issued_on", "-pk").first()
    return None if latest == certificate else latest


def _replace_problems(certificate: Certificate, by: User, data: Data) -> Iterator[str]:
    """Taken with the certificate that comes instead, or where the register holds a newer one."""
    if not (data.get("by") or newer(certificate)):
        yield _("Giấy cũ được thay khi cấp hoặc ghi nhận giấy mới, không thay trực tiếp.")


def _write_replacement(certificate: Certificate, by: User, data: Data) -> tuple[str, ...]:
    certificate.replaced_by = data.get("by") or newer(certificate)
    return ("replaced_by",)


def _tell_revocation(certificate: Certificate, by: User, data: Data) -> None:
    tell_revocation(certificate)


def _tell_extension(certificate: Certificate, by: User, data: Data) -> None:
    tell_extension(certificate)


REVOCATION_INPUTS = (
    Input("ground", gettext_lazy("Căn cứ thu hồi"), "choice", choices=grounds()),
    Input("reason", gettext_lazy("Nội dung vi phạm, kết luận"), "lines"),
    Input(
        "concluded_on",
        gettext_lazy("Ngày có kết luận hoặc xác nhận của xã"),
        "date",
        hint=gettext_lazy("Thời hạn thu hồi tính từ ngày này."),
    ),
    Input("decision_number", gettext_lazy("Quyết định thu hồi số")),
    Input("decision_on", gettext_lazy("Ngày quyết định"), "date"),
)
CERTIFICATE = Workflow(
    gettext_lazy("Giấy chứng nhận"),
    {
        "revoke": Step(
            gettext_lazy("Thu hồi"),
            IN_FORCE,
            S.REVOKED,
            "evaluation.revoke_certificate",
            inputs=REVOCATION_INPUTS,
            problems=_revoke_problems,
            writes=_write_revocation,
            effect=_tell_revocation,
            is_final=True,
            is_aside=True,
        ),
        "record_revocation": Step(
            gettext_lazy("Ghi nhận quyết định thu hồi của cấp trên"),
            IN_FORCE,
            S.REVOKED,
            "evaluation.answer_hand_over",
            inputs=(*REVOCATION_INPUTS, Input("file", gettext_lazy("Bản quét quyết định"), "file")),
            problems=_record_problems,
            writes=_write_recorded,
            effect=_tell_revocation,
            is_final=True,
            is_aside=True,
        ),
        "extend": Step(
            gettext_lazy("Gia hạn chuyển tiếp"),
            IN_FORCE,
            S.IN_FORCE,
            "evaluation.extend_certificate",
            inputs=(
                Input("until", gettext_lazy("Gia hạn đến hết ngày"), "date"),
                Input("ground", gettext_lazy("Căn cứ gia hạn")),
            ),
            problems=_extend_problems,
            writes=_write_extension,
            effect=_tell_extension,
            is_aside=True,
        ),
        "replace": Step(
            gettext_lazy("Thay bằng giấy mới"),
            IN_FORCE,
            S.REPLACED,
            "products.conclude_dossier",
            problems=_replace_problems,
            writes=_write_replacement,
            is_final=True,
            is_aside=True,
        ),
    },
)


def by_others(certificate: Certificate) -> frozenset[str]:
    """Taken with the certificate that replaces it: a button of its own only where a newer one is in force already."""
    return frozenset() if newer(certificate) else frozenset(["replace"])


def out_of_place(certificate: Certificate, on: dt.date) -> frozenset[str]:
    """Steps that can never be taken on this one: another tier's revocation, an extension that no law gives."""
    other = "record_revocation" if _decides_here(certificate, on) else "revoke"
    extension = () if extension_rule(certificate, on) else ("extend",)
    return by_others(certificate) | {other, *extension}
