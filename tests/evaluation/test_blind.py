"""Nobody sees points before every voter has sealed; then the exact mean, the spread, and every reason."""

from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from evaluation.councils.rules import set_rules
from evaluation.meetings.conclusions import record_agreed, rescore
from evaluation.meetings.standing import read_standing
from evaluation.models import AgendaItem, Ballot, Result
from evaluation.rules import CouncilRules, read_rules, sheet_json
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.ballot import BALLOT
from ocop.notices.models import Notice
from ocop.regulations import shown
from tests.evaluation import makers

URL = "/lai-chau"


def board(client, meeting) -> dict:
    return client.get(f"{URL}/api/meetings/{meeting.pk}/board/").json()["items"][0]


def test_members_see_nothing_and_leaders_only_progress_until_all_have_sealed(
    signed_in, running, tea, tea_item, members, chair, secretary, member
):
    makers.score_all(tea_item, members[:8], lose=1)
    for user in (chair, secretary):
        row = board(signed_in(user), running)
        assert (row["sealed"], row["voters"]) == (8, 9)
        assert "mean" not in row
        page = signed_in(user).get(f"{URL}/meetings/{running.pk}/items/{tea.pk}/").text
        assert "99 điểm" not in page
        assert "đã nộp" in page
    for user in (member, members[8]):
        assert board(signed_in(user), running).keys() <= {"assessment", "product", "own_ballot"}
        assert "8/9" not in signed_in(user).get(f"{URL}/meetings/{running.pk}/").text
    makers.score_all(tea_item, members[8:], lose=1)
    for user in (chair, member, members[8]):
        assert board(signed_in(user), running)["mean"] == "99"
    assert "99 điểm" in signed_in(chair).get(f"{URL}/meetings/{running.pk}/items/{tea.pk}/").text


def test_who_was_away_and_still_has_an_open_sheet_stays_blind(
    signed_in, running, tea, tea_item, members, secretary
):
    here = [seat.pk for seat in running.council.seats.all() if seat.user != members[8]]
    makers.set_attendance(running, here, by=secretary)
    makers.score_all(tea_item, members[:8], lose=1)
    assert "mean" in board(signed_in(members[3]), running)
    assert "mean" not in board(signed_in(members[8]), running)


def test_sealing_by_all_tells_the_chair_and_the_secretary_once(running, tea_item, members, chair, member):
    makers.score_all(tea_item, members)
    subject = f"Đã đủ phiếu: {tea_item.assessment}"
    told = Notice.objects.filter(subject=subject)
    assert sorted(told.values_list("user__username", flat=True)) == ["hd.1", "hd.2", "hd.3"]


def test_89_and_8_ninths_is_4_stars_and_never_shown_as_90(running, tea, tea_item, members, chair):
    makers.score_all(tea_item, members, lose=[10, 10, 10, 10, 10, 10, 10, 10, 11])
    ASSESSMENT.take("conclude", tea, by=chair)
    result = Result.objects.get(assessment=tea)
    assert result.mean == Fraction(809, 9)
    assert (shown(result.mean), result.band) == ("89,88", 4)
    assert result.stars < 5


def test_a_wide_spread_must_be_scored_again_and_the_first_sheets_are_kept(
    running, tea, tea_item, members, chair, secretary
):
    makers.score_all(tea_item, members, lose=[0] * 8 + [11])
    with pytest.raises(ValidationError) as refused:
        ASSESSMENT.take("conclude", tea, by=chair)
    assert refused.value.messages == ["Điểm các phiếu chênh nhau 11, quá 10 điểm: hãy thảo luận và chấm lại."]
    with pytest.raises(PermissionDenied):
        rescore(tea_item, by=secretary, note="Chênh 11 điểm")
    again = rescore(tea_item, by=chair, note="Chênh 11 điểm")
    assert again.attempt == 2
    sheets = Ballot.objects.filter(assessment=tea)
    assert [sheets.filter(attempt=n, state=s).count() for n, s in ((1, "sealed"), (2, "open"))] == [9, 9]
    assert makers.ballot_of(again, members[8]).total == 89
    for user in members[:8]:
        BALLOT.take("seal", makers.ballot_of(again, user), by=user)
    late = makers.ballot_of(again, members[8])
    makers.fill(late, by=members[8], lose=3)
    BALLOT.take("seal", late, by=members[8])
    ASSESSMENT.take("conclude", tea, by=chair)
    result = Result.objects.get(assessment=tea)
    assert (result.attempt, result.spread, result.reasons["rescored"]) == (2, 3, 1)


