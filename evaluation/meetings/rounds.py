"""The rounds of scoring of one product side by side: what moved, and who changed how much."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from evaluation.meetings.referring import sheets_of
from evaluation.meetings.standing import Standing
from evaluation.models import Ballot, BallotState, Seat
from evaluation.rules import read_levels
from ocop.regulations import Criterion, Result, combine


@dataclass(frozen=True)
class Round:
    attempt: int
    seats: tuple[int, ...]
    combined: Result


@dataclass(frozen=True)
class Member:
    """`totals` are by round, None where she had no sheet that counts; `change` is last minus first."""

    seat: Seat
    totals: tuple[int | None, ...]

    @property
    def change(self) -> int | None:
        given = [it for it in self.totals if it is not None]
        return given[-1] - given[0] if len(given) > 1 else None


@dataclass(frozen=True)
class Move:
    name: str
    before: int
    after: int


@dataclass(frozen=True)
class Moved:
    """One criterion on which somebody changed between the first round and the last."""

    criterion: Criterion
    means: tuple[Fraction, ...]
    moves: tuple[Move, ...]

    @property
    def change(self) -> Fraction:
        return self.means[-1] - self.means[0]


@dataclass(frozen=True)
class Rounds:
    standing: Standing
    rounds: tuple[Round, ...]

    def members(self) -> list[Member]:
        return [
            Member(seat, tuple(_total(it, seat) for it in self.rounds))
            for seat in self.standing.hall.voting
            if any(seat.pk in it.seats for it in self.rounds)
        ]

    @cached_property
    def moved(self) -> list[Moved]:
        return [it for it in self._criteria() if it.moves]

    def _criteria(self) -> Iterator[Moved]:
        for criterion in self.standing.criteria_set.criteria:
            means = tuple(it.combined.criteria[criterion.code] for it in self.rounds)
            yield Moved(criterion, means, tuple(self._moves(criterion.code)))

    def _moves(self, code: str) -> Iterator[Move]:
        first, last = self.rounds[0], self.rounds[-1]
        names = {seat.pk: str(seat.user) for seat in self.standing.hall.seats}
        for seat, sheet in zip(last.seats, last.combined.sheets, strict=True):
            if seat not in first.seats:
                continue
            before = first.combined.sheets[first.seats.index(seat)].points(code)
            if before != sheet.points(code):
                yield Move(names[seat], before, sheet.points(code))


def _total(it: Round, seat: Seat) -> int | None:
    return it.combined.totals[it.seats.index(seat.pk)] if seat.pk in it.seats else None


def read_rounds(standing: Standing) -> Rounds:
    """All rounds whose sheets are sealed, one in writing before the meeting too; recused members left out."""
    sealed = Ballot.objects.filter(sheets_of(standing.item), state=BallotState.SEALED).order_by(
        "attempt", "seat__order", "seat"
    )
    by_attempt: dict[int, list[Ballot]] = {}
    for ballot in sealed:
        if ballot.seat_id not in standing.recused:
            by_attempt.setdefault(ballot.attempt, []).append(ballot)
    return Rounds(standing, tuple(_round(standing, *it) for it in by_attempt.items()))


def _round(standing: Standing, attempt: int, ballots: list[Ballot]) -> Round:
    sheets = [read_levels(standing.criteria_set, ballot.levels) for ballot in ballots]
    combined = combine(standing.criteria_set, sheets, standing.hall.rules.policy)
    return Round(attempt, tuple(ballot.seat_id for ballot in ballots), combined)
