"""A guest reads the product that is discussed, while it is, and nothing else anywhere."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluation.meetings.declarations import declare
from evaluation.meetings.discussing import discuss, stop
from evaluation.meetings.guests import heard, invite_guest
from evaluation.models import Assessment, Ballot, Guest, Meeting, Result
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.meeting import MEETING
from ocop.notices.models import Notice
from products.models import Dossier, Exclusion, ProducerMember
from tests import factories
from tests.evaluation import makers

URL = "/lai-chau"
TEA, RICE = "Chè Shan", "Gạo Séng cù"


@pytest.fixture
def front(lai_chau):
    """From the Fatherland Front, without any role."""
    return factories.make_user("mttq", "Lù Thị Vân")


@pytest.fixture
def maker(tea):
    """Of the tea's producer."""
    user = factories.make_user("chu.the", "Vàng A Tráng")
    ProducerMember.objects.create(producer=tea.dossier.product.producer, user=user)
    return user


def hearing(client, meeting):
    pages = [client.get(f"{URL}/meetings/{meeting.pk}/hearing/{part}").text for part in ("", "now/")]
    return {name for name in (TEA, RICE) if all(name in page for page in pages)}


def test_the_whole_meeting_product_by_product(
    signed_in, running, tea, rice, tea_item, rice_item, secretary, front
):
    invite_guest(running, front, capacity="Ủy ban MTTQ tỉnh", by=secretary)
    client = signed_in(front)
    assert hearing(client, running) == set()
    seen = []
    for item in (tea_item, rice_item):
        discuss(item, by=secretary)
        seen.append(hearing(client, running))
    stop(Meeting.objects.get(), by=secretary)
    assert [*seen, hearing(client, running)] == [{TEA}, {RICE}, set()]


def test_nothing_else_opens_and_no_point_is_shown(
    signed_in, running, tea, rice, tea_item, rice_item, members, chair, secretary, front
):
    invite_guest(running, front, capacity="Ủy ban MTTQ tỉnh", by=secretary)
    discuss(tea_item, by=secretary)
    makers.score_all(tea_item, members, lose=3)
    ASSESSMENT.take("conclude", tea, by=chair)
    client = signed_in(front)
    assert "97" not in client.get(f"{URL}/meetings/{running.pk}/hearing/now/").text
    for place in (
        "",
        "board/",
        f"items/{tea.pk}/",
        "declare/",
        "guests/",
        "invitation/",
        "agenda/",
        "assign/",
    ):
        assert client.get(f"{URL}/meetings/{running.pk}/{place}").status_code == 404
    assert client.get(f"{URL}/assessments/{tea.pk}/").status_code == 404
    assert client.get(f"{URL}/api/meetings/{running.pk}/board/").status_code == 404
    for model in (Assessment, Ballot, Result, Meeting, Dossier):
        assert not model.objects.visible_to(front).exists()


def test_a_producer_hears_her_own_product_alone(running, tea_item, rice_item, secretary, maker):
    with pytest.raises(ValidationError) as refused:
        invite_guest(running, maker, capacity="Chủ thể", by=secretary)
    assert refused.value.message_dict == {
        "item": [f"{maker} là người của chủ thể: hãy mời riêng cho sản phẩm của họ."]
    }
    invite_guest(running, maker, capacity="Chủ thể", item=tea_item, by=secretary)
    assert heard(discuss(tea_item, by=secretary), maker) == tea_item
    assert heard(discuss(rice_item, by=secretary), maker) is None


def test_who_became_a_producers_person_after_the_invitation_hears_no_rival(
    running, tea, tea_item, rice, rice_item, secretary, front
):
    invite_guest(running, front, capacity="Hội Nông dân", by=secretary)
    rival = type(rice.dossier.product.producer).objects.create(
        unit=rice.dossier.unit, kind="household", name="Hộ Lý A Páo"
    )
    type(rice.dossier.product).objects.filter(pk=rice.dossier.product_id).update(producer=rival)
    ProducerMember.objects.create(producer=rival, user=front)
    assert heard(discuss(tea_item, by=secretary), front) is None
    assert heard(discuss(rice_item, by=secretary), front) == rice_item


def test_a_guest_in_conflict_hears_nothing_of_it(running, tea, tea_item, secretary, front):
    invite_guest(running, front, capacity="Hội Nông dân", by=secretary)
    Exclusion.objects.create(dossier=tea.dossier, user=front, ground="Góp vốn")
    assert heard(discuss(tea_item, by=secretary), front) is None
    with pytest.raises(ValidationError):
        invite_guest(running, front, capacity="Hội Nông dân", item=tea_item, by=secretary)


def test_it_is_over_with_the_meeting_and_with_the_invitation(
    signed_in, running, rice, tea_item, rice_item, members, chair, secretary, officer, front
):
    guest = invite_guest(running, front, capacity="Ủy ban MTTQ tỉnh", by=secretary)
    makers.remove_from_agenda(tea_item, by=officer)
    discuss(rice_item, by=secretary)
    makers.score_all(rice_item, members)
    ASSESSMENT.take("conclude", rice, by=chair)
    done = MEETING.take("conclude", running, by=chair)
    assert {"list": ["Lù Thị Vân, Ủy ban MTTQ tỉnh"]} in done.minutes.content["body"]
    assert hearing(signed_in(front), running) == set()
    Guest.objects.filter(pk=guest.pk).delete()
    assert signed_in(front).get(f"{URL}/meetings/{running.pk}/hearing/").status_code == 404


def test_by_page_with_refusals_in_words(signed_in, meeting, tea, tea_item, member, secretary, officer, front):
    client, address = signed_in(secretary), f"{URL}/meetings/{meeting.pk}/guests/"
    given = {"user": front.pk, "capacity": "Ủy ban MTTQ tỉnh", "item": tea_item.pk}
    assert client.post(address, given).status_code == 302
    assert "đã được mời" in client.post(address, given).text
    assert "là thành viên Hội đồng" in client.post(address, given | {"user": member.pk}).text
    told = Notice.objects.for_user(front).get()
    assert (told.url, TEA in f"{told.subject} {told.body}") == (f"meetings/{meeting.pk}/hearing/", False)
    assert signed_in(member).get(address).status_code == 403
    with pytest.raises(PermissionDenied):
        invite_guest(meeting, front, capacity="x", by=member)
    [guest] = Guest.objects.all()
    assert client.post(f"{address}{guest.pk}/withdraw/").status_code == 302
    assert not Guest.objects.exists()


def test_a_recused_secretary_sees_no_guest_of_the_product(
    signed_in, meeting, tea, tea_item, secretary, officer, front
):
    guest = invite_guest(meeting, front, capacity="Chuyên gia chè", item=tea_item, by=officer)
    declare(meeting, {tea.pk: "Người nhà"}, by=secretary)
    client, address = signed_in(secretary), f"{URL}/meetings/{meeting.pk}/guests/"
    page = client.get(address).text
    assert (TEA in page, "Chuyên gia chè" in page) == (False, False)
    assert client.post(f"{address}{guest.pk}/withdraw/").status_code == 404
    assert Guest.objects.exists()


def test_three_guests_cost_no_more_queries_than_one(signed_in, meeting, tea_item, secretary):
    client, counts = signed_in(secretary), []
    for number in range(3):
        guest = factories.make_user(f"khach.{number}", f"Lò Văn {number}")
        invite_guest(meeting, guest, capacity="Khách", item=tea_item, by=secretary)
        if number == 1:
            continue
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{URL}/meetings/{meeting.pk}/guests/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
