"""The paper that invites, the day the members must have, the samples that are not there."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from evaluation.councils.making import delegate_chair
from evaluation.meetings.agenda import set_attendance
from evaluation.models import Meeting
from evaluation.workflow.meeting import MEETING
from ocop.notices.models import Notice
from ocop.papers.layout import paper_html
from ocop.papers.models import Paper
from products.samples import receive_samples
from tests.evaluation import makers

URL = "/lai-chau"
MONDAY, FRIDAY = dt.date(2026, 11, 30), dt.date(2026, 12, 4)


def at(day: dt.date, hour: int = 8) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def invite(meeting, officer, when=None):
    return MEETING.take("invite", meeting, by=officer, data={"at": when or timezone.now()})


def test_it_is_numbered_and_neither_names_nor_counts_the_products(
    signed_in, meeting, officer, member, members, nobody
):
    client, address = signed_in(member), f"{URL}/meetings/{meeting.pk}/invitation/"
    assert client.get(address).status_code == 404
    assert "Dự thảo" in signed_in(officer).get(address).text
    paper = invite(meeting, officer).invitation
    assert (paper.symbol, paper.signer_name) == ("01/GM-HĐOCOP", str(members[0]))
    text = paper_html(paper)
    assert "đánh giá, phân hạng sản phẩm OCOP theo chương trình họp" in text
    assert all(str(user) in text for user in members)
    assert not any(name in text for name in ("Chè Shan", "Gạo Séng cù"))
    page = client.get(address)
    assert ("01/GM-HĐOCOP" in page.text, "Hội trường tầng 2" in page.text) == (True, True)
    assert "01/GM-HĐOCOP" in Notice.objects.for_user(member).get(kind="meeting").body
    assert signed_in(nobody).get(address).status_code == 404


def test_the_same_invitation_takes_no_second_number_another_time_does(meeting, officer, members):
    first = invite(meeting, officer)
    assert invite(meeting, officer).invited_at == first.invited_at
    Meeting.objects.filter(pk=meeting.pk).update(held_at=meeting.held_at + dt.timedelta(days=1))
    again = invite(meeting, officer)
    assert again.invitation.symbol == "02/GM-HĐOCOP"
    assert Paper.objects.filter(kind="meeting_invitation").count() == 2
    assert Notice.objects.filter(kind="meeting").count() == 2 * len(members)


def test_who_has_the_chairs_delegation_signs_in_its_words(meeting, council, officer, deputy):
    words = "KT. CHỦ TỊCH HỘI ĐỒNG / PHÓ CHỦ TỊCH"
    delegate_chair(council.seats.get(user=deputy), acts_as=words, delegation="12/GUQ", by=officer)
    paper = invite(meeting, officer).invitation
    assert (paper.signer_name, paper.signs_as) == (str(deputy), words)


@pytest.mark.parametrize(
    ("sent", "held", "is_early"),
    [
        (MONDAY, MONDAY, True),
        (MONDAY, MONDAY + dt.timedelta(days=1), False),
        (FRIDAY, FRIDAY + dt.timedelta(days=2), True),
        (FRIDAY, FRIDAY + dt.timedelta(days=3), False),
    ],
)
def test_a_working_day_must_lie_between(meeting, members, officer, secretary, chair, sent, held, is_early):
    Meeting.objects.filter(pk=meeting.pk).update(held_at=at(held))
    invite(meeting, officer, at(sent, 7))
    makers.all_declare(meeting, members)
    set_attendance(meeting, [seat.pk for seat in meeting.council.seats.all()], by=secretary)
    opening = {"at": at(held)}
    if is_early:
        with pytest.raises(ValidationError) as refused:
            MEETING.take("open", meeting, by=chair, data=opening)
        reason = "Giấy mời gửi chưa được một ngày làm việc: hãy ghi lý do mở sớm."
        assert refused.value.message_dict == {"note": [reason]}
    note = "Hồ sơ sắp hết hạn xử lý"
    opened = MEETING.take("open", meeting, by=chair, data=opening | {"note": note})
    assert opened.opened_early == (note if is_early else "")


def test_a_meeting_of_the_past_is_a_record_and_never_early(meeting, members, officer, secretary, chair):
    Meeting.objects.filter(pk=meeting.pk).update(held_at=timezone.now() - dt.timedelta(days=30))
    invite(meeting, officer)
    set_attendance(meeting, [seat.pk for seat in meeting.council.seats.all()], by=secretary)
    assert MEETING.take("open", meeting, by=chair).opened_early == ""


def test_samples_that_are_not_there_are_said_before_the_meeting(
    signed_in, meeting, tea, rice, officer, member
):
    address = f"{URL}/meetings/{meeting.pk}/"
    receive_samples(tea.dossier, count=5, condition="good", by=officer)
    assert [it for it, _words in signed_in(officer).get(address).context["without_samples"]] == [rice]
    assert signed_in(member).get(address).context["without_samples"] == []
