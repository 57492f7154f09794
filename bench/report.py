"""Loads against a floor, in turns: whatever else the machine does then hits both."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.client import Visitor, drive
from bench.people import queries_of
from bench.server import Program, postgres

ROUNDS, COUNT = 4, 30


@dataclass
class Load:
    """What is asked, by one visitor or more, and the share of the floor's rate that it should reach."""

    name: str
    visitors: Sequence[Visitor]
    goal: float | None = None
    count: int = COUNT  # requests of each visitor in a turn
    queries: int = 0
    took: list[float] = field(default_factory=list)
    processor: float = 0.0

    @property
    def median(self) -> float:
        return statistics.median(self.took) * 1000

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.took, n=20)[-1] * 1000

    @property
    def work(self) -> float:
        """Milliseconds of processor a request, web and database together."""
        return self.processor / len(self.took) * 1000


def compare(web: Program, loads: Sequence[Load], floor: Load) -> None:
    """Measure and print; the first round warms up and is not counted."""
    database = postgres()
    for number in range(ROUNDS + 1):
        for load in loads:
            before = web.seconds() + database.seconds()
            took = drive(web.port, load.visitors, load.count if number else min(load.count, 5))
            if number:
                load.took += took
                load.processor += web.seconds() + database.seconds() - before
    for load in loads:
        load.queries = queries_of(load.visitors[0])
    table(loads, floor)


def table(loads: Sequence[Load], floor: Load) -> None:
    """A ratio of 1 is the floor: its rate is reached (more is better), its p95 and work are taken (less is)."""
    print(
        f"{'':24}{'queries':>8}{'median':>10}{'p95':>10}{'work':>10}{'× rate':>9}{'goal':>7}{'× p95':>8}{'× work':>8}"
    )
    for it in loads:
        goal = f"{it.goal:.1f}" if it.goal else ""
        print(
            f"{it.name:24}{it.queries:>8}{it.median:>7.1f} ms{it.p95:>7.1f} ms{it.work:>7.1f} ms"
            f"{floor.median / it.median:>9.2f}{goal:>7}{it.p95 / floor.p95:>8.2f}{it.work / floor.work:>8.2f}"
        )
