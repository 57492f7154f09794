"""A re-ranking settled in writing: sheets until a deadline, a meeting only where opinions diverge or somebody asks."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from evaluation.ballots.proposals import propose_knock_out
from evaluation.councils.making import replace_seat
from evaluation.councils.rules import set_rules
from evaluation.meetings.agenda import add_to_agenda, plan_meeting, set_attendance
from evaluation.meetings.calls import call_for_meeting, take_back_call
from evaluation.meetings.conclusions import record_agreed, rescore
from evaluation.meetings.deadlines import remind_of_sheets
from evaluation.meetings.declarations import declare
from evaluation.meetings.discussing import discuss
from evaluation.meetings.guests import invite_guest
from evaluation.meetings.minutes.paper import minutes
from evaluation.meetings.referring import refer
from evaluation.meetings.standing import read_standing
from evaluation.meetings.written import set_deadline
from evaluation.models import (
    AgendaItem,
    Ballot,
    Guest,
    LateBatch,
    Meeting,
    MeetingCall,
    MeetingState,
    Referral,
    Result,
)
from evaluation.offline.entries import Entry
from evaluation.offline.syncing import sync
from evaluation.rules import read_rules
from evaluation.tasks import remind_of_written_sheets
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.ballot import BALLOT
from evaluation.workflow.meeting import MEETING
from ocop.notices.models import Notice
from ocop.papers.layout import paper_html
from products.models import Clock, Dossier
from tests.evaluation import makers

URL = "/lai-chau"
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
TEA = "Chè Shan tuyết"


@pytest.fixture
def re_ranked(tea, rice):
    """Both come for their second star rating."""
    for it in (tea, rice):
        Dossier.objects.filter(pk=it.dossier_id).update(kind="re_ranking")
        it.dossier.kind = "re_ranking"
    return [tea, rice]


@pytest.fixture
def asked_about(council, re_ranked, officer) -> Meeting:
    """Planned in writing, both products on it."""
    now = timezone.now()
    planned = plan_meeting(
        council, re_ranked[0].dossier.round, held_at=now, deadline=now + 7 * DAY, by=officer
    )
    add_to_agenda(planned, re_ranked, by=officer)
    return planned


@pytest.fixture
def written(asked_about, members, chair) -> Meeting:
    """Sent out, all nine declared without conflict."""
    makers.all_declare(asked_about, members)
    return MEETING.take("ask", asked_about, by=chair)


@pytest.fixture
def tea_sheets(written, tea) -> AgendaItem:
    return AgendaItem.objects.for_list().get(meeting=written, assessment=tea)


@pytest.fixture
def rice_sheets(written, rice) -> AgendaItem:
    return AgendaItem.objects.for_list().get(meeting=written, assessment=rice)


def late(meeting: Meeting) -> None:
    """The deadline has passed."""
    now = timezone.now()
    Meeting.objects.filter(pk=meeting.pk).update(held_at=now - 8 * DAY, deadline=now - HOUR)


def run_clock(assessment) -> None:
    """The 45 days of the province have begun today."""
    today = timezone.localdate()
    Clock.objects.create(
        dossier=assessment.dossier,
        unit=assessment.unit,
        rule="re_ranking",
        started_on=today,
        due_on=today + 45 * DAY,
        calendar="2026",
    )


def refused(words: str):
    return pytest.raises(ValidationError, match=words)


def test_the_letter_says_who_until_when_and_how_and_names_no_product(
    asked_about, tea, rice, members, member, officer, chair, nobody, signed_in
):
    address = f"{URL}/meetings/{asked_about.pk}/invitation/"
    draft = signed_in(officer).get(address).text
    assert ("Dự thảo" in draft, TEA in draft) == (
        True,
        True,
    )  # her own list beside it, nothing of it in the letter
    assert signed_in(member).get(address).status_code == 404
    declare(asked_about, {tea.pk: "Vợ là thành viên hợp tác xã", rice.pk: ""}, by=member)
    makers.all_declare(asked_about, [it for it in members if it != member])
    paper = MEETING.take("ask", asked_about, by=chair).invitation
    assert (paper.kind, paper.symbol, paper.signer_name) == ("opinion_letter", "01/HĐOCOP-NNMT", str(chair))
    text = paper_html(paper)
    until = f"{timezone.localtime(asked_about.deadline):%H:%M %d/%m/%Y}"
    words = (
        "V/v lấy ý kiến bằng văn bản",
        f"Hạn gửi phiếu: {until}",
        "thấy cần họp thì đề nghị",
        "TM. HỘI ĐỒNG",
    )
    assert [it for it in (*words, *map(str, members)) if it not in text] == []
    assert not any(name in text for name in (TEA, "Gạo Séng cù"))
    page = signed_in(member).get(address).text  # recused from the tea
    assert ("01/HĐOCOP-NNMT" in page, until in page, "Gạo Séng cù" in page, TEA in page) == (
        True,
        True,
        True,
        False,
    )
    assert "01/HĐOCOP-NNMT" in Notice.objects.for_user(member).get(kind="meeting").body
    assert signed_in(nobody).get(address).status_code == 404
    meeting = signed_in(member).get(f"{URL}/meetings/{asked_about.pk}/").text
    assert ("Công văn lấy ý kiến" in meeting, address in meeting) == (True, True)


def test_another_deadline_is_a_letter_of_its_own(written, asked_about, secretary, member):
    first = written.invitation
    set_deadline(asked_about, written.deadline + DAY, by=secretary, note="Hai thành viên đi công tác")
    letter = Meeting.objects.get(pk=written.pk).invitation
    assert (first.symbol, letter.symbol) == ("01/HĐOCOP-NNMT", "02/HĐOCOP-NNMT")
    assert f"thay Công văn số 01/HĐOCOP-NNMT ngày {first.dated_on:%d/%m/%Y}" in paper_html(letter)
    assert "02/HĐOCOP-NNMT" in Notice.objects.for_user(member).filter(kind="meeting").latest("pk").body


def test_a_draft_has_a_deadline_and_no_letter(asked_about, secretary):
    set_deadline(asked_about, asked_about.deadline + DAY, by=secretary)
    assert Meeting.objects.get(pk=asked_about.pk).invitation is None


def test_who_takes_over_a_seat_is_asked_and_not_invited(written, council, member, officer, nobody):
    replace_seat(
        council.seats.get(user=member),
        nobody,
        on=timezone.localdate(),
        decision_number="77/QĐ-UBND",
        by=officer,
    )
    [told] = [it.subject for it in Notice.objects.for_user(nobody) if it.kind == "meeting"]
    assert "lấy ý kiến bằng văn bản" in told


def test_all_agree_and_nobody_meets(written, tea, rice, tea_sheets, rice_sheets, members, chair):
    makers.score_all(tea_sheets, members, lose=[0, 0, 0, 0, 1, 1, 1, 2, 2])
    makers.score_all(rice_sheets, members, lose=25)
    for it in (tea, rice):
        ASSESSMENT.take("conclude", it, by=chair)
    done = MEETING.take("conclude", Meeting.objects.get(pk=written.pk), by=chair)
    assert done.state == MeetingState.CONCLUDED
    assert (Result.objects.get(assessment=tea).stars, Result.objects.get(assessment=rice).stars) == (5, 3)
    told = str(done.minutes.content)
    assert "lấy ý kiến bằng văn bản, hạn gửi phiếu" in told
    assert ("Địa điểm" in told, "Có mặt" in told) == (False, False)


@pytest.mark.parametrize("kind", ["first", "upgrade"])
def test_only_a_re_ranking_is_settled_in_writing(asked_about, tea, officer, council, kind):
    Dossier.objects.filter(pk=tea.dossier_id).update(kind=kind)
    makers.remove_from_agenda(
        AgendaItem.objects.for_list().get(meeting=asked_about, assessment=tea), by=officer
    )
    tea.refresh_from_db()
    with refused("không phải hồ sơ phân hạng lại"):
        add_to_agenda(asked_about, [tea], by=officer)


def test_an_earlier_law_knows_no_opinion_in_writing_for_it(asked_about, tea, officer):
    makers.remove_from_agenda(
        AgendaItem.objects.for_list().get(meeting=asked_about, assessment=tea), by=officer
    )
    Dossier.objects.filter(pk=tea.dossier_id).update(regime="148/2023")
    tea.refresh_from_db()
    with refused("không phải hồ sơ phân hạng lại"):
        add_to_agenda(asked_about, [tea], by=officer)


def test_the_council_may_say_that_it_always_meets(council, tea, officer, asked_about, chair, leader):
    rules = read_rules({**council.rules, "written_opinion": False})
    set_rules(council, rules, by=officer, basis="QĐ 5")
    council.refresh_from_db()
    now = timezone.now()
    with refused("Quy chế của Hội đồng không cho phép"):
        plan_meeting(council, tea.dossier.round, held_at=now, deadline=now + DAY, by=officer)
    with refused("Quy chế của Hội đồng không cho phép"):
        MEETING.take("ask", asked_about, by=chair)


def test_there_must_be_time_to_answer(council, tea, officer, asked_about, chair):
    now = timezone.now()
    with refused("phải sau lúc gửi"):
        plan_meeting(council, tea.dossier.round, held_at=now, deadline=now, by=officer)
    late(asked_about)
    with refused("Hạn gửi phiếu đã qua"):
        MEETING.take("ask", asked_about, by=chair)


def test_the_hall_has_no_place_in_it(written, tea, tea_sheets, asked_about, members, chair, secretary):
    with refused("không điểm danh"):
        set_attendance(written, [], by=secretary)
    with refused("không có thảo luận"):
        discuss(tea_sheets, by=chair)
    makers.score_all(tea_sheets, members, lose=[0, 0, 0, 0, 0, 0, 0, 0, 20])
    with refused("không chấm lại"):
        rescore(tea_sheets, by=chair, note="Chênh")


@pytest.mark.parametrize(
    "place",
    [
        "hall/",
        "hall/now/",
        "guests/",
        "guests/{guest}/withdraw/",
        "hearing/",
        "hearing/now/",
        "attendance/",
        "discussing/",
    ],
)
def test_who_guesses_the_address_of_a_hall_finds_none(written, council, officer, signed_in, place):
    """Not even where a guest had been written down; the same addresses of a meeting that is held do answer."""
    guest = Guest.objects.create(meeting=written, user=officer, capacity="Cán bộ xã", invited_by=officer)
    client = signed_in(officer)

    def answers(meeting) -> tuple[int, int]:
        address = f"{URL}/meetings/{meeting.pk}/{place.format(guest=guest.pk)}"
        return client.get(address).status_code, client.post(address).status_code

    assert set(answers(written)) <= {404, 405}
    held = plan_meeting(council, written.round, held_at=timezone.now(), by=officer)
    Guest.objects.filter(pk=guest.pk).update(meeting=held)
    assert set(answers(held)) & {200, 302}


def test_nobody_is_invited_to_what_is_asked_in_writing(written, officer, nobody, signed_in):
    with refused("không có khách mời"):
        invite_guest(written, nobody, capacity="Mặt trận Tổ quốc", by=officer)
    given = {"user": nobody.pk, "capacity": "Mặt trận Tổ quốc"}
    answer = signed_in(officer).post(
        f"{URL}/api/meetings/{written.pk}/guests/", given, content_type="application/json"
    )
    assert (answer.status_code, "không có khách mời" in answer.text) == (400, True)
    assert signed_in(officer).get(f"{URL}/api/meetings/{written.pk}/guests/").json() == []


def test_a_hall_is_not_asked_and_a_written_one_not_opened(council, asked_about, officer, chair, secretary):
    hall = plan_meeting(council, asked_about.round, held_at=timezone.now(), by=officer)
    with refused("Phiên họp không lấy ý kiến bằng văn bản"):
        MEETING.take("ask", hall, by=chair)
    with refused("không mở phiên họp"):
        MEETING.take("open", asked_about, by=chair)
    with refused("không có giấy mời"):
        MEETING.take("invite", asked_about, by=secretary)


def test_the_deputy_is_no_chair_while_the_chair_can_answer(written, tea, tea_sheets, members, deputy):
    makers.score_all(tea_sheets, members)
    with pytest.raises(PermissionDenied):
        ASSESSMENT.take("conclude", tea, by=deputy)


def test_before_the_deadline_every_sheet_is_waited_for(
    written, council, tea, tea_sheets, members, chair, officer
):
    """Even where the Quy chế concludes a meeting on the sheets that are there."""
    Meeting.objects.filter(pk=written.pk).update(rules={**written.rules, "missing_ballot": "leave_out"})
    makers.score_all(tea_sheets, members[:8])
    with refused("Chưa nộp phiếu: Lý Thị Na"):
        ASSESSMENT.take("conclude", tea, by=chair)


def test_after_it_the_sheets_that_came_are_counted(written, tea, tea_sheets, members, chair):
    makers.score_all(tea_sheets, members[:7])
    late(written)
    with refused("Đã hết hạn gửi phiếu"):
        sheet = makers.ballot_of(tea_sheets, members[7])
        makers.fill(sheet, by=members[7])
        BALLOT.take("seal", sheet, by=members[7])
    ASSESSMENT.take("conclude", tea, by=chair)
    reasons = Result.objects.get(assessment=tea).reasons
    assert (len(reasons["counted"]), len(reasons["left_out"])) == (7, 2)


def test_too_few_by_the_deadline_conclude_nothing(written, tea, tea_sheets, members, chair, secretary):
    makers.score_all(tea_sheets, members[:6])
    late(written)
    with refused("Mới có 6 phiếu, Quy chế cần ít nhất 7"):
        ASSESSMENT.take("conclude", tea, by=chair)
    more = timezone.now() + DAY
    with refused("lý do gia hạn"):
        set_deadline(written, more, by=secretary)
    set_deadline(written, more, by=secretary, note="Hai thành viên đi công tác")
    makers.score_all(tea_sheets, members[6:])
    ASSESSMENT.take("conclude", tea, by=chair)
    assert len(Result.objects.get(assessment=tea).reasons["counted"]) == 9


def test_a_deadline_that_was_sent_only_goes_back(written, asked_about, secretary, member):
    with refused("chỉ được lùi về sau"):
        set_deadline(written, timezone.now() + DAY, by=secretary, note="Gấp")
    with refused("ở sau lúc này"):
        set_deadline(written, timezone.now() - DAY, by=secretary, note="Gấp")
    with pytest.raises(PermissionDenied):
        set_deadline(written, timezone.now() + 9 * DAY, by=member, note="Gấp")


def test_nobody_sees_points_while_sheets_may_still_come(written, tea, tea_sheets, members, signed_in, member):
    makers.score_all(tea_sheets, members[:8], lose=[0, 1, 2, 3, 0, 1, 2, 3])
    assert not read_standing(tea_sheets).is_revealed
    late(written)
    standing = read_standing(AgendaItem.objects.for_list().get(pk=tea_sheets.pk))
    assert (standing.is_revealed, standing.is_revealed_to(member), standing.is_revealed_to(members[8])) == (
        True,
        True,
        False,
    )


def test_sheets_far_apart_ask_for_a_meeting(written, tea, tea_sheets, members, chair):
    makers.score_all(tea_sheets, members, lose=[0, 0, 0, 0, 0, 0, 0, 0, 20])
    with refused("Phải đưa ra phiên họp. Điểm các phiếu chênh nhau quá mức của Quy chế"):
        ASSESSMENT.take("conclude", tea, by=chair)


def test_a_case_of_knock_out_is_talked_about(written, tea, tea_sheets, members, member, chair, secretary):
    propose_knock_out(makers.ballot_of(tea_sheets, member), "tap-chat-2", "Có tạp chất", by=member)
    makers.score_all(tea_sheets, members)
    with refused("đề nghị loại"):
        ASSESSMENT.take("conclude", tea, by=chair)
    with refused("phải được thảo luận"):
        record_agreed(tea_sheets, by=secretary, agreed={}, knock_outs=["tap-chat-2"])


def test_a_level_is_agreed_on_paper_only_where_all_gave_it(written, tea, tea_sheets, members, secretary):
    makers.score_all(tea_sheets, members)
    top = makers.ballot_of(tea_sheets, members[0]).levels["1.1"]["p"]
    with refused("không cùng mức 0 ở tiêu chí 1.1"):
        record_agreed(tea_sheets, by=secretary, agreed={"1.1": 0})
    assert record_agreed(tea_sheets, by=secretary, agreed={"1.1": top}).agreed == {"1.1": top}


def test_one_member_asks_and_the_council_meets(
    written, tea, rice, tea_sheets, rice_sheets, members, member, chair, secretary
):
    makers.score_all(tea_sheets, members)
    makers.score_all(rice_sheets, members)
    sheet = makers.ballot_of(tea_sheets, member)
    assert sheet.levels
    with refused("lý do cần họp"):
        call_for_meeting(sheet, "  ", by=member)
    call_for_meeting(sheet, "Cần xem mẫu tại chỗ", by=member)
    with refused(f"{member} đề nghị họp"):
        ASSESSMENT.take("conclude", tea, by=chair)
    ASSESSMENT.take("conclude", rice, by=chair)

    with refused("ít nhất một sản phẩm"):
        refer(written, [rice.pk], held_at=timezone.now() + DAY, by=secretary)
    called = refer(written, [tea.pk], held_at=timezone.now(), place="Phòng 2", by=secretary)
    moved = Referral.objects.get()
    assert (moved.to, moved.reasons) == (called, [f"{member} đề nghị họp."])
    item = AgendaItem.objects.for_list().get(meeting=called)
    assert (item.assessment_id, item.attempt, called.mode) == (tea.pk, 2, "held")
    assert Ballot.objects.filter(meeting=written, assessment=tea, attempt=1, state="sealed").count() == 9

    done = MEETING.take("conclude", written, by=chair)
    assert f"{tea}: đưa ra phiên họp ngày" in str(done.minutes.content)
    makers.open_meeting(called, members)
    assert makers.ballot_of(item, member).levels == sheet.levels
    assert makers.ballot_of(item, member).state == "open"
    makers.score_all(item, members, lose=2)
    ASSESSMENT.take("conclude", tea, by=chair)
    result = Result.objects.get(assessment=tea)
    assert (result.meeting, result.mean, result.attempt) == (called, 98, 2)


def test_the_minutes_of_the_meeting_tell_the_round_on_paper_before_it(
    written, tea, tea_sheets, members, member, chair, secretary
):
    """Who answered when, who abstained and why, who did not answer, what the sheets came to, why the council met."""
    makers.score_all(tea_sheets, members[:7], lose=[0, 0, 0, 0, 0, 0, 14])
    silent = makers.ballot_of(tea_sheets, members[7])
    BALLOT.take("abstain", silent, by=members[7], data={"abstention": "Không đúng chuyên môn"})
    call_for_meeting(makers.ballot_of(tea_sheets, member), "Cần xem mẫu tại chỗ", by=member)
    late(written)
    called = refer(Meeting.objects.get(pk=written.pk), [tea.pk], held_at=timezone.now(), by=secretary)
    makers.open_meeting(called, members)
    item = AgendaItem.objects.for_list().get(meeting=called)
    assert "bằng văn bản" not in str(
        minutes(called, chair)
    )  # the members score; the round before is blind still
    makers.score_all(item, members, lose=[0, 0, 0, 0, 0, 0, 14, 0, 0])
    before = str(minutes(called, chair))
    assert ("Đã nộp phiếu bằng văn bản" in before, "Không đúng chuyên môn" in before) == (True, False)
    rescore(item, by=chair, note="Đã xem mẫu")
    item.refresh_from_db()
    makers.score_all(item, members)
    ASSESSMENT.take("conclude", tea, by=chair)
    done = MEETING.take("conclude", called, by=chair)
    [told] = [
        it["list"]
        for it in done.minutes.content["body"]
        if any("hạn" in str(line) for line in it.get("list", []))
    ]
    at = {
        it.seat.user_id: f"{timezone.localtime(it.sealed_at):%H:%M %d/%m/%Y}"
        for it in written.ballots.exclude(state="open").select_related("seat")
    }
    answered = ", ".join(f"{it} ({at[it.pk]})" for it in members[:7])
    now = f"{timezone.localtime(Referral.objects.get().referred_at):%H:%M %d/%m/%Y}"
    until = f"{timezone.localtime(Meeting.objects.get(pk=written.pk).deadline):%H:%M %d/%m/%Y}"
    asked = f"{timezone.localtime(written.opened_at):%H:%M %d/%m/%Y}"
    assert Referral.objects.get().reasons[0] == f"{member} đề nghị họp."
    assert told[:5] == [
        f"Lấy ý kiến bằng văn bản từ {asked}, hạn {until}: 7/9 phiếu có điểm, trung bình 98, chênh lệch 14",
        f"Đã nộp phiếu bằng văn bản: {answered}",
        f"Không cho ý kiến bằng văn bản: {members[7]} ({at[members[7].pk]}): Không đúng chuyên môn",
        f"Chưa nộp phiếu bằng văn bản: {members[8]}",
        f"Đưa ra phiên họp lúc {now}: {' '.join(Referral.objects.get().reasons)}",
    ]


def test_who_stood_aside_since_is_named_in_no_round_on_paper(
    written, tea, tea_sheets, members, chair, secretary
):
    makers.score_all(tea_sheets, members)
    called = refer(written, [tea.pk], held_at=timezone.now(), note="Thẩm định lại", by=secretary)
    declare(called, {tea.pk: "Vợ là thành viên hợp tác xã"}, by=members[8])
    makers.open_meeting(called, members[:8])
    makers.score_all(AgendaItem.objects.for_list().get(meeting=called), members[:8])
    ASSESSMENT.take("conclude", tea, by=chair)
    [result] = [
        line for it in minutes(called)["body"] for line in it.get("list", []) if "Đã nộp phiếu" in line
    ]
    assert (str(members[7]) in result, str(members[8]) in result) == (True, False)


def test_a_call_is_taken_back_and_counts_no_more(written, tea, tea_sheets, members, member, chair):
    sheet = makers.ballot_of(tea_sheets, member)
    call_for_meeting(sheet, "Xem mẫu", by=member)
    with pytest.raises(PermissionDenied):
        take_back_call(sheet, by=members[4])
    take_back_call(sheet, by=member)
    makers.score_all(tea_sheets, members)
    ASSESSMENT.take("conclude", tea, by=chair)
    assert not MeetingCall.objects.exists()


def test_what_nobody_doubts_needs_a_reason_to_be_met_about(
    written, tea, tea_sheets, members, secretary, chair
):
    makers.score_all(tea_sheets, members)
    with refused("vì sao vụ việc phức tạp"):
        refer(written, [tea.pk], held_at=timezone.now(), by=secretary)
    with pytest.raises(PermissionDenied):
        refer(written, [tea.pk], held_at=timezone.now(), note="Phức tạp", by=chair)
    called = refer(written, [tea.pk], held_at=timezone.now(), note="Đổi nguyên liệu", by=secretary)
    assert Referral.objects.get(to=called).reasons == ["Đổi nguyên liệu"]


def test_the_sheets_of_before_stay_closed_until_the_meeting_has_concluded(
    written, tea, rice, tea_sheets, rice_sheets, members, member, chair, secretary, signed_in
):
    for it in (tea_sheets, rice_sheets):
        makers.score_all(it, members)
    ASSESSMENT.take("conclude", rice, by=chair)
    called = refer(written, [tea.pk], held_at=timezone.now(), note="Đổi nguyên liệu", by=secretary)
    MEETING.take("conclude", written, by=chair)
    others = Ballot.objects.visible_to(member).exclude(seat__user=member)
    assert {it.assessment_id for it in others} == {rice.pk}
    makers.open_meeting(called, members)
    item = AgendaItem.objects.for_list().get(meeting=called)
    rounds = f"{URL}/meetings/{called.pk}/items/{tea.pk}/rounds/"
    assert signed_in(member).get(rounds).status_code == 404
    makers.score_all(item, members, lose=3)
    assert signed_in(member).get(rounds).status_code == 200
    ASSESSMENT.take("conclude", tea, by=chair)
    MEETING.take("conclude", called, by=chair)
    others = Ballot.objects.visible_to(member).exclude(seat__user=member)
    assert {it.assessment_id for it in others} == {rice.pk, tea.pk}


def test_the_board_says_so_when_the_time_is_over(written, tea_sheets, members, secretary, signed_in):
    """Nobody wrote anything, and yet it is not what it was."""
    makers.score_all(tea_sheets, members[:8])
    board = f"{URL}/meetings/{written.pk}/board/"
    before = signed_in(secretary).get(board)
    same = signed_in(secretary).get(board, headers={"If-None-Match": before.headers["ETag"]})
    late(written)
    after = signed_in(secretary).get(board, headers={"If-None-Match": before.headers["ETag"]})
    assert (same.status_code, after.status_code) == (304, 200)
    assert ("Hết hạn gửi phiếu" in before.text, "Hết hạn gửi phiếu" in after.text) == (False, True)


def test_what_a_device_sends_after_it_is_kept_apart(written, tea, tea_sheets, member):
    late(written)
    entry = Entry(key="a" * 32, sheet=tea.pk, attempt=1, criterion="1.1", value="3", revision=0, note="")
    answers = sync(Meeting.objects.get(pk=written.pk), [entry], by=member)
    assert answers.entries["a" * 32]["status"] == "late"
    assert LateBatch.objects.get().why.startswith("Đã hết hạn gửi phiếu: ")
    assert makers.ballot_of(tea_sheets, member).levels == {}


def test_who_has_sheets_to_send_is_told_once_a_milestone(
    written, lai_chau, tea_sheets, rice_sheets, members, member, secretary, run_task
):
    makers.score_all(tea_sheets, members)
    makers.score_all(rice_sheets, members[:8])
    told = Notice.objects.filter(subject__startswith="Còn").order_by("pk")
    remind_of_sheets(at=written.deadline - 80 * HOUR)
    assert not told.exists()
    for hours in (71, 70, 5):
        remind_of_sheets(at=written.deadline - hours * HOUR)
    assert [(it.user, it.subject[:40]) for it in told] == [
        (members[8], "Còn 1 phiếu lấy ý kiến chưa gửi, hạn " + it.subject[37:40]) for it in told
    ]
    assert told.count() == 2
    late(written)
    for _n in range(2):
        run_task(remind_of_written_sheets, lai_chau.pk)
    over = Notice.objects.filter(subject__startswith="Đã hết hạn gửi phiếu lấy ý kiến")
    assert {it.user for it in over} == set(members[:3])
    assert over.count() == 3


@pytest.mark.parametrize("who", [2, 3])  # the secretary, a member
def test_who_is_recused_is_neither_asked_nor_counted(
    asked_about, tea, rice, members, officer, chair, signed_in, who
):
    recused, others = members[who], [user for user in members if user != members[who]]
    declare(asked_about, {tea.pk: "Người nhà", rice.pk: ""}, by=recused)
    makers.all_declare(asked_about, others)
    sent = MEETING.take("ask", asked_about, by=chair)
    item = AgendaItem.objects.for_list().get(meeting=sent, assessment=tea)
    run_clock(tea)
    makers.score_all(item, others)
    call_for_meeting(makers.ballot_of(item, others[3]), "Xem mẫu", by=others[3])
    places = [
        f"meetings/{sent.pk}/{end}" for end in ("", "board/", "declare/", "agenda/", "refer/", "deadline/")
    ]
    places += [
        f"meetings/{sent.pk}/items/{tea.pk}/",
        "notices/",
        "meetings/",
        f"api/meetings/{sent.pk}/board/",
    ]

    def seen(user, more=()) -> set[str]:
        client = signed_in(user)
        return {it for it in (*places, *more) if TEA in client.get(f"{URL}/{it}").text}

    assert seen(recused) == set()
    assert len(seen(officer)) >= 5
    called = refer(sent, [tea.pk], held_at=timezone.now(), by=officer)
    later = [f"meetings/{called.pk}/{end}" for end in ("", "board/", "declare/", "agenda/")]
    assert seen(recused, later) == set()
    assert len(seen(officer, later)) >= 4


def test_the_pages_lead_from_the_council_to_the_meeting(
    council, re_ranked, tea, officer, members, member, chair, secretary, signed_in
):
    office = signed_in(officer)
    new = f"{URL}/councils/{council.pk}/written/new/"
    on = timezone.localdate() + 5 * DAY
    form = {"round": tea.dossier.round_id, "on": f"{on:%d/%m/%Y}", "hour": "17:00"}
    assert "phải sau lúc gửi" in office.post(new, {**form, "on": "01/01/2026"}).text
    assert office.post(new, form).status_code == 302
    meeting = Meeting.objects.get()
    assert office.post(f"{URL}/meetings/{meeting.pk}/agenda/", {"assessment": [tea.pk]}).status_code == 302
    run_clock(tea)
    page = office.get(f"{URL}/meetings/{meeting.pk}/")
    assert "còn 45 ngày" in page.text
    assert ("Điểm danh" in page.text, "Khách mời" in page.text, "Gửi giấy mời" in page.text) == (False,) * 3
    makers.all_declare(meeting, members)
    assert signed_in(chair).get(f"{URL}/meetings/{meeting.pk}/steps/open/").status_code == 404
    asked = signed_in(chair).post(f"{URL}/meetings/{meeting.pk}/steps/ask/", {"go": "1"})
    assert asked.status_code == 302
    item = AgendaItem.objects.for_list().get(meeting=meeting)
    makers.score_all(item, members)

    sheet, page = makers.ballot_of(item, member), signed_in(member)
    assert "Vì sao cần họp" in page.get(f"{URL}/ballots/{sheet.pk}/call/").text
    assert page.post(f"{URL}/ballots/{sheet.pk}/call/", {"reason": ""}).status_code == 422
    assert page.post(f"{URL}/ballots/{sheet.pk}/call/", {"reason": "Xem mẫu tại chỗ"}).status_code == 302
    assert signed_in(members[4]).get(f"{URL}/ballots/{sheet.pk}/call/").status_code == 404
    product = f"{URL}/meetings/{meeting.pk}/items/{tea.pk}/"
    assert "Xem mẫu tại chỗ" in signed_in(secretary).get(product).text
    assert "Xem mẫu tại chỗ" not in signed_in(members[4]).get(product).text

    refer_url = f"{URL}/meetings/{meeting.pk}/refer/"
    assert signed_in(chair).get(refer_url).status_code == 403
    assert f"{member} đề nghị họp." in signed_in(secretary).get(refer_url).text
    form = {"assessments": [tea.pk], "on": f"{on:%d/%m/%Y}", "hour": "08:00", "place": "Phòng 2"}
    done = signed_in(secretary).post(refer_url, form)
    called = Meeting.objects.get(mode="held")
    assert done.url == f"{URL}/meetings/{called.pk}/"
    assert str(called) in office.get(f"{URL}/meetings/{meeting.pk}/").text


def test_a_call_is_read_by_a_leader_only_after_her_own_sheet(
    written, tea, tea_sheets, members, member, secretary, signed_in
):
    call_for_meeting(makers.ballot_of(tea_sheets, member), "Hương kém hẳn năm trước", by=member)
    product = f"{URL}/meetings/{written.pk}/items/{tea.pk}/"
    page = signed_in(secretary).get(product).text
    assert (f"{member} đề nghị họp." in page, "Hương kém" in page) == (True, False)
    makers.score_all(tea_sheets, [secretary])
    assert "Hương kém" in signed_in(secretary).get(product).text


def test_programs_plan_and_read_it_too(council, re_ranked, tea, officer, signed_in, chair):
    now = timezone.now()
    given = {"council": council.pk, "round": tea.dossier.round_id, "held_at": now.isoformat(),
             "deadline": (now + DAY).isoformat()}  # fmt: skip
    made = signed_in(officer).post(f"{URL}/api/meetings/", given, content_type="application/json").json()
    assert (made["mode"], made["deadline"] is not None) == ("written", True)
    steps = signed_in(chair).get(f"{URL}/api/meetings/{made['id']}/steps/").json()
    assert [it["name"] for it in steps] == ["ask"]
    opened = signed_in(chair).post(f"{URL}/api/meetings/{made['id']}/steps/open/")
    assert opened.status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_reads_the_same_for_three_products_as_for_one(
    council, commune, advisor, officer, members, chair, signed_in, count, django_assert_num_queries
):
    assessments = []
    for n in range(count):
        dossier = makers.make_accepted_dossier(commune, f"Chè {n}")
        Dossier.objects.filter(pk=dossier.pk).update(kind="re_ranking")
        assessments.append(makers.make_checked(Dossier.objects.get(pk=dossier.pk), by=advisor))
        run_clock(assessments[-1])
    now = timezone.now()
    meeting = plan_meeting(council, assessments[0].dossier.round, held_at=now, deadline=now + DAY, by=officer)
    add_to_agenda(meeting, assessments, by=officer)
    makers.all_declare(meeting, members)
    MEETING.take("ask", meeting, by=chair)
    client = signed_in(officer)
    client.get(f"{URL}/meetings/{meeting.pk}/")
    with django_assert_num_queries(27):
        client.get(f"{URL}/meetings/{meeting.pk}/")


def test_programs_call_put_off_and_refer(
    written, tea, tea_sheets, members, member, secretary, chair, signed_in
):
    api, json = f"{URL}/api", {"content_type": "application/json"}
    sheet = makers.ballot_of(tea_sheets, member)
    client, call = signed_in(member), f"{api}/ballots/{sheet.pk}/call/"
    assert client.get(call).status_code == 404
    assert client.put(call, {"reason": " "}, **json).status_code == 400
    assert client.put(call, {"reason": "Xem mẫu"}, **json).json()["reason"] == "Xem mẫu"
    assert client.get(call).json()["reason"] == "Xem mẫu"
    assert signed_in(chair).get(call).status_code == 404
    assert client.delete(call).status_code == 204
    client.put(call, {"reason": "Xem mẫu"}, **json)

    office, url = signed_in(secretary), f"{api}/meetings/{written.pk}"
    later = (written.deadline + DAY).isoformat()
    refused = office.put(f"{url}/deadline/", {"deadline": later}, **json)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["note"])
    assert office.put(f"{url}/deadline/", {"deadline": later, "note": "Nghỉ lễ"}, **json).status_code == 200
    given = {"assessments": [tea.pk], "held_at": timezone.now().isoformat(), "place": "Phòng 2"}
    assert client.post(f"{url}/refer/", given, **json).status_code == 403
    called = office.post(f"{url}/refer/", given, **json)
    assert (called.status_code, called.json()["mode"]) == (201, "held")
    assert Referral.objects.get().to_id == called.json()["id"]
