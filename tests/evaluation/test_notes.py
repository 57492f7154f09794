"""Where a word beside the points is asked for: one rule for the field, the API and the seal."""

import pytest
from django.core.exceptions import ValidationError

from evaluation.ballots.saving import save_mark
from evaluation.councils.rules import set_rules
from evaluation.rules import CouncilRules, notes_missing, read_rules, why_a_note
from evaluation.workflow.ballot import BALLOT
from ocop.law import law
from ocop.regulations import Case, Criterion, Level
from products.law import criteria_set
from products.models import SelfScore
from tests.evaluation import makers

URL = "/lai-chau"
PRINTED = Criterion("1.5", "Liên kết", 3, levels=tuple(Level(n, f"mức {n}") for n in (0, 1, 2, 3)))
BARE = Criterion("1.6", "Môi trường", 3, levels=(Level(1, "một"), Level(2, "hai"), Level(3, "ba")))
CASES = Criterion(
    "8",
    "Chứng nhận",
    3,
    cases=(
        Case("a", "Bắt buộc", (Level(0, "chưa"), Level(1, "một"), Level(3, "ba"))),
        Case("b", "Tự nguyện", (Level(0, "chưa"), Level(2, "hai"))),
    ),
)


def rules(**own) -> CouncilRules:
    return CouncilRules(law().regimes["26/2026"].council, **own)


@pytest.mark.parametrize(
    ("criterion", "level", "claim", "own", "why"),
    [
        (PRINTED, {}, {"p": 3}, {"note_at_ends": True, "note_off_claim": 1}, None),
        (PRINTED, {"p": 0}, None, {}, None),
        (BARE, {"p": 0}, None, {}, "no_level"),
        (PRINTED, {"p": 0}, None, {"note_at_ends": True}, "lowest"),
        (BARE, {"p": 1}, None, {"note_at_ends": True}, "lowest"),
        (PRINTED, {"p": 3}, None, {"note_at_ends": True}, "highest"),
        (PRINTED, {"p": 2}, None, {"note_at_ends": True}, None),
        (PRINTED, {"p": 1}, {"p": 3}, {"note_off_claim": 2}, "off_claim"),
        (PRINTED, {"p": 2}, {"p": 3}, {"note_off_claim": 2}, None),
        (PRINTED, {"p": 3}, {"p": 1}, {"note_off_claim": 2}, "off_claim"),  # above the claim as well
        (PRINTED, {"p": 1}, None, {"note_off_claim": 1}, None),
        (PRINTED, {"p": 1}, {"r": 1}, {"note_off_claim": 1}, None),  # words without points are no claim
        (CASES, {"p": 3, "case": "a"}, {"p": 1, "case": "a"}, {"note_off_claim": 2}, None),  # one level on
        (CASES, {"p": 3, "case": "a"}, {"p": 0, "case": "a"}, {"note_off_claim": 2}, "off_claim"),
        (CASES, {"p": 2, "case": "b"}, {"p": 3, "case": "a"}, {"note_off_claim": 2}, "off_claim"),
        (CASES, {"p": 0}, {"p": 3, "case": "a"}, {"note_off_claim": 2}, "off_claim"),
        (CASES, {"p": 0}, None, {"note_at_ends": True}, "lowest"),
    ],
)
def test_why_a_word_is_asked_for(criterion, level, claim, own, why):
    assert why_a_note(criterion, level, claim, rules(**own)) == why


def test_a_word_that_is_there_is_not_missing():
    of_set = criteria_set("QD26-11")
    levels = {"1.1": {"p": 3, "note": "Vùng trồng đã xem"}, "1.5": {"p": 3, "note": "  "}}
    assert notes_missing(of_set, levels, {}, rules(note_at_ends=True)) == {"1.5": "highest"}


@pytest.fixture
def strict(council, officer):
    """The council's rules ask for words at the ends and two levels off the claim."""
    now = read_rules(council.rules)
    words = {"note_at_ends": True, "note_off_claim": 2}
    return set_rules(council, CouncilRules(now.policy, **words), by=officer, basis="Quy chế số 2")


@pytest.fixture
def sheet(strict, meeting, members, tea, tea_item, member):
    SelfScore.objects.create(dossier=tea.dossier, levels={"1.5": {"p": 3, "r": 1, "why": "Hợp đồng"}})
    meeting.council.refresh_from_db()
    makers.open_meeting(meeting, members)
    return makers.ballot_of(tea_item, member)


def test_the_field_says_it_the_save_keeps_the_points_and_the_seal_refuses(signed_in, sheet, member):
    client = signed_in(member)
    client.post(f"{URL}/ballots/{sheet.pk}/1.5/", {"c-1-5": "1", "revision": "0"})
    page = client.get(f"{URL}/ballots/{sheet.pk}/1.5/")
    assert "bắt buộc: lệch xa mức chủ thể tự chấm" in page.text
    assert "1 chờ nhận xét" in page.text
    with pytest.raises(ValidationError) as refused:
        BALLOT.take("seal", sheet, by=member, data={"unanswered": True})
    assert refused.value.messages == ["Lệch xa mức chủ thể tự chấm thì phải ghi nhận xét: 1.5."]
    sheet.refresh_from_db()
    save_mark(sheet, "1.5", 1, revision=1, key="k2", by=member, note="Hợp đồng đã hết hạn")
    assert BALLOT.take("seal", sheet, by=member, data={"unanswered": True}).is_sealed


def test_the_seal_names_every_reason_with_its_criteria(sheet, member):
    save_mark(sheet, "1.5", 3, revision=0, key="k1", by=member)
    save_mark(sheet, "1.1", 0, revision=0, key="k2", by=member)
    with pytest.raises(ValidationError) as refused:
        BALLOT.take("seal", sheet, by=member, data={"unanswered": True})
    assert "Cho mức cao nhất thì phải ghi nhận xét: 1.5." in refused.value.messages
    assert len(refused.value.messages) == 2


def test_the_api_says_it_with_every_save(signed_in, sheet, member):
    client = signed_in(member)
    body = {"value": 1, "revision": 0, "key": "k1"}
    address = f"{URL}/api/ballots/{sheet.pk}/marks/1.5/"
    first = client.put(address, body, content_type="application/json").json()
    assert first["note_wanted"] == "bắt buộc: lệch xa mức chủ thể tự chấm"
    body |= {"revision": 1, "key": "k2", "note": "Hết hạn"}
    assert client.put(address, body, content_type="application/json").json()["note_wanted"] == ""
