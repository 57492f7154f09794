"""The council's report and its submission: drafted from the sealed meeting, said anew while they are drafts."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from evaluation.decisions.reporting import draft_report
from evaluation.meetings.declarations import declare
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.meeting import MEETING
from ocop.papers.models import Paper
from ocop.papers.workflow import PAPER
from tests.evaluation import makers

URL = "/lai-chau"
ON = dt.date(2026, 11, 26)


def close(running, tea_item, rice_item, members, chair, *, out_of_tea=()):
    makers.score_all(tea_item, [user for user in members if user not in out_of_tea])
    makers.score_all(rice_item, members, lose=40)
    for item in (tea_item, rice_item):
        ASSESSMENT.take("conclude", item.assessment, by=chair)
    return MEETING.take("conclude", running, by=chair)


@pytest.fixture
def sealed(running, tea_item, rice_item, members, chair):
    return close(running, tea_item, rice_item, members, chair)


def test_the_report_tells_the_meeting_the_results_and_what_is_asked(sealed, secretary, tea, rice):
    content = draft_report(sealed, "council_report", by=secretary).content
    assert content["to"] == ["Chủ tịch Ủy ban nhân dân tỉnh Lai Châu"]
    assert (
        "Căn cứ Quyết định số 812/QĐ-UBND ngày 01 tháng 6 năm 2026 thành lập Hội đồng OCOP Tỉnh Lai Châu"
        in content["grounds"]
    )
    said = str(content["body"])
    for told in (
        "đã đánh giá, phân hạng 02 sản phẩm của 02 chủ thể", "Điểm trung bình cao nhất 100, thấp nhất 60.",
        "01 sản phẩm 5 sao", "9/9, Quy chế cần ít nhất 7",
        "chuyển hồ sơ đề nghị cấp trên đánh giá, phân hạng đối với 01 sản phẩm (Phụ lục 1)",
    ):  # fmt: skip
        assert told in said, told
    assert [it["title"] for it in content["annexes"]][-1] == "Bảng tổng hợp điểm của các thành viên Hội đồng"
    assert str(tea) in str(content["annexes"][0]["rows"])


def test_the_submission_asks_for_the_decision(sealed, officer):
    paper = draft_report(sealed, "submission", by=officer)
    assert "ban hành quyết định với các nội dung sau" in str(paper.content["body"])
    numbered = PAPER.take("number", paper, by=officer, data={"dated_on": ON, "signer_name": "Hà Quang Trung"})
    assert numbered.symbol == "01/TTr-HĐOCOP"
    with pytest.raises(ValidationError, match="đã có số"):
        draft_report(sealed, "submission", by=officer)


def test_asked_for_again_the_draft_is_the_same_paper(sealed, signed_in, officer, member, nobody):
    address = f"{URL}/meetings/{sealed.pk}/papers/council_report/"
    first = signed_in(officer).post(address)["Location"]
    assert signed_in(officer).post(address)["Location"] == first
    assert Paper.objects.filter(kind="council_report").count() == 1
    page = signed_in(officer).get(f"{URL}/meetings/{sealed.pk}/").text
    assert ("Lập lại dự thảo: Báo cáo của Hội đồng" in page, "Lập dự thảo: Tờ trình" in page) == (True, True)
    assert signed_in(member).post(address).status_code == 403
    assert signed_in(nobody).post(address).status_code == 404
    assert signed_in(officer).post(f"{URL}/meetings/{sealed.pk}/papers/plan/").status_code == 404


def test_before_the_end_there_is_nothing_to_report(running, officer):
    with pytest.raises(PermissionDenied):
        draft_report(running, "council_report", by=officer)


def test_who_is_recused_neither_drafts_nor_finds_them(
    meeting, tea, rice, tea_item, rice_item, members, chair, secretary, officer, signed_in
):
    declare(meeting, {tea.pk: "Người nhà", rice.pk: ""}, by=secretary)
    makers.all_declare(meeting, [user for user in members if user != secretary])
    makers.set_attendance(meeting, [seat.pk for seat in meeting.council.seats.all()], by=officer)
    running = MEETING.take("open", meeting, by=chair)
    done = close(running, tea_item, rice_item, members, chair, out_of_tea=[secretary])
    with pytest.raises(PermissionDenied):
        draft_report(done, "council_report", by=secretary)
    paper = draft_report(done, "council_report", by=officer)
    assert not Paper.objects.visible_to(secretary).filter(pk=paper.pk).exists()
    assert Paper.objects.all().not_shut_to(officer).filter(pk=paper.pk).exists()
    assert not Paper.objects.all().not_shut_to(secretary).filter(pk=paper.pk).exists()
    page = signed_in(secretary).get(f"{URL}/meetings/{done.pk}/").text
    assert "Báo cáo của Hội đồng" not in page
