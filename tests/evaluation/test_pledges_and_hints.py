"""The pledge is asked first; hints of a conflict are told to the member alone and bind nobody."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evaluation.meetings.boards import visible_items
from evaluation.meetings.declarations import declare, seat_of
from evaluation.meetings.hints import hints_for
from evaluation.models import Declaration, Pledge
from ocop.notices.models import Notice
from ocop.orgs.memberships import grant_membership
from ocop.orgs.models import Person
from products.models import CoachingVisit, DossierSection, Producer, ProducerMember
from tests import factories
from tests.evaluation import makers

URL = "/lai-chau"


def test_nothing_is_declared_without_the_pledge_and_what_was_typed_stays(
    signed_in, meeting, tea, rice, member
):
    client, address = signed_in(member), f"{URL}/meetings/{meeting.pk}/declare/"
    given = {
        f"choice-{tea.pk}": "conflict",
        f"ground-{tea.pk}": "Em họ là giám đốc",
        f"choice-{rice.pk}": "none",
    }
    refused = client.post(address, given)
    assert refused.status_code == 422
    assert "Hãy đọc và đồng ý với lời cam kết" in refused.text
    assert "Em họ là giám đốc" in refused.text
    assert not Declaration.objects.exists()
    assert client.post(address, given | {"pledge": "1"}).status_code == 302
    pledge = Pledge.objects.get()
    assert (pledge.seat.user, pledge.rules_number) == (member, 1)
    assert meeting.council.name in pledge.words
    assert Declaration.objects.count() == 2
    assert "Cam kết" not in client.get(address).text


def test_the_first_pledge_stands(meeting, tea, rice, member):
    declare(meeting, {tea.pk: ""}, by=member)
    first = Pledge.objects.get().made_at
    declare(meeting, {rice.pk: ""}, by=member)
    assert Pledge.objects.get().made_at == first


def told(meeting, user):
    seat = seat_of(user, meeting)
    return hints_for(user, seat, visible_items(meeting, user))


@pytest.fixture
def producer(tea) -> Producer:
    return tea.dossier.product.producer


def test_her_own_producer_and_the_one_she_advised(meeting, tea, producer, member, members):
    ProducerMember.objects.create(
        producer=producer, user=member, role="consultant", ends_on=timezone.localdate()
    )
    ProducerMember.objects.create(producer=producer, user=members[4])
    assert told(meeting, member)[tea.pk] == ["Bạn đã tư vấn cho chủ thể này."]
    assert told(meeting, members[4])[tea.pk] == ["Bạn là người của chủ thể này."]
    assert told(meeting, members[5]) == {}


def test_a_producer_of_hers_under_the_same_roof(meeting, tea, producer, member, commune):
    other = Producer.objects.create(
        unit=commune, kind="household", name="Hộ Mai Thị Thu", address="Bản Vàng Pheo", representative="Lò A"
    )
    ProducerMember.objects.create(producer=other, user=member)
    Producer.objects.filter(pk=producer.pk).update(address="bản vàng pheo ", phone="0912 345 678")
    Person.objects.filter(user=member).update(phone="+84912345678")
    assert told(meeting, member)[tea.pk] == [
        "Chủ thể này trùng địa chỉ với Hộ Mai Thị Thu, nơi bạn tham gia.",
        "Chủ thể dùng số điện thoại của bạn.",
    ]


def test_a_family_name_counts_only_in_her_own_commune(meeting, tea, producer, member, commune):
    Producer.objects.filter(pk=producer.pk).update(representative="Mai Văn Bình")
    assert told(meeting, member) == {}
    grant_membership(member, "observer", commune)
    assert told(meeting, member)[tea.pk] == ["Cùng họ, cùng địa bàn với bạn: Mai Văn Bình."]


def test_a_colleague_who_advised_and_a_file_she_wrote_in(meeting, tea, rice, producer, member, province):
    office = factories.make_unit("Trung tâm tư vấn", "consultant", parent=province)
    helper = factories.make_user("tu.van", "Lò Văn Tư")
    for user in (helper, member):
        grant_membership(user, "observer", office)
    ProducerMember.objects.create(
        producer=producer, user=helper, role="consultant", ends_on=timezone.localdate()
    )
    DossierSection.objects.create(dossier=rice.dossier, key="registration", saved_by=member)
    hints = told(meeting, member)
    colleague = "Tư vấn của chủ thể, Lò Văn Tư, cùng đơn vị công tác với bạn."
    wrote = "Bạn đã hỗ trợ lập hồ sơ này."
    assert [colleague in hints[key] for key in (tea.pk, rice.pk)] == [
        True,
        rice.dossier.product.producer == producer,
    ]
    assert [wrote in hints.get(key, []) for key in (tea.pk, rice.pk)] == [False, True]


def test_who_coached_the_producer_is_reminded_of_it(meeting, tea, rice, producer, member, commune_officer):
    told_before = told(meeting, member).get(tea.pk, [])
    rows = [
        CoachingVisit(producer=producer, coach=member, kind="visit", advice="Sấy kỹ", on=dt.date(2026, 3, n))
        for n in (9, 2)
    ]
    CoachingVisit.objects.bulk_create(rows)
    CoachingVisit.objects.create(producer=producer, coach=commune_officer, kind="talk", advice="Nhãn")
    now = told(meeting, member)
    assert [it for it in now[tea.pk] if it not in told_before] == [
        "Bạn đã hướng dẫn chủ thể này, lần cuối ngày 09/03/2026."
    ]


def test_only_the_member_herself_reads_them_and_a_recused_product_has_none(
    signed_in, meeting, tea, producer, member, members, officer
):
    ProducerMember.objects.create(producer=producer, user=member)
    words, address = "Bạn là người của chủ thể này.", f"{URL}/meetings/{meeting.pk}/declare/"
    assert words in signed_in(member).get(address).text
    for user in (members[0], members[2], members[4]):
        assert words not in signed_in(user).get(address).text
    declare(meeting, {tea.pk: "Xã viên"}, by=member)
    assert tea.pk not in told(meeting, member)
    assert not Notice.objects.filter(body__contains="người của chủ thể").exists()


def test_one_query_a_kind_however_many_products(council, officer, commune, advisor, member):
    counts = []
    for number in (1, 3):
        made = [
            makers.make_checked(makers.make_accepted_dossier(commune, f"Chè {number}.{n}"), by=advisor)
            for n in range(number)
        ]
        meeting = makers.make_meeting(council, made, by=officer)
        seat, items = seat_of(member, meeting), visible_items(meeting, member)
        for item in items:
            producer = item.assessment.dossier.product.producer
            helper = factories.make_user(f"tv.{item.pk}", "Mai Tư Vấn")
            ProducerMember.objects.create(
                producer=producer, user=helper, role="consultant", ends_on=timezone.localdate()
            )
        member.get_full_name()
        with CaptureQueriesContext(connection) as queries:
            hints_for(member, seat, items)
        counts.append(len(queries))
    assert counts == [8, 8]
