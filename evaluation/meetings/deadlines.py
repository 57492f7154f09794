"""Before the deadline of an opinion in writing: who has sheets to send is told, once a milestone."""

import datetime as dt

from django.utils import timezone

from evaluation.meetings.standing import Standing, read_hall, read_standings
from evaluation.meetings.tellings_in_writing import tell_missing, tell_over
from evaluation.models import AgendaItem, Meeting, MeetingMode, MeetingState

MILESTONES = (72, 24, 3)  # hours left (a house rule, no law's)
HOUR = dt.timedelta(hours=1)


def remind_of_sheets(*, at: dt.datetime | None = None) -> None:
    """Everything that is asked for in writing now; a run that was missed is made up by the next."""
    now = at or timezone.now()
    found = Meeting.objects.filter(mode=MeetingMode.WRITTEN, state=MeetingState.OPEN)
    for meeting in found.select_related("council__unit"):
        _remind(meeting, now)


def _remind(meeting: Meeting, now: dt.datetime) -> None:
    hall = read_hall(meeting)
    items = AgendaItem.objects.for_list().filter(meeting=meeting)
    open_ones = [it for it in read_standings(hall, items) if it.result is None]
    milestone = _milestone(meeting, now)
    if milestone is None or not open_ones:
        return
    if milestone == 0:
        tell_over(meeting, hall.seats)
        return
    for seat in hall.voting:
        if missing := _missing(open_ones, seat):
            tell_missing(meeting, seat, missing, milestone)


def _milestone(meeting: Meeting, now: dt.datetime) -> int | None:
    """The nearest one that is reached; 0 once the time is over."""
    assert meeting.deadline is not None
    left = meeting.deadline - now
    if left <= dt.timedelta():
        return 0
    return min((hours for hours in MILESTONES if left <= hours * HOUR), default=None)


def _missing(standings: list[Standing], seat: object) -> int:
    return sum(1 for it in standings if seat in it.missing)
