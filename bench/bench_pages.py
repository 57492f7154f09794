"""Three pages and the ballot save, with the three floors of the same run."""

from __future__ import annotations

import itertools
import json
import uuid
from typing import Any
from urllib.parse import urlencode

from bench.client import Visitor
from bench.data import add_dossiers, tidy
from bench.people import TOKEN, visitor
from bench.report import Load, compare
from bench.server import web
from evaluation.models import Ballot, BallotState, MeetingState
from ocop.cards import field_name
from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import tenant_scope

OFFICER, VISITORS = "laichau.tinh", 2
CRITERION = "1.1"


class Scorer(Visitor):
    """A member who changes her mind: each save is a new value at the revision that she saw."""

    def __init__(self, ballot: Ballot) -> None:
        found = visitor(ballot.seat.user.username, f"ballots/{ballot.pk}/{CRITERION}/")
        headers = {"Accept": "application/json", "X-CSRFToken": TOKEN,
                   "Content-Type": "application/x-www-form-urlencoded"}  # fmt: skip
        super().__init__(found.path, found.cookies, "POST", headers)
        self.ballot = ballot.pk
        level = ballot.levels.get(CRITERION, {})
        self.revision = level.get("r", 0)
        self.points = itertools.cycle((1, 2) if level.get("p") != 1 else (2, 1))

    def body(self) -> str:
        return urlencode(
            {field_name(CRITERION): next(self.points), "revision": self.revision, "key": uuid.uuid4().hex}
        )

    def answered(self, content: bytes) -> None:
        self.revision = json.loads(content)["revision"]


def run(tenant: Tenant) -> None:
    with tenant_scope(tenant.pk):
        add_dossiers()
        ballots = list(_open_ballots()[:VISITORS])
        member, sheet = ballots[0].seat.user.username, f"ballots/{ballots[0].pk}/{CRITERION}/"
        scorers = [Scorer(ballot) for ballot in ballots]
    tidy()
    floor = _load("floor: 50 rows", "", "bench/list/")
    loads = [
        _load("floor: a constant", "", "bench/constant/"),
        _load("floor: a row", "", "bench/row/"),
        floor,
        _load("officer's home", OFFICER, "", goal=0.5),
        _load("dossiers, 50 of 300", OFFICER, "dossiers/", goal=0.6),
        _load("score sheet", member, sheet, goal=0.5),
        Load("ballot save", scorers),
    ]
    with web() as program:
        compare(program, loads, floor)
        print(f"resident, web: {', '.join(f'{it} MB' for it in program.megabytes())}")


def _load(name: str, username: str, path: str, goal: float | None = None) -> Load:
    return Load(name, [visitor(username, path) for _ in range(VISITORS)], goal)


def _open_ballots() -> Any:
    """Of the meeting that is running, each of another member."""
    found = Ballot.objects.filter(state=BallotState.OPEN, meeting__state=MeetingState.OPEN)
    return found.select_related("seat__user").order_by("seat_id", "pk").distinct("seat_id")
