"""A whole sheet in one go: every criterion with its revision, all of them or none."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from evaluation.ballots.saving import Conflict, save_mark, save_marks
from evaluation.models import BallotChange
from tests.evaluation import makers

MARKS = {"1.1": (3, ""), "1.2": (0, "Không có minh chứng")}


@pytest.fixture
def sheet(running, tea_item, member):
    return makers.ballot_of(tea_item, member)


def test_marks_are_kept_as_if_saved_one_by_one(sheet, member):
    saved = save_marks(sheet, MARKS, key="giay", by=member)
    sheet.refresh_from_db()
    assert sheet.levels == {"1.1": {"p": 3, "r": 1}, "1.2": {"p": 0, "r": 1, "note": "Không có minh chứng"}}
    assert (saved.total, sheet.total) == (3, 3)
    kept = BallotChange.objects.filter(ballot=sheet).values_list("criterion", "key", "revision")
    assert sorted(kept) == [("1.1", "giay-1.1", 1), ("1.2", "giay-1.2", 1)]
    save_marks(sheet, MARKS, key="again", by=member)
    assert BallotChange.objects.filter(ballot=sheet).count() == 2


def test_what_was_changed_meanwhile_is_not_written_over(sheet, member):
    save_mark(sheet, "1.1", 2, revision=0, key="tab", by=member)
    with pytest.raises(Conflict) as met:
        save_marks(sheet, MARKS, key="giay", by=member)
    sheet.refresh_from_db()
    assert met.value.criterion == "1.1"
    assert sheet.levels == {"1.1": {"p": 2, "r": 1}}


def test_one_faulty_mark_keeps_all_out_and_a_stranger_writes_nothing(sheet, member, members):
    with pytest.raises(ValidationError):
        save_marks(sheet, {**MARKS, "99": (1, "")}, key="giay", by=member)
    with pytest.raises(PermissionDenied):
        save_marks(sheet, MARKS, key="giay", by=next(it for it in members if it != member))
    sheet.refresh_from_db()
    assert sheet.levels == {}
