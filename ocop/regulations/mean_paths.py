"""The cheapest way up from a council's mean: which printed levels its sheets would have to give together.

A mean lies between the levels of the annex, a raise ends on one of them. So a step is named and priced from the
printed level at or under the mean, and counted by what is exactly missing to the level reached. Counting both from
the printed level would ask too much (thirty means rounded down lose up to fifteen points, and 69.9 would lie far
from 70); counting both from the mean would offer hair-wide steps that nobody can take.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from .paths import Path, Step, aims, floor, price, room
from .regimes import Policy
from .scoring import Result
from .sets import CriteriaSet, Criterion
from .stars import common_case, gate_standings, have


@dataclass(frozen=True)
class _Reached:
    """What some steps add to the exact total."""

    gain: Fraction
    path: Path

    @property
    def rank(self) -> tuple[Fraction, int]:
        return self.gain, -len(self.path)


Raise = tuple[Step | None, Fraction]  # `None`: the criterion stays as it is


def path_from_mean(
    criteria_set: CriteriaSet,
    result: Result,
    star: int,
    policy: Policy | None = None,
    *,
    agreed: Mapping[str, int] | None = None,
) -> Path | None:
    """The raises that give at least `star` stars: fewest points, then the most sure, then fewest criteria.

    Empty when the star is held already, `None` when no sheets of this set can reach it. Of one sheet it is as
    cheap as `path_to`.
    """
    policy = policy or criteria_set.regime.council
    ways = [_way(criteria_set, result, aim, policy, agreed or {}) for aim in aims(criteria_set.regime, star)]
    return min((way for way in ways if way is not None), key=price, default=None)


def _way(
    criteria_set: CriteriaSet, result: Result, aim: int, policy: Policy, agreed: Mapping[str, int]
) -> Path | None:
    least, most = room(criteria_set, aim, policy)
    need, cap = least - result.total, most + 1 - result.total
    missed = {
        gate.criterion
        for gate in gate_standings(criteria_set, result, policy, agreed)
        if not gate.holds and (gate.star == aim or (policy.gates_cumulative and gate.star < aim))
    }
    best: dict[int, _Reached] = {0: _Reached(Fraction(), ())}
    for criterion in criteria_set.criteria:
        is_missed = criterion.code in missed
        basis = have(criterion.code, result, policy, agreed) if is_missed else result.criteria[criterion.code]
        raises = _raises(criterion, result, aim, policy, basis, is_missed=is_missed)
        best = _extended(best, list(raises), cap)
    found = (best[cost].path for cost in sorted(best) if best[cost].gain >= need)
    return next(found, None)


def _raises(
    criterion: Criterion, result: Result, aim: int, policy: Policy, basis: Fraction, *, is_missed: bool
) -> Iterator[Raise]:
    """Staying, where no gate forbids it, and every printed level over the mean that meets the gates of `aim`."""
    mean, case = result.criteria[criterion.code], common_case(criterion, result)
    if not is_missed:
        yield None, Fraction()
    before = _printed_under(criterion, case, min(mean, basis))
    for each in (case,) if case or not criterion.cases else criterion.case_codes:
        for level in criterion.scale(each):
            is_up = level.points >= mean if is_missed else level.points > mean
            if is_up and level.points > before and level.points >= floor(criterion, aim, policy, each):
                yield Step(criterion.code, before, level.points, each), level.points - mean


def _printed_under(criterion: Criterion, case: str | None, points: Fraction) -> int:
    scales = [criterion.scale(case)] if case else criterion.scales
    return max((it.points for scale in scales for it in scale if it.points <= points), default=0)


def _extended(best: dict[int, _Reached], raises: list[Raise], cap: Fraction) -> dict[int, _Reached]:
    """One criterion more: for each price what adds most to the total and stays under `cap`."""
    reached: dict[int, _Reached] = {}
    for cost, so_far in best.items():
        for step, gain in raises:
            then = _Reached(so_far.gain + gain, (*so_far.path, step) if step else so_far.path)
            at = cost + (step.gain if step else 0)
            if then.gain < cap and (at not in reached or then.rank > reached[at].rank):
                reached[at] = then
    return reached
