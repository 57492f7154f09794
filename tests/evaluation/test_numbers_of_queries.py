"""As many queries for three products as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ocop.cards import field_name
from tests.evaluation import makers

URL = "/lai-chau"


@pytest.fixture
def counted(signed_in, council, officer, commune, advisor, members):
    """The number of queries a page takes for this person, in an open meeting of `products` products."""

    def count(products: int, address: str, who: int) -> int:
        made = [
            makers.make_checked(makers.make_accepted_dossier(commune, f"Chè {products}.{n}"), by=advisor)
            for n in range(products)
        ]
        meeting = makers.make_meeting(council, made, by=officer)
        makers.open_meeting(meeting, members)
        ballot = makers.ballot_of(meeting.agenda.first(), members[who])
        client = signed_in(members[who])
        place = f"{URL}/{address.format(meeting=meeting.pk, ballot=ballot.pk)}"
        client.get(place)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(place).status_code == 200
        return len(queries)

    return count


@pytest.mark.parametrize(
    ("address", "who", "number"),
    [
        ("meetings/{meeting}/", 0, 29),
        ("meetings/{meeting}/", 3, 28),
        ("meetings/{meeting}/board/", 2, 18),
        ("meetings/{meeting}/hall/", 2, 15),
        ("meetings/{meeting}/progress/", 2, 20),
        ("meetings/{meeting}/agenda/", 2, 13),
        ("meetings/{meeting}/declare/", 3, 22),
        ("ballots/{ballot}/1.1/", 3, 30),
        ("api/meetings/{meeting}/board/", 0, 17),
        ("assessments/", 0, 12),
    ],
)
def test_three_products_cost_no_more_than_one(counted, address, who, number):
    assert [counted(1, address, who), counted(3, address, who)] == [number, number]


def test_the_board_that_did_not_change_costs_a_few_counts(signed_in, running, chair):
    client = signed_in(chair)
    first = client.get(f"{URL}/meetings/{running.pk}/board/")
    with CaptureQueriesContext(connection) as queries:
        again = client.get(f"{URL}/meetings/{running.pk}/board/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert len(queries) <= 10


def test_the_board_changes_when_a_sheet_is_sealed(signed_in, running, chair, tea_item, members):
    client = signed_in(chair)
    first = client.get(f"{URL}/meetings/{running.pk}/board/")
    makers.score_all(tea_item, members[:1])
    again = client.get(f"{URL}/meetings/{running.pk}/board/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert "1/9 phiếu đã nộp" in again.text


@pytest.mark.parametrize("count", [3, 9])
def test_a_save_and_the_board_cost_as_much_in_a_large_council(
    signed_in, province, officer, leader, commune, advisor, count
):
    members = makers.make_members(count)
    council = makers.make_council(province, members, officer=officer, leader=leader)
    tea = makers.make_checked(makers.make_accepted_dossier(commune), by=advisor)
    meeting = makers.open_meeting(makers.make_meeting(council, [tea], by=officer), members)
    ballot = makers.ballot_of(meeting.agenda.get(), members[1])
    member, chair = signed_in(members[1]), signed_in(members[0])
    place = f"{URL}/ballots/{ballot.pk}/1.1/"

    def save(revision: int) -> int:
        sent = {field_name("1.1"): "2" if revision % 2 else "1", "revision": revision, "key": f"{revision}"}
        answer = member.post(place, sent, headers={"accept": "application/json"})
        return answer.json()["revision"]

    board = f"{URL}/meetings/{meeting.pk}/board/"
    tag = chair.get(board)["ETag"]
    assert save(0) == 1
    with CaptureQueriesContext(connection) as saved:
        assert save(1) == 2
    with CaptureQueriesContext(connection) as unchanged:
        assert chair.get(board, headers={"if-none-match": tag}).status_code == 304
    with CaptureQueriesContext(connection) as whole:
        assert chair.get(board).status_code == 200
    assert (len(saved), len(unchanged), len(whole)) == (18, 10, 18)
