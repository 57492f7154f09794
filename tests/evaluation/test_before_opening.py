"""What a meeting still lacks before it can be opened is read on its page, by who opens it and who prepares it."""

import datetime as dt

import pytest
from django.utils import timezone

from evaluation.meetings.declarations import declare
from evaluation.models import Meeting
from evaluation.workflow.meeting import MEETING
from tests.evaluation import makers

URL = "/lai-chau"
HEAD = "Trước khi mở phiên họp:"


@pytest.fixture
def page_of(signed_in, meeting):
    return lambda user: signed_in(user).get(f"{URL}/meetings/{meeting.pk}/").text


def test_quorum_and_chair_are_said_to_the_chair_and_the_secretary(page_of, meeting, chair, secretary, member):
    for user in (chair, secretary):
        page = page_of(user)
        assert HEAD in page
        assert "Mới có 0/9 thành viên chấm điểm, Quy chế cần ít nhất 7." in page
        assert "Quy chế yêu cầu Chủ tịch có mặt." in page
        assert "Chưa ghi nhận đủ mẫu sản phẩm:" in page
    assert (HEAD in page_of(member), Meeting.objects.get().state) == (False, "planned")


def test_an_early_opening_asks_for_its_reason_beforehand(page_of, meeting, members, chair, officer):
    makers.all_declare(meeting, members)
    makers.set_attendance(meeting, [seat.pk for seat in meeting.council.seats.all()], by=members[2])
    assert HEAD not in page_of(chair)
    MEETING.take("invite", meeting, by=officer, data={"at": timezone.now()})
    page = page_of(chair)
    assert "Giấy mời gửi chưa được một ngày làm việc: hãy ghi lý do mở sớm." in page
    Meeting.objects.update(invited_at=timezone.now() - dt.timedelta(days=10))
    assert HEAD not in page_of(chair)


def test_the_samples_of_what_she_is_recused_from_are_not_named(page_of, meeting, tea, rice, chair):
    assert "Chè Shan" in page_of(chair)
    declare(meeting, {tea.pk: "Vợ là thành viên hợp tác xã", rice.pk: ""}, by=chair)
    page = page_of(chair)
    assert ("Chè Shan" in page, "Gạo Séng cù" in page) == (False, True)


def test_once_it_is_open_nothing_of_it_is_left(page_of, running, chair):
    assert HEAD not in page_of(chair)
