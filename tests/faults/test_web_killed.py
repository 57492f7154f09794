"""The web server killed while nine members save: what was acknowledged is there, once, and they go on."""

from __future__ import annotations

import pytest

from tests.faults.council import holds, make_room, scoring
from tests.faults.web import web
from tests.worker import wait_until

pytestmark = pytest.mark.slow
MOMENTS = (25, 75, 125)  # so many acknowledged saves


def test_its_workers_killed_three_times(transactional_db, tmp_path, static_root):
    room = make_room()
    with web(tmp_path, static_root) as served, scoring(served.port, room) as them:
        for count in MOMENTS:
            wait_until(lambda count=count: len(them.saved) >= count)
            served.kill_workers()
    assert them.unanswered != []
    holds(room, them)


def test_all_of_it_killed_and_started_again(transactional_db, tmp_path, static_root):
    room = make_room()
    with web(tmp_path, static_root) as served:
        with scoring(served.port, room) as them:
            for count in MOMENTS[:2]:
                wait_until(lambda count=count: len(them.saved) >= count)
                served.kill()
                served.start()
        assert them.unanswered != []
        holds(room, them)
