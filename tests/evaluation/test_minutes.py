"""The minutes: drafted while the meeting runs, with the secretary's words, whole when the chair closes; the table of points."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction

from evaluation.meetings.conclusions import rescore
from evaluation.meetings.declarations import declare
from evaluation.meetings.minutes.notes import add_note, notes_for, reword_note
from evaluation.meetings.minutes.paper import minutes
from evaluation.models import Meeting, MinutesNote
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.ballot import BALLOT
from evaluation.workflow.meeting import MEETING
from ocop.papers.workflow import PAPER
from ocop.tenancy.scope import no_tenant
from tests.evaluation import makers
from tests.evaluation.test_ballot_papers import text as pdf_text
from tests.evaluation.test_board import words

URL = "/lai-chau"
TEA, RICE = "Chè Shan tuyết", "Gạo Séng cù"


def place(meeting, rest="minutes/") -> str:
    return f"{URL}/meetings/{meeting.pk}/{rest}"


def conclude_both(meeting, tea, rice, *, by) -> Meeting:
    for assessment in (tea, rice):
        ASSESSMENT.take("conclude", assessment, by=by)
    return MEETING.take("conclude", meeting, by=by)


def test_the_secretarys_words_stand_in_the_minutes_and_are_never_overwritten(
    running, tea, rice, tea_item, rice_item, members, chair, secretary
):
    first = add_note(running, "Chủ thể trình bày vùng nguyên liệu.", item=tea_item, by=secretary)
    add_note(running, "Đại biểu Mặt trận đề nghị công khai kết quả.", by=secretary)
    better = reword_note(first, "Chủ thể trình bày 12 ha vùng nguyên liệu.", by=secretary)
    assert [it.text for it in notes_for(running, chair)] == [
        "Đại biểu Mặt trận đề nghị công khai kết quả.", "Chủ thể trình bày 12 ha vùng nguyên liệu.",
    ]  # fmt: skip
    with pytest.raises(ValidationError, match="vừa được người khác sửa"):
        reword_note(first, "Bản của máy kia", by=secretary)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE evaluation_minutesnote SET text = 'x'")
    for item in (tea_item, rice_item):
        makers.score_all(item, members, lose=1)
    kept = str(conclude_both(running, tea, rice, by=chair).minutes.content)
    assert ("12 ha" in kept, "Đại biểu Mặt trận" in kept, first.text in kept) == (True, True, False)
    assert MinutesNote.objects.get(pk=first.pk).replaced_by == better


def test_words_are_added_until_the_minutes_have_their_number(
    running, tea, rice, tea_item, rice_item, members, chair, secretary, officer, member
):
    for item in (tea_item, rice_item):
        makers.score_all(item, members)
    done = conclude_both(running, tea, rice, by=chair)
    note = add_note(done, "Thư ký ghi bổ sung sau họp.", by=secretary)
    done.minutes.refresh_from_db()
    assert "ghi bổ sung sau họp" in str(done.minutes.content)
    reword_note(note, "", by=secretary)
    done.minutes.refresh_from_db()
    assert "ghi bổ sung sau họp" not in str(done.minutes.content)
    PAPER.take(
        "number", done.minutes, by=officer, data={"dated_on": dt.date(2026, 11, 26), "signer_name": "A"}
    )
    with pytest.raises(ValidationError, match="Biên bản đã phát hành"):
        add_note(done, "Muộn", by=secretary)
    with pytest.raises(PermissionDenied):
        add_note(done, "Không phải việc của mình", by=member)


def test_nothing_is_written_before_the_meeting_opens(meeting, secretary):
    with pytest.raises(ValidationError, match="Phiên họp chưa mở"):
        add_note(meeting, "Sớm", by=secretary)
    with pytest.raises(ValidationError, match="Phiên họp chưa mở"):
        add_note(meeting, " ", by=secretary)


def test_they_tell_quorum_absence_rounds_and_conclusion(
    meeting, tea, rice, tea_item, rice_item, members, chair
):
    here = members[:8]
    running = makers.open_meeting(meeting, members, here=here)
    makers.score_all(tea_item, here, lose=[0, 0, 0, 0, 0, 0, 0, 9])
    rescore(tea_item, by=chair, note="Chênh nhau")
    tea_item.refresh_from_db()
    for user in here:
        ballot = makers.ballot_of(tea_item, user)
        makers.fill(ballot, by=user)
        BALLOT.take("seal", ballot, by=user)
    makers.score_all(rice_item, here)
    done = conclude_both(running, tea, rice, by=chair)
    content = done.minutes.content
    said = str(content["body"])
    for told in (
        f"Vắng mặt: {members[8]}.",
        "Có mặt 8/9 thành viên chấm điểm; Quy chế yêu cầu ít nhất 3/4, tức là 7: đủ.",
        "Lần chấm 1 (đã chấm lại): 8 phiếu, trung bình 98,87, chênh lệch 9",
        "8 người chấm, 8 phiếu đã nộp, 8 phiếu được tính",
        "100 điểm, chênh lệch giữa các phiếu 0 điểm",
        "Hội đồng đánh giá 5 sao.",
        "Phiên họp kết thúc lúc ",
    ):
        assert told in said, told
    assert [block["h"] for block in content["body"] if "h" in block] == [
        "I. Thành phần", "II. Khai báo xung đột lợi ích", "III. Kết quả đánh giá từng sản phẩm",
        f"1. {tea}", f"2. {rice}", "IV. Niêm phong phiếu",
    ]  # fmt: skip
    [table] = content["annexes"]
    assert (table["wide"], len(table["columns"])) == (True, 2 + 9 + 4)
    assert table["rows"][0][2:] == ["100"] * 8 + ["–", "100", "0", "đạt", "5"]


def test_recused_and_abstained_are_one_dash_in_the_table(
    meeting, tea, rice, tea_item, members, member, chair
):
    declare(meeting, {tea.pk: "Người nhà", rice.pk: ""}, by=member)
    others = [user for user in members if user != member]
    makers.all_declare(meeting, others)
    makers.set_attendance(meeting, [seat.pk for seat in meeting.council.seats.all()], by=members[2])
    running = MEETING.take("open", meeting, by=chair)
    ballot = makers.ballot_of(tea_item, members[8])
    BALLOT.take("abstain", ballot, by=members[8], data={"abstention": "Không đúng chuyên môn"})
    makers.score_all(tea_item, members[:3] + members[4:8])
    shown = minutes(running, chair)
    assert shown["annexes"][0]["rows"][0][2:11] == ["100"] * 3 + ["–"] + ["100"] * 4 + ["–"]
    told = str(shown)
    assert ("Người nhà" in told, "Không đúng chuyên môn" in told) == (False, False)  # only in what is kept


def test_a_preview_shows_no_closed_points_and_no_product_to_who_is_recused(  # noqa: PLR0917, the whole cast plays
    signed_in, meeting, tea, rice, tea_item, rice_item, members, secretary, chair, member, officer
):
    declare(meeting, {tea.pk: "Góp vốn", rice.pk: ""}, by=secretary)
    makers.all_declare(meeting, [user for user in members if user != secretary])
    makers.set_attendance(meeting, [seat.pk for seat in meeting.council.seats.all()], by=officer)
    running = MEETING.take("open", meeting, by=chair)
    makers.score_all(rice_item, members)
    makers.score_all(tea_item, [user for user in members if user not in (secretary, chair)])
    add_note(running, "Chè được hỏi về nhãn.", item=tea_item, by=officer)
    add_note(running, "Chung: chè và gạo đều đủ mẫu.", by=officer)
    to_chair, to_secretary = str(minutes(running, chair)), str(minutes(running, secretary))
    assert (TEA in to_chair, RICE in to_chair) == (True, True)
    assert (TEA in to_secretary, "Chè" in to_secretary, RICE in to_secretary) == (False, False, True)
    assert to_chair.count("điểm, chênh lệch giữa các phiếu") == 1  # the tea waits for the chair's own sheet
    for rest in ("minutes/", "totals/"):
        assert TEA not in signed_in(secretary).get(place(running, rest)).text
    for person, sees in ((secretary, False), (chair, True)):
        preview = pdf_text(signed_in(person).get(place(running, "minutes/preview/")).content)
        assert ("DỰ THẢO" in preview, RICE in preview, TEA in preview) == (True, True, sees)
    page = words(signed_in(secretary).get(place(running)))
    assert "đều đủ mẫu" not in page
    assert "Chè được hỏi" in words(signed_in(chair).get(place(running)))
    assert signed_in(member).get(place(running)).status_code == 403


def test_written_on_the_page_and_kept_where_it_is_refused(signed_in, running, tea_item, secretary, chair):
    client = signed_in(secretary)
    refused = client.post(place(running), {"item": str(tea_item.pk), "text": ""})
    assert refused.status_code == 422
    assert client.post(place(running), {"item": str(tea_item.pk), "text": "Đã nếm mẫu."}).status_code == 302
    note = MinutesNote.objects.get()
    assert (note.assessment_id, note.written_by) == (tea_item.assessment_id, secretary)
    assert (
        client.post(place(running, f"minutes/notes/{note.pk}/"), {"text": "Đã nếm hai mẫu."}).status_code
        == 302
    )
    page = words(signed_in(chair).get(place(running)))
    assert ("Đã nếm hai mẫu." in page, "Bản trước" in page, "Ghi thêm" in page) == (True, True, False)
    assert client.get(place(running, f"minutes/notes/{note.pk}/")).status_code == 404  # replaced


def test_the_table_opens_product_by_product(signed_in, running, tea_item, members, member):
    makers.score_all(tea_item, members, lose=[0, 1, 2, 3, 0, 0, 0, 0, 0])
    page = words(signed_in(member).get(place(running, "totals/")))
    assert "99,33" in page
    assert page.count("chưa mở") == 2  # the rice, and the legend


@pytest.mark.parametrize("count", [1, 3])
def test_the_table_and_the_minutes_ask_as_much_for_three_as_for_one(
    count, signed_in, council, commune, advisor, officer, members, chair, django_assert_num_queries
):
    tried = [
        makers.make_checked(makers.make_accepted_dossier(commune, f"Chè {n}"), by=advisor)
        for n in range(count)
    ]
    running = makers.open_meeting(makers.make_meeting(council, tried, by=officer), members)
    for item in running.agenda.select_related("assessment"):
        makers.score_all(item, members)
        add_note(running, "Đã nếm.", item=item, by=officer)
    client = signed_in(chair)
    client.get(place(running, "totals/"))
    with no_tenant(), django_assert_num_queries(18):
        client.get(place(running, "totals/"))
    with no_tenant(), django_assert_num_queries(17):
        client.get(place(running))
    with django_assert_num_queries(18):
        minutes(running)
