"""Drawing up a council and its seats; seats change hands only by a decision."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from evaluation.councils.rules import keep_version
from evaluation.meetings.succession import hand_on
from evaluation.models import Council, CouncilState, Seat, SeatRole
from evaluation.rules import default_rules
from ocop.audit.log import record
from ocop.orgs.models import OrgUnit, User
from ocop.orgs.rights import role_for
from ocop.tenancy.scope import active_tenant_id
from products.law import regime

CHANGE = "evaluation.change_council"


@transaction.atomic
def draft_council(
    unit: OrgUnit,
    *,
    regime_code: str,
    name: str,
    starts_on: dt.date,
    by: User,
    tier: str = "",
    ends_on: dt.date | None = None,
) -> Council:
    """A draft of the unit's tier under a regime, with the regime's default rules."""
    if not by.has_perm(CHANGE, unit):
        raise PermissionDenied
    law = regime(regime_code)
    here = next(
        (it for it in law.tiers if it.scores and it.unit_kind == unit.kind and tier in ("", it.code)), None
    )
    if here is None:
        raise ValidationError(
            _("Theo Quyết định %(law)s, %(unit)s không lập Hội đồng chấm điểm.")
            % {"law": law.decision, "unit": unit}
        )
    council = Council.objects.create(
        unit=unit,
        tier=here.code,
        regime=law.code,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        rules=default_rules(law),
    )
    keep_version(council, basis="", by=by)
    record("council.draft", council, by=by, role=role_for(by, CHANGE, unit) or "", after=council.state)
    return council


@transaction.atomic
def add_seat(
    council: Council,
    user: User,
    *,
    role: str,
    by: User,
    agency: str = "",
    votes: bool = True,
    starts_on: dt.date | None = None,
    unit: OrgUnit | None = None,
    sectors: Sequence[str] = (),
) -> Seat:
    """One more seat on a draft; `unit` is the holder's own where it is another than the council's."""
    fresh = _draft(council, by)
    seat = _new_seat(
        fresh,
        user=user,
        role=role,
        agency=agency,
        votes=votes,
        unit=unit,
        sectors=list(sectors),
        starts_on=starts_on or fresh.starts_on,
        order=fresh.seats.count() + 1,
    )
    record("council.seat", fresh, by=by, data={"seat": seat.pk, "user": user.pk, "role": role})
    return seat


@transaction.atomic
def remove_seat(seat: Seat, *, by: User) -> None:
    """Off the draft again."""
    council = _draft(seat.council, by)
    record("council.unseat", council, by=by, data={"user": seat.user_id, "role": seat.role})
    Seat.objects.filter(pk=seat.pk, council=council).delete()


@transaction.atomic
def set_sectors(seat: Seat, *, sectors: Sequence[str], unit: OrgUnit | None, by: User) -> Seat:
    """What the holder knows best, for assignments, and her own unit: no decision names either."""
    council = Council.objects.select_for_update(of=("self",)).get(pk=seat.council_id)
    if not by.has_perm(CHANGE, council):
        raise PermissionDenied
    if council.state == CouncilState.ENDED:
        raise ValidationError(_("Hội đồng đã kết thúc."))
    seat.sectors, seat.unit = list(sectors), unit
    seat.save(update_fields=["sectors", "unit"])
    record("council.sectors", council, by=by, data={"seat": seat.pk, "sectors": seat.sectors})
    return seat


@transaction.atomic
def delegate_chair(seat: Seat, *, acts_as: str, delegation: str, by: User) -> Seat:
    """The chair lets this seat act for her, in writing; empty words take it back (QĐ 26/2026 lets her)."""
    council = Council.objects.select_for_update(of=("self",)).get(pk=seat.council_id)
    if not by.has_perm(CHANGE, council):
        raise PermissionDenied
    if council.state != CouncilState.ESTABLISHED or seat.ends_on is not None:
        raise ValidationError(_("Chỉ ủy quyền cho người đang giữ ghế của Hội đồng đang hoạt động."))
    if seat.role == SeatRole.CHAIR:
        raise ValidationError(_("Chủ tịch không ủy quyền cho chính mình."))
    if acts_as.strip() and not delegation.strip():
        raise ValidationError({"delegation": _("Hãy ghi số, ngày của văn bản ủy quyền.")})
    seat.acts_as, seat.delegation = acts_as.strip(), delegation.strip() if acts_as.strip() else ""
    try:
        with transaction.atomic():
            seat.save(update_fields=["acts_as", "delegation"])
    except IntegrityError as error:
        raise ValidationError(
            _("Hội đồng đã có người được ủy quyền; hãy thôi ủy quyền người ấy trước.")
        ) from error
    record("council.delegate", council, by=by, note=seat.delegation, data={"seat": seat.pk})
    return seat


@transaction.atomic
def replace_seat(
    seat: Seat,
    user: User,
    *,
    on: dt.date,
    decision_number: str,
    by: User,
    agency: str = "",
    unit: OrgUnit | None = None,
) -> Seat:
    """The seat changes hands from that day, by a decision; what its former holder scored stays and counts."""
    council = Council.objects.select_for_update(of=("self",)).get(pk=seat.council_id)
    if not by.has_perm(CHANGE, council):
        raise PermissionDenied
    if council.state != CouncilState.ESTABLISHED:
        raise ValidationError(_("Chỉ thay thành viên khi Hội đồng đang hoạt động."))
    if not decision_number.strip():
        raise ValidationError({"decision_number": _("Hãy ghi số quyết định thay thế.")})
    if seat.ends_on is not None or on <= seat.starts_on:
        raise ValidationError({"on": _("Ngày thay phải sau ngày bắt đầu của ghế còn hiệu lực.")})
    Seat.objects.filter(pk=seat.pk).update(ends_on=on - dt.timedelta(days=1))
    successor = _new_seat(
        council,
        user=user,
        role=seat.role,
        agency=agency or seat.agency,
        unit=unit,
        sectors=seat.sectors,
        votes=seat.votes,
        starts_on=on,
        order=seat.order,
        replaces=seat,
        decision_number=decision_number.strip(),
    )
    hand_on(seat, successor)
    record(
        "council.replace",
        council,
        by=by,
        note=decision_number,
        data={"seat": seat.pk, "by_seat": successor.pk, "on": on.isoformat()},
    )
    return successor


def _draft(council: Council, by: User) -> Council:
    fresh = Council.objects.select_for_update(of=("self",)).get(pk=council.pk)
    if not by.has_perm(CHANGE, fresh):
        raise PermissionDenied
    if fresh.state != CouncilState.DRAFT:
        raise ValidationError(_("Hội đồng đã thành lập: chỉ thay thành viên theo quyết định."))
    return fresh


def _new_seat(council: Council, *, user: User, role: str, **fields: Any) -> Seat:
    if council.seats.filter(user=user).exists():
        raise ValidationError({"user": _("%(who)s đã có tên trong Hội đồng.") % {"who": user}})
    user.tenants.add(active_tenant_id())
    try:
        with transaction.atomic():
            return Seat.objects.create(council=council, user=user, role=role, **fields)
    except IntegrityError as error:
        if role == SeatRole.CHAIR:
            raise ValidationError({"role": _("Hội đồng đã có Chủ tịch.")}) from error
        raise
