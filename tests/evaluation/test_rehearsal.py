"""Rehearsal: what would have come of it under another law, Quy chế or draft; nothing of it is kept."""

import io
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from evaluation.meetings.declarations import declare
from evaluation.meetings.rehearsal import Given, among, rehearse, sums, under
from evaluation.models import Ballot, Meeting, Result, Seal
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.meeting import MEETING
from ocop.audit.models import Entry
from ocop.law import criteria_set, law
from ocop.regulations import DATA, combine, read_sheet, stars
from tests.evaluation import makers

URL = "/lai-chau"
TEA = "Chè Shan tuyết"


def top(it, lose: int = 0) -> dict:
    """The best sheet of a set, less some points at its last criteria."""
    sheet = {}
    for criterion in reversed(it.criteria):
        case = criterion.case_codes[0] if criterion.cases else None
        points = [level.points for level in criterion.scale(case)]
        given = min(it for it in points if max(points) - it <= lose)
        lose -= max(points) - given
        sheet[criterion.code] = {"case": case, "points": given} if case else given
    assert lose == 0
    return sheet


def given(code: str, *losses: int) -> Given:
    """Concluded by the set's own law."""
    it = criteria_set(code)
    sheets = tuple(top(it, lose) for lose in losses)
    combined = combine(it, [read_sheet(it, sheet) for sheet in sheets], it.regime.council)
    verdict = stars(it, combined, it.regime.council)
    return Given("Chè", it, sheets, combined.total, verdict.stars)


def test_by_the_law_and_rules_it_was_concluded_by_nothing_changes():
    for code in ("QD26-01", "QD26-11", "QD148-01"):
        was = given(code, 0, 3, 7)
        again = rehearse(was, was.criteria_set, was.criteria_set.regime.council)
        assert (again.mean, again.stars, again.change) == (was.mean, was.stars, 0)


def test_a_stricter_reading_of_the_gates_costs_stars():
    """One of three sheets misses a gate that the mean holds."""
    it = criteria_set("QD26-11")
    criterion, least = next(
        (one, least)
        for one in it.criteria
        if not one.cases
        for star, least in one.gates_of(None).items()
        if star == 5
    )
    lower = max(level.points for level in criterion.scale(None) if level.points < least)
    fine, low = top(it), {**top(it), criterion.code: lower}
    rules = replace(it.regime.council, gates_on="majority")
    combined = combine(it, [read_sheet(it, one) for one in (fine, fine, low)], rules)
    was = Given("Chè", it, (fine, fine, low), combined.total, stars(it, combined, rules).stars)
    stricter = rehearse(was, it, replace(rules, gates_on="each_ballot"))
    assert (was.stars, stricter.stars, stricter.change, stricter.fallen) == (5, 4, -1, 1)
    assert any(criterion.code in text for text in stricter.reasons)


def test_an_amended_law_reads_the_same_sheets_by_its_own_bands():
    was = given("QD148-01", 9, 11)
    amended = next(code for code in law().regimes if law().regimes[code].sets_of == "148/2023")
    target = under(law(), was.criteria_set, amended)
    assert (target.code, target.regime.code) == ("QD148-01", amended)
    assert rehearse(was, target, target.regime.council).mean == Fraction(90)


def test_a_set_with_other_criteria_is_named_not_guessed():
    was = given("QD26-11", 0)
    other = rehearse(was, criteria_set("QD26-01"), was.criteria_set.regime.council)
    assert (other.stars, other.change, other.fallen) == (None, None, 0)
    assert other.why_not[0].startswith("Bộ QD26-01 ")
    none = rehearse(was, None, was.criteria_set.regime.council)
    assert none.why_not == ("Không có bộ tiêu chí tương ứng.",)
    assert sums([other, none]).left_out == 2


def test_points_that_the_other_set_does_not_print_are_said():
    was = given("QD26-11", 0)
    strange = replace(was, sheets=({**was.sheets[0], was.criteria_set.criteria[0].code: 77},))
    (words,) = rehearse(strange, was.criteria_set, was.criteria_set.regime.council).why_not
    assert words.startswith(f"{was.criteria_set.criteria[0].code}: ")


def test_a_draft_is_found_by_its_code_or_by_the_products_it_is_for():
    it = criteria_set("QD26-11")
    newer = replace(it, code="QD26-11-2", version=2)
    assert among([newer, replace(newer, code="QD26-11-3", version=3)], it).code == "QD26-11-3"
    assert among([newer, it], it) is it
    assert among([criteria_set("QD26-01")], it) is None


@pytest.fixture
def finished(running, tea, rice, tea_item, rice_item, members, chair) -> Meeting:
    makers.score_all(tea_item, members, lose=[0, 0, 0, 0, 0, 0, 0, 0, 9])
    makers.score_all(rice_item, members, lose=25)
    for it in (tea, rice):
        ASSESSMENT.take("conclude", it, by=chair)
    return MEETING.take("conclude", running, by=chair)


