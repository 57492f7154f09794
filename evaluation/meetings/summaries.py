"""What one product's sealed sheets say together, as the board shows it once they may be seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from evaluation.meetings.alarms import Alarm, alarms
from evaluation.meetings.figures import Edges, deviation, edges, median
from evaluation.meetings.standing import Standing
from ocop.regulations import Criterion, GateStanding, Result, Verdict, gate_standings


@dataclass(frozen=True)
class Votes:
    """The sheets that gave these points; their holders only for who leads the discussion."""

    points: int
    names: tuple[str, ...]

    @property
    def count(self) -> int:
        return len(self.names)


@dataclass(frozen=True)
class CriterionLine:
    criterion: Criterion
    mean: Fraction
    votes: tuple[Votes, ...]  # most points first: no order of seats shines through
    agreed: int | None

    @cached_property
    def points(self) -> list[int]:
        return [votes.points for votes in self.votes for _name in votes.names]

    @property
    def low(self) -> int:
        return min(self.points)

    @property
    def high(self) -> int:
        return max(self.points)

    @property
    def median(self) -> Fraction:
        return median(self.points)

    @property
    def deviation(self) -> Fraction:
        return deviation(self.points)


@dataclass(frozen=True)
class GateLine:
    """`counts`: the gate stands before the star of this band or a lower one; else it is what the next star asks."""

    criterion: Criterion
    gate: GateStanding
    counts: bool


@dataclass(frozen=True)
class Summary:
    standing: Standing
    combined: Result
    verdict: Verdict

    @property
    def decimals(self) -> int:
        return self.standing.hall.rules.decimals

    @property
    def names(self) -> list[str]:
        seats = {seat.pk: str(seat.user) for seat in self.standing.hall.seats}
        return [seats[ballot.seat_id] for ballot in self.standing.sealed]

    @property
    def mean(self) -> Fraction:
        return self.combined.total

    @property
    def median(self) -> Fraction:
        return median(self.combined.totals)

    @property
    def deviation(self) -> Fraction:
        return deviation(self.combined.totals)

    @property
    def low(self) -> int:
        return min(self.combined.totals)

    @property
    def high(self) -> int:
        return max(self.combined.totals)

    @cached_property
    def edges(self) -> Edges:
        return edges(self.standing.criteria_set.regime, self.combined.total)

    def criteria(self) -> Iterator[CriterionLine]:
        agreed = self.standing.item.agreed
        for criterion in self.standing.criteria_set.criteria:
            code = criterion.code
            yield CriterionLine(criterion, self.combined.criteria[code], self._votes(code), agreed.get(code))

    def _votes(self, code: str) -> tuple[Votes, ...]:
        by_points: dict[int, list[str]] = {}
        for name, sheet in zip(self.names, self.combined.sheets, strict=True):
            by_points.setdefault(sheet.points(code), []).append(name)
        return tuple(Votes(points, tuple(by_points[points])) for points in sorted(by_points, reverse=True))

    def gates(self) -> list[GateLine]:
        """Those of the recognised stars up to the band's own, and those of the star above it."""
        criteria_set, policy = self.standing.criteria_set, self.standing.hall.rules.policy
        least, band = criteria_set.regime.least_recognised, self.verdict.band
        found = gate_standings(criteria_set, self.combined, policy, self.standing.item.agreed)
        return [
            GateLine(criteria_set.by_code[gate.criterion], gate, gate.star <= band)
            for gate in found
            if least <= gate.star <= max(band + 1, least)
        ]

    def alarms(self, *, leads: bool) -> list[Alarm]:
        """A member far from the others is shown to who leads alone."""
        found = alarms(
            self.standing.criteria_set,
            self.combined,
            self.standing.hall.rules.policy,
            agreed=self.standing.item.agreed,
            names=self.names,
        )
        return [alarm for alarm in found if leads or not alarm.is_private]


def summary_of(standing: Standing) -> Summary | None:
    """None before a sheet counts; who may see it is asked before."""
    if standing.combined is None or standing.verdict is None:
        return None
    return Summary(standing, standing.combined, standing.verdict)
