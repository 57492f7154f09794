"""The cheapest way up: which levels to raise for a star, fewest points first, gates included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .regimes import Policy, Regime
from .sets import CriteriaSet, Criterion
from .sheets import Mark, Sheet
from .stars import gates_for


@dataclass(frozen=True)
class Step:
    """Raise `criterion` from `before` to `after` points; `case` names the scale where there are several."""

    criterion: str
    before: int
    after: int
    case: str | None = None

    @property
    def gain(self) -> int:
        return self.after - self.before


Path = tuple[Step, ...]


def path_to(criteria_set: CriteriaSet, sheet: Sheet, star: int, policy: Policy | None = None) -> Path | None:
    """The raises that give at least `star` stars: fewest points, then fewest criteria, then sheet order.

    Empty when the star is held already, `None` when no sheet of this set can reach it.
    """
    policy = policy or criteria_set.regime.council
    ways = [_way(criteria_set, sheet, aim, policy) for aim in aims(criteria_set.regime, star)]
    found = [way for way in ways if way is not None]
    return min(found, key=price, default=None)


def aims(regime: Regime, star: int) -> Iterator[int]:
    yield from (band.star for band in sorted(regime.bands, key=lambda band: band.star) if band.star >= star)


def price(path: Path) -> tuple[int, int]:
    return sum(step.gain for step in path), len(path)


def _way(criteria_set: CriteriaSet, sheet: Sheet, aim: int, policy: Policy) -> Path | None:
    """The cheapest raises into the band of `aim` that meet its gates."""
    options = [_options(criterion, sheet, aim, policy) for criterion in criteria_set.criteria]
    least, most = room(criteria_set, aim, policy)
    need, cap = max(0, least - sheet.total), most - sheet.total
    best: list[int | None] = [0] + [None] * max(0, cap)
    chosen: list[list[Step | None]] = []
    for steps in options:
        best, taken = _extended(best, steps)
        chosen.append(taken)
    for added in range(need, cap + 1):
        if best[added] is not None:
            return _walked(chosen, added)
    return None


def room(criteria_set: CriteriaSet, aim: int, policy: Policy) -> tuple[int, int]:
    """Least and most total for `aim`: to the top, but not into the next band where its gates would count."""
    bands = {band.star: band.least for band in criteria_set.regime.bands}
    punished = policy.fall_back == "two_stars" and aim >= criteria_set.regime.least_recognised
    top = bands[aim + 1] - 1 if punished and aim + 1 in bands else criteria_set.total
    return bands[aim], top


def _options(criterion: Criterion, sheet: Sheet, aim: int, policy: Policy) -> list[Step | None]:
    """Staying (`None`) and every raise that meets the gates of `aim`; a chosen case is kept."""
    have, case = sheet.points(criterion.code), sheet.case(criterion.code)
    options: dict[int, Step | None] = {}
    if have >= floor(criterion, aim, policy, case):
        options[have] = None
    for each in (case,) if case or not criterion.cases else criterion.case_codes:
        least = max(have + 1, floor(criterion, aim, policy, each))
        for level in criterion.scale(each):
            if level.points >= least:
                options.setdefault(level.points, Step(criterion.code, have, level.points, each))
    return [options[points] for points in sorted(options)]


def floor(criterion: Criterion, aim: int, policy: Policy, case: str | None) -> int:
    """The least points that pass every gate before `aim`; 0 without one."""
    return max(gates_for(criterion, aim, policy, case).values(), default=0)


def _extended(best: list[int | None], steps: list[Step | None]) -> tuple[list[int | None], list[Step | None]]:
    """One criterion more: for each sum of added points the fewest raises, and the step that did it."""
    reached: list[int | None] = [None] * len(best)
    taken: list[Step | None] = [None] * len(best)
    for added, raised in enumerate(best):
        if raised is None:
            continue
        for step in steps:
            at, count = (added + step.gain, raised + 1) if step else (added, raised)
            if at < len(reached):
                before = reached[at]
                if before is None or count < before:
                    reached[at], taken[at] = count, step
    return reached, taken


def _walked(chosen: list[list[Step | None]], added: int) -> Path:
    steps: list[Step] = []
    for taken in reversed(chosen):
        step = taken[added]
        if step:
            steps.append(step)
            added -= step.gain
    return tuple(reversed(steps))


def after(sheet: Sheet, path: Path) -> Sheet:
    """The sheet once every step is taken."""
    marks = {**sheet.marks, **{step.criterion: Mark(step.after, step.case) for step in path}}
    return Sheet(sheet.set_code, marks, tuple(code for code in sheet.unanswered if code not in marks))
