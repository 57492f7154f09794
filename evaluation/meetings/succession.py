"""A seat changes hands between or in the middle of meetings: what was sealed counts, the rest is the successor's."""

from evaluation.ballots.laying_out import lay_out
from evaluation.meetings.grants import grant_reading, grant_scoring, take_reading_back, take_scoring_back
from evaluation.meetings.standing import Hall, read_hall
from evaluation.meetings.tellings import tell_invitation
from evaluation.meetings.written import ask_seats
from evaluation.models import AgendaItem, Assignment, Ballot, Meeting, MeetingState, Seat


def hand_on(former: Seat, successor: Seat) -> None:
    """In every meeting from the successor's first day on; nobody scores twice what the former has sealed."""
    meetings = Meeting.objects.select_for_update(of=("self",)).select_related("council__unit")
    for meeting in (
        meetings.filter(council=former.council_id).exclude(state=MeetingState.CONCLUDED).order_by("pk")
    ):
        if successor.is_held_on(meeting.held_on):
            _hand_on(meeting, former, successor)


def _hand_on(meeting: Meeting, former: Seat, successor: Seat) -> None:
    items = list(AgendaItem.objects.for_list().filter(meeting=meeting, assessment__result__isnull=True))
    given = [(item.assessment, former.user_id) for item in items]
    take_scoring_back(given)
    take_reading_back(given)
    left = _unsealed(items, former)
    Assignment.objects.filter(item__in=left, seat=former).update(seat=successor)
    if successor.votes:
        _let_score(meeting, left, successor)
    if meeting.is_written and meeting.state == MeetingState.OPEN:
        ask_seats(meeting)
    else:
        tell_invitation(meeting, [successor])


def _unsealed(items: list[AgendaItem], former: Seat) -> list[AgendaItem]:
    """What the former was to score and has not."""
    sealed = Ballot.objects.filter(
        seat=former, state="sealed", assessment__in=[item.assessment_id for item in items]
    )
    done = set(sealed.values_list("assessment_id", "attempt"))
    return [
        item
        for item in items
        if (item.assessment_id, item.attempt) not in done and (not item.scorers or former.pk in item.scorers)
    ]


def _let_score(meeting: Meeting, items: list[AgendaItem], seat: Seat) -> None:
    hall = read_hall(meeting)
    grant_scoring([item.assessment for item in items], [seat.user])
    if not hall.rules.policy.recusal_required:
        grant_reading([item.assessment.dossier_id for item in items], [seat.user])
    if meeting.state == MeetingState.OPEN:
        fresh = AgendaItem.objects.for_list().filter(pk__in=[item.pk for item in items])
        lay_out(hall, fresh, seats=[seat.pk])


def hand_assignments_on(item: AgendaItem, hall: Hall) -> None:
    """Before a product is scored again: assigned seats that are no longer held become their successors'."""
    held = {seat.pk for seat in hall.seats}
    for assignment in item.assignments.exclude(seat__in=held):
        if heir := hall.heir(assignment.seat_id):
            assignment.seat = heir
            assignment.save(update_fields=["seat"])
