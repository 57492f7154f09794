"""PostgreSQL crashes in the middle of a meeting and comes back: refused in words meanwhile, nothing acknowledged lost."""

from __future__ import annotations

import pytest

from ocop.cards import field_name
from tests.faults.council import SLUG, holds, make_room, post, scoring
from tests.faults.own import cluster
from tests.faults.web import web
from tests.worker import wait_until

pytestmark = pytest.mark.slow
WORDS = "Đất ở bản Phiêng Đanh, đã xem tận nơi."


def test_the_same_clients_go_on_after_a_crash(
    django_db_setup, django_db_blocker, monkeypatch, tmp_path, static_root
):
    with django_db_blocker.unblock(), cluster(monkeypatch) as database:
        room = make_room()
        with web(tmp_path, static_root) as served:
            with scoring(served.port, room) as them:
                wait_until(lambda: len(them.saved) >= 40)
                database.crash()
                wait_until(lambda: len(them.put_off) >= 9)
                page = send_by_hand(served.port, room.sheets[0])
                database.start()
            assert them.unanswered == []
            assert {it["error"] for it in them.put_off} == {
                "Máy chủ dữ liệu tạm thời không trả lời. Chưa lưu được; hãy thử lại sau ít giây."
            }
            assert page.count(WORDS) == 1
            assert "Gửi lại" in page
            holds(room, them)


def send_by_hand(port: int, sheet) -> str:
    """Without scripts: the page that says it still has what was typed."""
    fields = {field_name("1.1"): sheet.marks["1.1"], "revision": 9, "key": "by-hand", "note": WORDS}
    status, content = post(
        port, f"/{SLUG}/ballots/{sheet.ballot}/1.1/", sheet.cookies, fields, accept="text/html"
    )
    assert status == 503
    return content.decode()