def state() -> tuple:
    """All that a rehearsal could have touched."""
    return (
        list(Result.objects.order_by("pk").values()),
        list(Ballot.objects.order_by("pk").values()),
        list(Meeting.objects.values()),
        Seal.objects.count(),
        Entry.objects.count(),
    )


def draft(**changes: str) -> bytes:
    text = Path(DATA, "26-2026", "sets", "11.yaml").read_text(encoding="utf-8")
    for old, new in changes.items():
        text = text.replace(old, new)
    return text.encode()


def test_the_page_says_what_it_is_and_keeps_nothing(finished, signed_in, chair, officer):
    before, url = state(), f"{URL}/meetings/{finished.pk}/rehearsal/"
    page = signed_in(officer).get(url)
    assert "CHỈ ĐỂ THAM KHẢO. KHÔNG PHẢI KẾT QUẢ." in page.text
    same = signed_in(chair).post(url, {"go": "1"})
    assert "0 sản phẩm lên hạng, 0 xuống hạng, 2 giữ nguyên, 0 không tính được." in same.text
    other = signed_in(chair).post(url, {"regime": "148/2023"})
    assert "không tính được" in other.text
    tried = signed_in(chair).post(url, {"gates_on": "each_ballot", "fall_back": "two_stars"})
    assert (tried.status_code, "CHỈ ĐỂ THAM KHẢO" in tried.text) == (200, True)
    assert state() == before


def test_a_draft_file_is_tried_and_its_faults_are_said(finished, signed_in, officer):
    url, client, before = f"{URL}/meetings/{finished.pk}/rehearsal/", signed_in(officer), state()
    whole = client.post(url, {"file": io.BytesIO(draft())})
    assert "0 sản phẩm lên hạng, 0 xuống hạng, 1 giữ nguyên, 1 không tính được." in whole.text
    for broken in (b"not: [a, set", b"\xff\xfe\x00", b"[]", draft(**{"points:": "pints:"})):
        refused = client.post(url, {"file": io.BytesIO(broken)})
        assert (refused.status_code, "field__error" in refused.text or "error" in refused.text) == (422, True)
    both = client.post(url, {"file": io.BytesIO(draft()), "regime": "148/2023"})
    assert "không cả hai" in both.text
    assert state() == before


def test_only_who_plans_or_chairs_a_finished_meeting(finished, signed_in, member, leader, nobody, officer):
    url = f"{URL}/meetings/{finished.pk}/rehearsal/"
    assert [signed_in(user).get(url).status_code for user in (member, leader, nobody)] == [403, 403, 404]


def test_a_meeting_that_goes_on_is_not_rehearsed(running, signed_in, chair):
    assert signed_in(chair).get(f"{URL}/meetings/{running.pk}/rehearsal/").status_code == 404


def test_a_recused_secretary_rehearses_without_the_product(
    meeting, tea, rice, tea_item, rice_item, members, chair, secretary, signed_in
):
    declare(meeting, {tea.pk: "Người nhà", rice.pk: ""}, by=secretary)
    others = [user for user in members if user != secretary]
    makers.all_declare(meeting, others)
    makers.set_attendance(meeting, [seat.pk for seat in meeting.council.seats.all()], by=secretary)
    MEETING.take("open", meeting, by=chair)
    makers.score_all(tea_item, others)
    makers.score_all(rice_item, members)
    for it in (tea, rice):
        ASSESSMENT.take("conclude", it, by=chair)
    done = MEETING.take("conclude", Meeting.objects.get(pk=meeting.pk), by=chair)
    url = f"{URL}/meetings/{done.pk}/rehearsal/"
    hers, the_chairs = signed_in(secretary).post(url, {"go": "1"}), signed_in(chair).post(url, {"go": "1"})
    assert (TEA in hers.text, "1 giữ nguyên" in hers.text) == (False, True)
    assert (TEA in the_chairs.text, "2 giữ nguyên" in the_chairs.text) == (True, True)


def test_the_command_says_the_same(finished, tmp_path):
    def said(*words: str) -> str:
        out = io.StringIO()
        call_command("rehearse", "lai-chau", str(finished.pk), *words, stdout=out)
        return out.getvalue()

    before = state()
    assert said().splitlines()[0] == "ADVISORY: no result, nothing is kept."
    assert said().splitlines()[-1] == "0 up, 0 down, 2 same, 0 left out"
    path = tmp_path / "draft.yaml"
    path.write_bytes(draft())
    assert said("--file", str(path)).splitlines()[-1] == "0 up, 0 down, 1 same, 1 left out"
    assert "Bộ QD148-" in said("--regime", "148/2023") or "Không có bộ" in said("--regime", "148/2023")
    said("--rule", "gates_on=each_ballot", "--rule", "gates_cumulative=no", "--rule", "max_spread=3")
    for wrong in (
        ("--rule", "gates_on=x"),
        ("--rule", "quorum=1/2"),
        ("--rule", "max_spread=many"),
        ("--regime", "1/1"),
    ):
        with pytest.raises(CommandError):
            said(*wrong)
    assert state() == before
