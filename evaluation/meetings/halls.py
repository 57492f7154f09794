"""What the screen in the hall shows: nothing that anybody in the room may not read.

No list and no number of products (a recused member would count them), no points, no names of who has not sealed.
"""

import datetime as dt
from dataclasses import dataclass

from evaluation.meetings.clocks import Clock, clock_of
from evaluation.meetings.discussing import discussed
from evaluation.meetings.standing import Hall, Standing, name_all, read_hall, read_standings
from evaluation.models import Meeting, Seat
from ocop.orgs.models import User


@dataclass(frozen=True)
class HallScreen:
    """`standing` is the product under discussion, None in a pause or where the reader is recused from it."""

    hall: Hall
    standing: Standing | None
    clock: Clock | None

    @property
    def here(self) -> list[Seat]:
        return [seat for seat in self.hall.seats if seat.pk in self.hall.present]


def read_hall_screen(meeting: Meeting, user: User, *, at: dt.datetime) -> HallScreen:
    """With the login that opened it: the projector of a recused secretary shows a pause."""
    hall = read_hall(meeting)
    name_all(hall)
    item = discussed(meeting, user)
    standing = read_standings(hall, [item])[0] if item else None
    return HallScreen(hall, standing, clock_of(meeting, hall, at=at) if item else None)
