"""The words at the foot of a sheet: saved by revision, never over what was written elsewhere meanwhile."""

import pytest

from evaluation.ballots.opinions import save_opinion
from evaluation.meetings.conclusions import rescore
from evaluation.models import BallotChange
from evaluation.workflow.ballot import BALLOT
from tests.evaluation import makers

AS_SCRIPT = {"headers": {"Accept": "application/json"}}


@pytest.fixture
def sheet(running, tea_item, member):
    return makers.ballot_of(tea_item, member)


@pytest.fixture
def write(signed_in, sheet, member):
    def post(words, seen, **how):
        place = f"/lai-chau/ballots/{sheet.pk}/opinion/"
        return signed_in(member).post(place, {"opinion": words, "r:opinion": seen}, **how)

    return post


def test_each_save_names_the_revision_it_saw(write, sheet):
    first = write("Bao bì đẹp.", 0, **AS_SCRIPT)
    assert (first.status_code, first.json()["revision"]) == (200, 1)
    assert write("Bao bì đẹp.\r\nNên thêm điểm bán. ", 1, **AS_SCRIPT).json()["revision"] == 2
    sheet.refresh_from_db()
    assert (sheet.opinion, sheet.opinion_revision) == ("Bao bì đẹp.\nNên thêm điểm bán.", 2)
    assert list(BallotChange.objects.values_list("criterion", "revision")) == [("opinion", 1), ("opinion", 2)]


def test_a_stale_page_writes_nothing_and_shows_both(write, sheet, member):
    save_opinion(sheet, "Từ máy kia.", revision=0, key="other", by=member)
    told = write("Từ trang cũ.", 0, **AS_SCRIPT)
    clash = {"field": "opinion", "mine": "Từ trang cũ.", "theirs": "Từ máy kia.", "revision": 1}
    assert (told.status_code, told.json()["clashes"]) == (409, [clash])
    page = write("Từ trang cũ.", 0)
    assert page.status_code == 409
    assert "<q>Từ máy kia.</q>" in page.text
    assert ">Từ trang cũ.</textarea>" in page.text
    assert 'name="r:opinion"\n               value="1"' in page.text
    sheet.refresh_from_db()
    assert sheet.opinion == "Từ máy kia."
    assert write("Từ trang cũ.", 1).status_code == 302
    sheet.refresh_from_db()
    assert sheet.opinion == "Từ trang cũ."


def test_the_same_words_twice_are_no_conflict(write, sheet):
    assert [write("Tốt.", 0, **AS_SCRIPT).json()["revision"] for _again in range(2)] == [1, 1]


def test_what_is_too_long_is_said(write, sheet):
    refused = write("đ" * 5001, 0, **AS_SCRIPT)
    assert (refused.status_code, refused.json()) == (422, {"error": "Ý kiến dài quá 5000 ký tự."})


def test_a_sealed_sheet_takes_no_words(write, sheet, member):
    makers.fill(sheet, by=member)
    BALLOT.take("seal", makers.ballot_of(sheet.assessment.agenda_items.first(), member), by=member)
    assert write("Muộn.", 0, **AS_SCRIPT).status_code == 422


def test_a_new_round_begins_with_the_words_of_the_old_one(write, sheet, tea_item, members, member, chair):
    write("Nên thêm điểm bán.", 0)
    makers.score_all(tea_item, members, lose=[0] * 8 + [30])
    rescore(tea_item, by=chair, note="Chênh quá nhiều")
    tea_item.refresh_from_db()
    again = makers.ballot_of(tea_item, member)
    assert (again.attempt, again.opinion, again.opinion_revision) == (2, "Nên thêm điểm bán.", 1)
