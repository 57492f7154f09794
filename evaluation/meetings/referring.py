"""From paper to the hall: what was not settled in writing goes on the agenda of a meeting, its sheets kept."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.meetings.agenda import PLAN, add_to_agenda, plan_meeting, remove_from_agenda
from evaluation.meetings.boards import visible_items
from evaluation.meetings.divergence import reasons_to_meet
from evaluation.meetings.standing import Standing, read_hall, read_standings
from evaluation.meetings.tellings_in_writing import tell_referred
from evaluation.models import AgendaItem, Assessment, Meeting, MeetingState, Referral
from ocop.audit.log import record
from ocop.orgs.models import User
from ocop.orgs.rights import role_for


def open_standings(meeting: Meeting, user: User) -> list[Standing]:
    """What this person sees on the agenda and the council has not concluded."""
    found = read_standings(read_hall(meeting), visible_items(meeting, user))
    return [it for it in found if it.result is None]


@transaction.atomic
def refer(
    meeting: Meeting,
    assessments: Sequence[int],
    *,
    held_at: dt.datetime,
    place: str = "",
    note: str = "",
    by: User,
    at: dt.datetime | None = None,
) -> Meeting:
    """Call a meeting of the same council for these; `note` says what is complex where nothing else speaks for it.

    The sheets given in writing stay as an earlier attempt. Raises ValidationError at the field.
    """
    fresh = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("council__unit", "round")
        .get(pk=meeting.pk)
    )
    if not by.has_perm(PLAN, fresh):
        raise PermissionDenied
    if not fresh.is_written or fresh.state != MeetingState.OPEN:
        raise ValidationError(_("Chỉ đưa ra phiên họp sản phẩm đang được lấy ý kiến bằng văn bản."))
    chosen = [it for it in open_standings(fresh, by) if it.item.assessment_id in set(assessments)]
    if not chosen:
        raise ValidationError({"assessments": _("Hãy chọn ít nhất một sản phẩm chưa kết luận.")})
    reasons = {it.item.assessment_id: _reasons(it, note.strip()) for it in chosen}
    called = plan_meeting(fresh.council, fresh.round, held_at=held_at, place=place, by=by)
    for it in chosen:
        remove_from_agenda(it.item, by=by, note=" ".join(reasons[it.item.assessment_id]))
    moved = [it.item.assessment for it in chosen]
    add_to_agenda(called, moved, by=by)
    Referral.objects.bulk_create(
        Referral(
            meeting=fresh,
            assessment=it,
            to=called,
            reasons=reasons[it.pk],
            referred_by=by,
            referred_at=at or timezone.now(),
        )
        for it in moved
    )
    data = {"to": called.pk, "assessments": [it.pk for it in moved]}
    record("meeting.refer", fresh, by=by, role=role_for(by, PLAN, fresh) or "", data=data)
    tell_referred(called)
    return called


def _reasons(standing: Standing, note: str) -> list[str]:
    found = [*reasons_to_meet(standing), *([note] if note else [])]
    if not found:
        words = _("Chưa có ý kiến khác nhau về “%(it)s”: hãy ghi vì sao vụ việc phức tạp, cần họp.")
        raise ValidationError({"note": words % {"it": standing.item.assessment}})
    return found


def referrals_of(meeting: Meeting, user: User) -> list[Referral]:
    """What went from here to a meeting, as this reader may know it."""
    found = meeting.referrals.filter(assessment__in=Assessment.objects.visible_to(user)).select_related(
        "assessment__dossier__product", "to__council"
    )
    return list(found)


def sheets_of(item: AgendaItem) -> Q:
    """The ballots of this product that its meeting compares: its own, and those given in writing before it."""
    before = Referral.objects.filter(to=item.meeting_id, assessment=item.assessment_id)
    own = Q(meeting=item.meeting_id) | Q(meeting__in=before.values("meeting"))
    return own & Q(assessment=item.assessment_id)


def was_referred(item: AgendaItem) -> bool:
    return Referral.objects.filter(to=item.meeting_id, assessment=item.assessment_id).exists()


def referred_in_words(meeting: Meeting) -> list[str]:
    """For the minutes of what was asked in writing: each product that went to a meeting, and why."""
    found = meeting.referrals.select_related("assessment__dossier__product", "to__council")
    return [
        _("%(product)s: đưa ra phiên họp ngày %(day)s. %(reasons)s")
        % {"product": it.assessment, "day": f"{it.to.held_on:%d/%m/%Y}", "reasons": " ".join(it.reasons)}
        for it in found
    ]
