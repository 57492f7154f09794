"""Twelve councils of fifteen who all score at once, their boards asked by chair and secretary; against a bare list.

The floor is the same crowd at the same rhythm, asking for 50 rows.
"""

from __future__ import annotations

import os

from bench.bench_pages import Scorer
from bench.crowd import Answers, Regular, gather
from bench.data import tidy
from bench.people import visitor
from bench.rooms import Room, open_rooms
from bench.server import web
from evaluation.models import Ballot, BallotChange
from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import tenant_scope

SECONDS = float(os.environ.get("OCOP_BENCH_SECONDS", "30"))
SAVES_EVERY, BOARD_EVERY = 2.0, 3.0
FLOOR, SAVE, BOARD = "floor: 50 rows", "ballot save", "board"


def run(tenant: Tenant) -> None:
    with tenant_scope(tenant.pk):
        rooms = open_rooms()
        scorers = [Scorer(ballot) for room in rooms for ballot in room.ballots]
        saved_before = BallotChange.objects.count()
    tidy()
    members = [Regular(SAVE, it, SAVES_EVERY) for it in scorers]
    boards = [_board(room, name) for room in rooms for name in room.watching]
    alike = [Regular(FLOOR, visitor("", "bench/list/"), it.every) for it in (*members, *boards)]
    with web() as program:
        gather(program.port, _spread(alike[:20]), 3)  # what a process remembers
        floor = gather(program.port, _spread(alike), SECONDS)
        room = gather(program.port, _spread([*members, *boards]), SECONDS)
        print(f"{len(members)} members every {SAVES_EVERY:.0f} s, {len(boards)} boards every {BOARD_EVERY:.0f} s, "
              f"{SECONDS:.0f} s; resident, web: {', '.join(f'{it} MB' for it in program.megabytes())}")  # fmt: skip
    table(floor, room)
    with tenant_scope(tenant.pk):
        check(rooms, scorers, room, saved_before)


def _board(room: Room, username: str) -> Regular:
    one = visitor(username, f"meetings/{room.meeting.pk}/board/")
    one.headers["HX-Request"] = "true"
    return Regular(BOARD, one, BOARD_EVERY)


def _spread(crowd: list[Regular]) -> list[Regular]:
    for number, one in enumerate(crowd):
        one.first = one.every * number / len(crowd)
    return crowd


def table(floor: Answers, room: Answers) -> None:
    """Ratios to the floor's own percentiles: less is better."""
    print(
        f"{'':24}{'answers':>9}{'a second':>10}{'p50':>11}{'p95':>11}{'p99':>11}{'× p50':>8}{'× p95':>8}{'× p99':>8}"
    )
    least = floor.percentiles(FLOOR)
    for answers in (floor, room):
        for name, took in sorted(answers.took.items()):
            found = answers.percentiles(name)
            ratios = "".join(f"{it / one:>8.2f}" for it, one in zip(found, least, strict=True))
            print(f"{name:24}{len(took):>9}{len(took) / answers.seconds:>10.1f}"
                  f"{''.join(f'{it:>8.0f} ms' for it in found)}{ratios}")  # fmt: skip
    errors = floor.errors + room.errors
    print(f"errors: {len(errors)}", *errors[:5], sep="\n  ")


def check(rooms: list[Room], scorers: list[Scorer], answers: Answers, saved_before: int) -> None:
    """No sheet may stand behind what its member was told; it may be ahead by a save whose answer she did not wait for."""
    kept = dict(
        Ballot.objects.filter(meeting__in=[it.meeting.pk for it in rooms]).values_list("pk", "levels")
    )
    ahead = [kept[it.ballot].get("1.1", {}).get("r", 0) - it.revision for it in scorers]
    told, made = len(answers.took[SAVE]), BallotChange.objects.count() - saved_before
    print(f"saves acknowledged: {told}, kept: {made}, lost: {-sum(it for it in ahead if it < 0)}, "
          f"doubled: {made - told - sum(it for it in ahead if it > 0)}")  # fmt: skip
