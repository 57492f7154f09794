"""What a finished meeting left, read for a rehearsal: the sheets that counted for each product."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from evaluation.meetings.rehearsal import Given
from evaluation.models import AgendaItem, Assessment, Ballot, Meeting, MeetingState, Result
from evaluation.rules import sheet_json
from ocop.orgs.models import User
from products.law import criteria_set

PLAN, CONCLUDE = "evaluation.change_meeting", "evaluation.conclude_meeting"


def read_finished(meeting: Meeting, user: User | None = None) -> list[Given]:
    """In the order of the agenda, with as many queries for thirty products as for one.

    For a reader nothing she is recused from; without one (a command of the operator's) all of it. Raises
    ValidationError while the meeting goes on, PermissionDenied for who neither plans nor chairs it.
    """
    if user is not None and not (user.has_perm(PLAN, meeting) or user.has_perm(CONCLUDE, meeting)):
        raise PermissionDenied
    if meeting.state != MeetingState.CONCLUDED:
        raise ValidationError(_("Chỉ diễn tập trên phiên họp đã kết thúc."))
    results = Result.objects.filter(meeting=meeting).select_related(
        "assessment__published", "assessment__dossier__product"
    )
    if user is not None:
        results = results.filter(assessment__in=Assessment.objects.visible_to(user))
    sheets = {
        (it.assessment_id, it.attempt, it.seat_id): sheet_json(it.levels)
        for it in Ballot.objects.filter(meeting=meeting, assessment__in=results.values("assessment"))
    }
    orders = dict(AgendaItem.objects.filter(meeting=meeting).values_list("assessment_id", "order"))
    found = sorted(results, key=lambda it: (orders.get(it.assessment_id, 0), it.pk))
    return [_given(it, sheets) for it in found]


def _given(result: Result, sheets: dict[tuple[int, int, int], dict]) -> Given:
    counted = [it["seat"] for it in result.reasons["counted"]]
    return Given(
        name=str(result.assessment),
        criteria_set=criteria_set(result.assessment.published.code),
        sheets=tuple(sheets[result.assessment_id, result.attempt, seat] for seat in counted),
        mean=result.mean,
        stars=result.stars,
        agreed=result.reasons["agreed"],
        knock_outs=tuple(result.reasons["knock_outs"]),
    )
