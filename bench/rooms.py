"""Councils that all meet at once."""

from __future__ import annotations

from dataclasses import dataclass

from bench.councils import planned_meeting
from evaluation.meetings.agenda import set_attendance
from evaluation.meetings.declarations import declare
from evaluation.models import Ballot, Meeting
from evaluation.workflow.meeting import MEETING

COUNCILS, MEMBERS, PRODUCTS = 12, 15, 2


@dataclass(frozen=True)
class Room:
    """One meeting under way: its sheets, and the two who watch the board."""

    meeting: Meeting
    ballots: list[Ballot]
    watching: list[str]


def open_rooms(count: int = COUNCILS) -> list[Room]:
    return [_room(number) for number in range(1, count + 1)]


def _room(number: int) -> Room:
    meeting = planned_meeting(number, members=MEMBERS, products=PRODUCTS)
    seats = list(meeting.council.seats.select_related("user"))
    chair, secretary = (
        next(seat.user for seat in seats if seat.role == role) for role in ("chair", "secretary")
    )
    for seat in seats:
        declare(meeting, {item.assessment_id: "" for item in meeting.agenda.all()}, by=seat.user)
    set_attendance(meeting, [seat.pk for seat in seats], by=secretary)
    meeting = MEETING.take("open", meeting, by=chair)
    first = meeting.agenda.all()[0].assessment_id
    ballots = Ballot.objects.filter(meeting=meeting, assessment=first).select_related("seat__user")
    return Room(meeting, list(ballots.order_by("pk")), [chair.username, secretary.username])
