"""What the hall talks about: set by who leads, hidden from who is recused, over with the meeting."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from evaluation.meetings.declarations import declare
from evaluation.meetings.discussing import discuss, discussed, stop
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.meeting import MEETING
from tests.evaluation import makers

URL = "/lai-chau"


def test_the_secretary_says_what_is_discussed_and_moves_on(running, tea_item, rice_item, secretary, member):
    assert discussed(running, member) is None
    first = discuss(tea_item, by=secretary)
    assert discussed(first, member) == tea_item
    again = discuss(tea_item, by=secretary)
    assert again.discussing_since == first.discussing_since
    moved = discuss(rice_item, by=secretary)
    assert (discussed(moved, member), moved.discussing_since > first.discussing_since) == (rice_item, True)
    assert discussed(stop(moved, by=secretary), member) is None


def test_a_member_says_nothing_and_a_closed_meeting_takes_nothing(meeting, tea_item, secretary, member):
    with pytest.raises(PermissionDenied):
        discuss(tea_item, by=member)
    for act in (lambda: discuss(tea_item, by=secretary), lambda: stop(meeting, by=secretary)):
        with pytest.raises(ValidationError) as refused:
            act()
        assert refused.value.messages == ["Phiên họp không mở."]


def test_who_is_recused_neither_sees_nor_sets_nor_stops_it(
    running, tea, tea_item, rice_item, chair, deputy, secretary
):
    for user in (chair, secretary):
        declare(running, {tea.pk: "Người nhà"}, by=user)
    with pytest.raises(PermissionDenied):
        discuss(tea_item, by=secretary)
    with pytest.raises(PermissionDenied):
        discuss(tea_item, by=chair)
    now = discuss(tea_item, by=deputy)
    assert [discussed(now, user) for user in (chair, secretary, deputy)] == [None, None, tea_item]
    assert stop(now, by=secretary).discussing_id == tea_item.pk
    assert stop(now, by=deputy).discussing_id is None
    with pytest.raises(PermissionDenied):
        discuss(rice_item, by=deputy)


def test_by_page_and_by_program(signed_in, running, tea, tea_item, rice, secretary, member):
    client = signed_in(secretary)
    page = f"{URL}/meetings/{running.pk}/items/{tea.pk}/"
    assert "Thảo luận sản phẩm này" in client.get(page).text
    answer = client.post(f"{URL}/meetings/{running.pk}/discussing/", {"assessment": tea.pk})
    assert (answer.status_code, answer.url) == (302, page)
    assert "Đang thảo luận" in client.get(page).text
    running.refresh_from_db()
    assert running.discussing == tea_item
    assert (
        signed_in(member)
        .post(f"{URL}/meetings/{running.pk}/discussing/", {"assessment": rice.pk})
        .status_code
        == 403
    )
    assert client.post(f"{URL}/meetings/{running.pk}/discussing/", {"assessment": 999999}).status_code == 404
    api = f"{URL}/api/meetings/{running.pk}/discussing/"
    put = {"content_type": "application/json"}
    assert client.put(api, {"assessment": None}, **put).status_code == 204
    running.refresh_from_db()
    assert running.discussing is None


def test_it_ends_with_the_product_put_off_and_with_the_meeting(
    running, tea, tea_item, rice, rice_item, members, chair, secretary, officer
):
    discuss(tea_item, by=secretary)
    makers.remove_from_agenda(tea_item, by=officer)
    running.refresh_from_db()
    assert running.discussing is None
    discuss(rice_item, by=chair)
    makers.score_all(rice_item, members)
    ASSESSMENT.take("conclude", rice, by=chair)
    assert MEETING.take("conclude", running, by=chair).discussing is None
