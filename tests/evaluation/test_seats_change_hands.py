"""Members who are away or replaced: the mean never bends, nobody's slot is scored twice."""

import datetime as dt
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from evaluation.councils.making import delegate_chair, replace_seat
from evaluation.councils.rules import set_rules
from evaluation.meetings.agenda import set_attendance
from evaluation.meetings.conclusions import rescore
from evaluation.meetings.standing import read_hall, read_standing
from evaluation.models import AgendaItem, Assessment, Ballot, Meeting, Result
from evaluation.rules import CouncilRules, read_rules
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.ballot import BALLOT
from evaluation.workflow.meeting import MEETING
from tests.evaluation import makers


def replace(council, former, successor, officer, on=None):
    seat = council.seats.get(user=former)
    return replace_seat(
        seat, successor, on=on or timezone.localdate(), decision_number="90/QĐ-UBND", by=officer
    )


def all_here(meeting, secretary):
    set_attendance(meeting, [seat.pk for seat in read_hall(meeting).seats], by=secretary)


def sheets(assessment, user):
    return list(Ballot.objects.filter(assessment=assessment, seat__user=user).order_by("attempt"))


def test_what_was_sealed_counts_and_the_successor_scores_the_rest(
    running, council, members, nobody, officer, secretary, chair, tea_item, rice_item
):
    former, tea, rice = members[5], tea_item.assessment, rice_item.assessment
    makers.score_all(tea_item, [former], lose=9)
    replace(council, former, nobody, officer)
    assert (sheets(tea, nobody), len(sheets(rice, nobody))) == ([], 1)
    assert not former.has_perm("evaluation.score_assessment", rice)
    all_here(running, secretary)
    makers.all_declare(running, [nobody])
    rest = [user for user in members if user != former]
    makers.score_all(tea_item, rest)
    makers.score_all(rice_item, [*rest, nobody], lose=[0] * 8 + [9])
    standing = read_standing(AgendaItem.objects.for_list().get(pk=tea_item.pk))
    assert (len(standing.voters), standing.needed, standing.missing) == (9, 7, [])
    for assessment in (tea, rice):
        ASSESSMENT.take("conclude", assessment, by=chair)
        result = Result.objects.get(assessment=assessment)
        assert (result.mean, len(result.reasons["counted"])) == (Fraction(891, 9), 9)


def test_replaced_twice_in_one_meeting(
    running, council, members, nobody, officer, observer, tea, rice, tea_item
):
    makers.score_all(tea_item, [members[5]])
    today = timezone.localdate()
    Meeting.objects.filter(pk=running.pk).update(held_at=timezone.now() + dt.timedelta(days=1))
    replace(council, members[5], nobody, officer, on=today)
    replace(council, nobody, observer, officer, on=today + dt.timedelta(days=1))
    assert [len(sheets(it, observer)) for it in (tea, rice)] == [0, 1]
    fresh = AgendaItem.objects.for_list().get(pk=tea_item.pk)
    assert members[5] in [seat.user for seat in read_standing(fresh).former]


def test_a_rescore_after_the_change_starts_blank_for_the_successor(
    running, council, members, nobody, officer, secretary, chair, tea, tea_item
):
    makers.score_all(tea_item, members, lose=[0] * 8 + [11])
    replace(council, members[8], nobody, officer)
    all_here(running, secretary)
    rescore(tea_item, by=chair, note="Chênh 11 điểm")
    assert [sheet.attempt for sheet in sheets(tea, members[8])] == [1]
    [blank] = sheets(tea, nobody)
    assert (blank.attempt, blank.levels, blank.state) == (2, {}, "open")
    kept = Ballot.objects.get(assessment=tea, seat__user=members[8])
    with pytest.raises(ValidationError) as refused:
        BALLOT.take("reopen", kept, by=chair, data={"note": "Xem lại"})
    assert "Người giữ ghế đã được thay: phiếu được giữ nguyên." in refused.value.messages


def test_a_seat_that_changes_hands_later_changes_nothing_now(
    running, council, members, nobody, officer, tea, tea_item
):
    replace(council, members[5], nobody, officer, on=timezone.localdate() + dt.timedelta(days=3))
    assert sheets(tea, nobody) == []
    assert members[5].has_perm("evaluation.score_assessment", tea)


def test_before_the_meeting_the_successor_takes_the_agenda_over(
    meeting, council, members, nobody, officer, tea, rice
):
    MEETING.take("invite", meeting, by=officer, data={"at": timezone.now() - dt.timedelta(days=7)})
    replace(council, members[5], nobody, officer)
    assert set(Assessment.objects.visible_to(nobody)) == {tea, rice}
    assert not Assessment.objects.visible_to(members[5]).exists()


def test_who_is_away_is_left_out_and_the_mean_is_that_of_the_sheets(
    meeting, members, tea, tea_item, officer, chair
):
    rules = read_rules(meeting.council.rules)
    set_rules(meeting.council, CouncilRules(rules.policy, "leave_out"), by=officer, basis="15/QĐ-UBND")
    meeting.council.refresh_from_db()
    makers.open_meeting(meeting, members, here=members[:8])
    makers.score_all(tea_item, members[:7], lose=[0, 0, 0, 0, 0, 0, 7])
    ASSESSMENT.take("conclude", tea, by=chair)
    result = Result.objects.get(assessment=tea)
    assert (result.mean, len(result.reasons["left_out"])) == (99, 1)


def test_a_member_with_the_chairs_delegation_opens_and_presides(
    meeting, council, members, officer, chair, deputy, member, tea_item, rice_item
):
    seat = council.seats.get(user=member)
    words = "KT. CHỦ TỊCH HỘI ĐỒNG / ỦY VIÊN"
    with pytest.raises(ValidationError) as refused:
        delegate_chair(seat, acts_as=words, delegation=" ", by=officer)
    assert refused.value.message_dict == {"delegation": ["Hãy ghi số, ngày của văn bản ủy quyền."]}
    with pytest.raises(makers.PermissionDenied):
        delegate_chair(seat, acts_as=words, delegation="12/GUQ", by=chair)
    delegate_chair(seat, acts_as=words, delegation="12/GUQ ngày 01/11/2026", by=officer)
    with pytest.raises(ValidationError):
        delegate_chair(council.seats.get(user=deputy), acts_as=words, delegation="13/GUQ", by=officer)
    makers.all_declare(meeting, members)
    set_attendance(meeting, [it.pk for it in council.seats.exclude(user=chair)], by=officer)
    running = MEETING.take("open", meeting, by=member)
    for item in (tea_item, rice_item):
        makers.score_all(item, members[1:])
        ASSESSMENT.take("conclude", item.assessment, by=member)
    content = MEETING.take("conclude", running, by=member).minutes.content
    assert content["signatures"][1] == {"office": words.replace(" / ", "\n"), "name": str(member)}
    assert "12/GUQ ngày 01/11/2026" in str(content["body"][0])