def test_still_apart_after_the_rounds_of_the_rules_is_concluded_and_said(
    running, tea, tea_item, members, chair
):
    makers.score_all(tea_item, members, lose=[0] * 8 + [12])
    again = rescore(tea_item, by=chair, note="Thảo luận")
    for user in members:
        BALLOT.take("seal", makers.ballot_of(again, user), by=user)
    ASSESSMENT.take("conclude", tea, by=chair)
    assert Result.objects.get(assessment=tea).reasons["is_apart"] is True


def test_a_level_the_council_agreed_on_decides_the_gate(running, tea, tea_item, members, chair, secretary):
    makers.score_all(tea_item, members)
    before = read_standing(tea_item).verdict
    assert before.stars == 5
    with pytest.raises(ValidationError):
        record_agreed(tea_item, by=secretary, agreed={"1.5": 9})
    record_agreed(tea_item, by=secretary, agreed={"1.5": 0}, discussion="Hợp đồng đã hết hạn")
    ASSESSMENT.take("conclude", tea, by=chair)
    result = Result.objects.get(assessment=tea)
    assert (result.mean, result.band) == (100, 5)
    assert result.stars < 5
    assert result.reasons["agreed"] == {"1.5": 0}
    assert any("1.5" in sentence for sentence in result.reasons["sentences"])


def test_a_knock_out_the_council_found_ends_it(running, tea, tea_item, members, chair, secretary):
    makers.score_all(tea_item, members)
    record_agreed(tea_item, by=secretary, agreed={}, knock_outs=["tap-chat-2"])
    ASSESSMENT.take("conclude", tea, by=chair)
    assert Result.objects.get(assessment=tea).stars == 0


def test_the_agreement_waits_for_all_sheets(running, tea_item, members, secretary, member):
    makers.score_all(tea_item, members[:8])
    with pytest.raises(ValidationError):
        record_agreed(tea_item, by=secretary, agreed={"1.5": 0})
    with pytest.raises(PermissionDenied):
        record_agreed(tea_item, by=member, agreed={"1.5": 0})


def test_rules_may_let_a_missing_sheet_out_but_never_the_quorum(
    meeting, members, tea, tea_item, officer, chair
):
    rules = read_rules(meeting.council.rules)
    set_rules(meeting.council, CouncilRules(rules.policy, "leave_out"), by=officer, basis="15/QĐ-UBND")
    meeting.council.refresh_from_db()
    makers.open_meeting(meeting, members)
    makers.score_all(tea_item, members[:6])
    with pytest.raises(ValidationError) as refused:
        ASSESSMENT.take("conclude", tea, by=chair)
    assert refused.value.messages == ["Mới có 6 phiếu, Quy chế cần ít nhất 7."]
    makers.score_all(tea_item, members[6:7])
    ASSESSMENT.take("conclude", tea, by=chair)
    assert len(Result.objects.get(assessment=tea).reasons["left_out"]) == 2


def test_a_meeting_keeps_the_rules_it_was_opened_under(running, officer):
    rules = read_rules(running.council.rules)
    set_rules(running.council, CouncilRules(rules.policy, "leave_out"), by=officer, basis="15/QĐ-UBND")
    running.refresh_from_db()
    assert running.rules["missing_ballot"] == "wait"


def test_a_product_put_off_is_scored_anew_in_another_meeting(
    running, council, tea, tea_item, members, officer, member
):
    makers.score_all(tea_item, members[:3])
    makers.remove_from_agenda(tea_item, by=officer, note="Chờ kiểm nghiệm")
    tea.refresh_from_db()
    later = makers.make_meeting(council, [tea], by=officer)
    item = AgendaItem.objects.get(meeting=later)
    assert item.attempt == 2
    assert Ballot.objects.filter(assessment=tea, state="sealed").count() == 3


def test_marks_read_back_as_the_law_reads_them(running, tea_item, member):
    ballot = makers.ballot_of(tea_item, member)
    makers.fill(ballot, by=member)
    assert sheet_json(ballot.levels)["1.1"] == 3
    assert ballot.total == 100
