"""The whole sheet on one page: the same saving, row by row."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluation.ballots.saving import save_mark
from tests.evaluation import makers

URL = "/lai-chau"


@pytest.fixture
def sheet(running, tea_item, member):
    return makers.ballot_of(tea_item, member)


def test_only_changed_rows_are_saved_and_what_was_written_stays(signed_in, sheet, member):
    save_mark(sheet, "1.1", 2, revision=0, key="a", by=member, note="Đã xem vùng trồng")
    client, address = signed_in(member), f"{URL}/ballots/{sheet.pk}/grid/"
    assert client.get(address).status_code == 200
    rows = {"c-1-1": "3", "r-c-1-1": "1", "c-1-5": "1", "r-c-1-5": "0"}
    assert client.post(address, rows).status_code == 302
    sheet.refresh_from_db()
    assert sheet.levels["1.1"] == {"p": 3, "r": 2, "note": "Đã xem vùng trồng"}
    assert (sheet.levels["1.5"]["p"], sheet.total, sheet.changes.count()) == (1, 4, 3)
    client.post(address, {"c-1-1": "3", "r-c-1-1": "2"})
    assert sheet.changes.count() == 3


def test_a_stale_row_is_said_and_the_others_are_kept(signed_in, sheet, member):
    save_mark(sheet, "1.1", 2, revision=0, key="a", by=member)
    rows = {"c-1-1": "3", "r-c-1-1": "0", "c-1-5": "9", "r-c-1-5": "0", "c-1-2": "1", "r-c-1-2": "0"}
    answer = signed_in(member).post(f"{URL}/ballots/{sheet.pk}/grid/", rows)
    assert answer.status_code == 200
    assert "Nơi khác vừa lưu 2 điểm, bạn vừa chọn 3 điểm." in answer.text
    assert "Không có mức điểm này" in answer.text
    sheet.refresh_from_db()
    assert (sheet.levels["1.1"]["p"], sheet.levels["1.2"]["p"], "1.5" in sheet.levels) == (2, 1, False)


def test_it_is_the_holder_s_alone(signed_in, sheet, chair, members):
    for user in (chair, members[5]):
        assert signed_in(user).get(f"{URL}/ballots/{sheet.pk}/grid/").status_code == 404


def test_a_full_sheet_costs_as_many_queries_as_an_empty_one(signed_in, sheet, member):
    client, address = signed_in(member), f"{URL}/ballots/{sheet.pk}/grid/"

    def count() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    empty = count()
    makers.fill(sheet, by=member)
    assert count() == empty
