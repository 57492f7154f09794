"""A plan against what was reached: computed from live records, never typed."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from ocop.reports.measures import COUNTED, Scope, figure, may_count
from plans.models import Plan, Target


@dataclass(frozen=True)
class Actual:
    """One target and what stands against it; `count` is None where the reader may not count it."""

    target: Target
    count: int | None
    share_of_year: float
    url: str

    @property
    def is_reached(self) -> bool:
        return self.count is not None and self.count >= self.target.low

    @property
    def is_late(self) -> bool:
        """True where less is done than the share of the year that has gone."""
        return self.count is not None and not self.is_reached and self.share < self.share_of_year

    @property
    def share(self) -> float:
        """How much of the least figure is reached, 0 to 1."""
        return min(1.0, (self.count or 0) / self.target.low) if self.target.low else 1.0

    @property
    def bar(self) -> str:
        """The width of the bar, as SVG writes it."""
        return f"{self.share * 100:.1f}%"

    @property
    def mark(self) -> str:
        return f"{self.share_of_year * 100:.1f}%"


def share_of_year(year: int, on: dt.date) -> float:
    """0 before the year, 1 when it is over, the day itself counted."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    return min(1.0, max(0.0, ((on - first).days + 1) / ((last - first).days + 1)))


def plan_actuals(plan: Plan, *, by: Any, on: dt.date | None = None) -> list[Actual]:
    """Each target with its figure on that day: one query for each kind of rows, however many targets."""
    day = on or timezone.localdate()
    targets = [target for target in plan.targets.all() if target.measure in COUNTED]
    counted = [target for target in targets if may_count(by, target.measure, plan.unit)]
    counts = _counts(counted, Scope.of(plan.unit, plan.year, by=by, on=day)) if counted else {}
    gone = share_of_year(plan.year, day)
    return [
        Actual(target, counts.get(target.pk), gone, _address(plan, target) if target.pk in counts else "")
        for target in targets
    ]


def _counts(targets: list[Target], scope: Scope) -> dict[int, int]:
    by_source: dict[Callable[[Scope], Any], list[Target]] = {}
    for target in targets:
        by_source.setdefault(COUNTED[target.measure].source, []).append(target)
    counts: dict[int, int] = {}
    for source, group in by_source.items():
        wanted = {f"t{it.pk}": figure(it.measure, it.stars) for it in group}
        counts |= {int(key[1:]): found for key, found in source(scope).aggregate(**wanted).items()}
    return counts


def _address(plan: Plan, target: Target) -> str:
    """The list behind the figure."""
    query: dict[str, Any] = {"unit": plan.unit_id, "year": plan.year}
    if target.stars:
        query["stars"] = target.stars
    return f"{reverse('reports:measure', args=[target.measure])}?{urlencode(query)}"
