"""The agenda of a meeting, and who is here."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.meetings.grants import grant_reading, grant_scoring, take_back
from evaluation.meetings.written import refuse_full, refuse_writing, settled_in_writing
from evaluation.models import (
    AgendaItem,
    Assessment,
    AssessmentState,
    Attendance,
    Ballot,
    Council,
    CouncilState,
    Declaration,
    Meeting,
    MeetingMode,
    MeetingState,
    Result,
    Seat,
)
from evaluation.rules import read_rules
from evaluation.workflow.assessment import ASSESSMENT
from ocop.audit.log import record
from ocop.orgs.models import User
from ocop.orgs.rights import role_for
from plans.models import Round
from products.law import criteria_set

PLAN = "evaluation.change_meeting"


@transaction.atomic
def plan_meeting(
    council: Council,
    round_: Round,
    *,
    held_at: dt.datetime,
    place: str = "",
    deadline: dt.datetime | None = None,
    by: User,
) -> Meeting:
    """A meeting to come, or with a deadline an opinion in writing; only a council that was established gives one."""
    if not by.has_perm(PLAN, council):
        raise PermissionDenied
    if council.state != CouncilState.ESTABLISHED:
        raise ValidationError(_("Hội đồng chưa được thành lập."))
    mode = MeetingMode.WRITTEN if deadline else MeetingMode.HELD
    if deadline:
        refuse_writing(council, deadline, asked_at=held_at)
    meeting = Meeting.objects.create(
        council=council, round=round_, mode=mode, held_at=held_at, deadline=deadline, place=place
    )
    record("meeting.plan", meeting, by=by, role=role_for(by, PLAN, council) or "", after=meeting.state)
    return meeting


def assessments_for(meeting: Meeting, user: User) -> Any:
    """Checked assessments of the council's unit and tier that wait for a meeting, those of the round first."""
    waiting = Assessment.objects.visible_to(user).filter(
        state=AssessmentState.CHECKED, unit=meeting.council.unit_id, tier=meeting.council.tier
    )
    if meeting.is_written:
        waiting = waiting.filter(settled_in_writing())
    return waiting.for_list().order_by("dossier__round__ends_on", "pk")


@transaction.atomic
def add_to_agenda(meeting: Meeting, assessments: Sequence[Assessment], *, by: User) -> list[AgendaItem]:
    """Fix these on the agenda; each voting seat may score them, and may read them after declaring."""
    fresh = _locked(meeting, by)
    if fresh.state != MeetingState.PLANNED:
        raise ValidationError(_("Phiên họp đã mở: chương trình không thêm được nữa."))
    last = fresh.agenda.aggregate(last=Max("order"))["last"] or 0
    items = [_add(fresh, assessment, last + n, by) for n, assessment in enumerate(assessments, 1)]
    voters = [seat.user for seat in _voting(fresh)]
    added = [item.assessment for item in items]
    grant_scoring(added, voters)
    if not read_rules(fresh.rules or fresh.council.rules).policy.recusal_required:
        grant_reading([it.dossier_id for it in added], voters)
    return items


def _add(meeting: Meeting, assessment: Assessment, order: int, by: User) -> AgendaItem:
    council = meeting.council
    if (assessment.unit_id, assessment.tier) != (council.unit_id, council.tier):
        raise ValidationError(_("“%(it)s” không thuộc cấp của Hội đồng này.") % {"it": assessment})
    _refuse_doubts(meeting, assessment)
    if meeting.is_written:
        refuse_full(assessment)
    item = AgendaItem.objects.create(
        meeting=meeting, assessment=assessment, order=order, attempt=_next_attempt(assessment)
    )
    item.assessment = ASSESSMENT.take("schedule", assessment, by=by)
    return item


def _refuse_doubts(meeting: Meeting, assessment: Assessment) -> None:
    """A set whose source does not add up serves the record of what was, not a council that scores from now on."""
    it, today = criteria_set(assessment.published.code), timezone.localdate()
    decided_on = meeting.council.decision_on
    is_record = meeting.held_on < today and decided_on is not None and decided_on < today
    if it.is_settled or is_record:
        return
    words = _(
        "Bộ tiêu chí %(code)s còn nghi vấn (%(doubts)s); “%(it)s” chỉ đưa ra Hội đồng được khi số liệu đã được "
        "xác nhận hoặc đính chính."
    )
    raise ValidationError(words % {"code": it.code, "doubts": "; ".join(it.doubts), "it": assessment})


