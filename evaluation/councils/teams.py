"""The advisory team (Tổ tư vấn) of a council: people of its unit for a term, by the council's decision."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from evaluation.councils.making import CHANGE
from evaluation.models import Council, CouncilState
from ocop.audit.log import record
from ocop.orgs.memberships import end_membership, grant_membership
from ocop.orgs.models import Membership, User

ROLE = "advisory_member"


def team_of(council: Council) -> Any:
    """Everybody who is or was on the team of the council's unit, those of today first."""
    team = Membership.objects.filter(role=ROLE, unit=council.unit_id)
    return team.select_related("user", "unit").order_by("-starts_on", "pk")


@transaction.atomic
def appoint(
    council: Council,
    user: User,
    *,
    by: User,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    decision_number: str,
    decision_on: dt.date | None = None,
) -> Membership:
    """Onto the team for a term; only this one role, only in the council's own unit."""
    if not by.has_perm(CHANGE, council):
        raise PermissionDenied
    if council.state == CouncilState.ENDED:
        raise ValidationError(_("Hội đồng đã kết thúc."))
    if not decision_number.strip():
        raise ValidationError({"decision_number": _("Hãy ghi số quyết định.")})
    if ends_on is not None and ends_on < starts_on:
        raise ValidationError({"ends_on": _("Ngày kết thúc phải sau ngày bắt đầu.")})
    if team_of(council).filter(user=user).held_on(starts_on).exists():
        raise ValidationError({"user": _("%(who)s đã ở trong Tổ tư vấn.") % {"who": user}})
    membership = grant_membership(
        user,
        ROLE,
        council.unit,
        starts_on=starts_on,
        ends_on=ends_on,
        decision_number=decision_number.strip(),
        decision_on=decision_on,
    )
    data = {"user": user.pk, "membership": membership.pk}
    record("council.appoint", council, by=by, note=membership.decision_number, data=data)
    return membership


@transaction.atomic
def dismiss(council: Council, membership: Membership, *, on: dt.date, by: User) -> None:
    """Off the team after that day."""
    if not by.has_perm(CHANGE, council):
        raise PermissionDenied
    if on < membership.starts_on:
        raise ValidationError({"on": _("Ngày kết thúc phải sau ngày bắt đầu.")})
    end_membership(membership, on=on)
    record("council.dismiss", council, by=by, data={"membership": membership.pk, "on": on.isoformat()})
