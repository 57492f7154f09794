"""Who has sealed what, by member and product: progress, never points."""

import datetime as dt
from dataclasses import dataclass

from evaluation.meetings.standing import Hall, Standing
from evaluation.models import Ballot, Seat


@dataclass(frozen=True)
class Cell:
    """One member's sheet for one product; None where she has none (recused, or not laid out yet)."""

    standing: Standing
    ballot: Ballot | None
    is_waited_for: bool

    @property
    def is_sealed(self) -> bool:
        return self.ballot is not None and self.ballot.is_sealed

    @property
    def answered(self) -> int:
        levels = self.ballot.levels if self.ballot else {}
        return sum(1 for level in levels.values() if "p" in level)

    @property
    def all(self) -> int:
        return len(self.standing.criteria_set.criteria)


@dataclass(frozen=True)
class Line:
    seat: Seat
    is_here: bool
    cells: list[Cell]
    nudged_at: dt.datetime | None = None

    @property
    def missing(self) -> int:
        return sum(cell.is_waited_for for cell in self.cells)


def progress(hall: Hall, standings: list[Standing], nudged: dict[int, dt.datetime]) -> list[Line]:
    """A line a voting seat, in the order of the seats; a concluded product waits for nobody."""
    return [
        Line(
            seat,
            seat.pk in hall.present,
            [_cell(standing, seat) for standing in standings],
            nudged.get(seat.user_id),
        )
        for seat in hall.voting
    ]


def _cell(standing: Standing, seat: Seat) -> Cell:
    ballot = None if seat.pk in standing.recused else standing.ballots.get(seat.pk)
    waits = standing.result is None and seat in standing.missing
    return Cell(standing, ballot, waits)
