"""Many visitors at the rhythm of a hall: each asks every so many seconds, or as soon as the answer before is there."""

from __future__ import annotations

import http.client
import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.client import Visitor, headers_of
from bench.server import HOST

PATIENCE = 120.0  # seconds: where more is asked than can be answered, the queue is what is measured


@dataclass
class Regular:
    """One visitor's rhythm; answers are counted under `name` and, where several statuses are right, its status."""

    name: str
    visitor: Visitor
    every: float
    first: float = 0.0  # seconds after the others began: they do not all come in the same moment


@dataclass
class Answers:
    """Seconds by name, and what was no right answer."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def percentiles(self, name: str) -> tuple[float, float, float]:
        """p50, p95, p99 in milliseconds."""
        cuts = statistics.quantiles(self.took[name], n=100)
        return cuts[49] * 1000, cuts[94] * 1000, cuts[98] * 1000


def gather(port: int, crowd: Sequence[Regular], seconds: float) -> Answers:
    """All of them, for so long."""
    answers, began = Answers(seconds=seconds), time.monotonic()
    threads = [threading.Thread(target=_stay, args=(port, one, began, answers)) for one in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _stay(port: int, one: Regular, began: float, answers: Answers) -> None:
    due = began + one.first
    while due < began + answers.seconds:
        time.sleep(max(0.0, due - time.monotonic()))
        asked = time.monotonic()
        try:
            name = _ask(port, one)
        except (OSError, http.client.HTTPException, RuntimeError) as error:
            answers.errors.append(f"{one.name}: {error!r}")
        else:
            answers.took[name].append(time.monotonic() - asked)
        due = max(asked + one.every, time.monotonic())


def _ask(port: int, one: Regular) -> str:
    visitor = one.visitor
    link = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
    try:
        link.request(visitor.method, visitor.path, body=visitor.body(), headers=headers_of(port, visitor))
        answer = link.getresponse()
        content = answer.read()
    finally:
        link.close()
    if answer.status == 304:
        return f"{one.name} 304"
    if answer.status != 200:
        raise RuntimeError(f"{answer.status} {content[:200]!r}")
    visitor.answered(content)
    if tag := answer.headers.get("ETag"):
        visitor.headers["If-None-Match"] = tag
        return f"{one.name} 200"
    return one.name