def _next_attempt(assessment: Assessment) -> int:
    """Sheets of a meeting that put the product off are kept: the count goes on."""
    last = Ballot.objects.filter(assessment=assessment).aggregate(last=Max("attempt"))["last"]
    return (last or 0) + 1


@transaction.atomic
def reorder(meeting: Meeting, assessments: Sequence[int], *, by: User) -> None:
    """Put the products this person sees in this order; what she does not see keeps its places."""
    fresh = _locked(meeting, by)
    if fresh.state == MeetingState.CONCLUDED:
        raise ValidationError(_("Phiên họp đã kết thúc."))
    seen = {it.assessment_id: it for it in AgendaItem.objects.visible_to(by).filter(meeting=fresh)}
    if len(assessments) != len(seen) or set(assessments) != seen.keys():
        raise ValidationError(_("Chương trình họp vừa thay đổi: hãy xem lại rồi xếp thứ tự."), code="stale")
    ranks = {key: place for place, key in enumerate(fresh.agenda.values_list("pk", flat=True), 1)}
    places = sorted(ranks[item.pk] for item in seen.values())
    for key, place in zip(assessments, places, strict=True):
        ranks[seen[key].pk] = place
    for pk, place in ranks.items():
        AgendaItem.objects.filter(pk=pk).update(order=place)
    record("meeting.order", fresh, by=by)


@transaction.atomic
def remove_from_agenda(item: AgendaItem, *, by: User, note: str = "") -> None:
    """Put the product off: its grants go, its sheets so far stay; not once the council concluded it."""
    meeting = _locked(item.meeting, by)
    if (
        meeting.state == MeetingState.CONCLUDED
        or Result.objects.filter(assessment=item.assessment_id).exists()
    ):
        raise ValidationError(_("Hội đồng đã kết luận sản phẩm này."))
    ASSESSMENT.take("unschedule", item.assessment, by=by, data={"note": note})
    take_back(item.assessment, meeting.council.seats.values_list("user_id", flat=True))
    AgendaItem.objects.filter(pk=item.pk).delete()


@transaction.atomic
def set_attendance(
    meeting: Meeting, present: Collection[int], *, by: User, at: dt.datetime | None = None
) -> None:
    """Say which seats are here; who comes late is added, who leaves is taken off."""
    fresh = _locked(meeting, by)
    if fresh.state == MeetingState.CONCLUDED:
        raise ValidationError(_("Phiên họp đã kết thúc."))
    if fresh.is_written:
        raise ValidationError(_("Lấy ý kiến bằng văn bản không điểm danh."))
    seats = list(fresh.council.seats.held_on(fresh.held_on))
    if unknown := set(present) - {seat.pk for seat in seats}:
        raise ValidationError(_("Không có ghế %(seats)s trong Hội đồng.") % {"seats": sorted(unknown)})
    Attendance.objects.bulk_create(
        (
            Attendance(
                meeting=fresh, seat=seat, is_present=seat.pk in present, marked_at=at or timezone.now()
            )
            for seat in seats
        ),
        update_conflicts=True,
        unique_fields=["tenant", "meeting", "seat"],
        update_fields=["is_present", "marked_at"],
    )
    record("meeting.attendance", fresh, by=by, data={"present": sorted(present)})


def undeclared(seat: Seat, items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """The items this seat has not yet declared on."""
    items = list(items)
    done = Declaration.objects.filter(seat=seat, assessment__in=[it.assessment_id for it in items])
    declared = set(done.values_list("meeting_id", "assessment_id"))
    return [it for it in items if (it.meeting_id, it.assessment_id) not in declared]


def _voting(meeting: Meeting) -> Any:
    return meeting.council.seats.held_on(meeting.held_on).voting().select_related("user")


def _locked(meeting: Meeting, by: User) -> Meeting:
    fresh = Meeting.objects.select_for_update(of=("self",)).select_related("council__unit").get(pk=meeting.pk)
    if not by.has_perm(PLAN, fresh):
        raise PermissionDenied
    return fresh
