"""Visits and advice: written by who coaches, read by the producer, her next step marked; a hint to a council later."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ocop.audit.models import Entry
from ocop.notices.models import Notice
from ocop.orgs.models import OrgUnit, User
from ocop.tenancy.scope import tenant_scope
from products.coaching.log import mark_done, write_visit
from products.models import CoachingVisit, Producer
from tests import factories
from tests.races import at_once

T = "/lai-chau"


def facts(**more):
    today = timezone.localdate()
    return {"kind": "visit", "on": today, "advice": "Đo độ ẩm khi sấy, ghi nhật ký từng mẻ.", "next_step": "Gửi mẫu kiểm nghiệm",
            "next_on": today + dt.timedelta(days=14)} | more  # fmt: skip


@pytest.fixture
def visit(producer, commune_officer):
    return write_visit(producer, facts(), by=commune_officer)


def test_the_officer_writes_it_and_the_producer_reads_it_and_marks_it_done(
    producer, owner, commune_officer, signed_in
):
    desk, tab = signed_in(commune_officer), signed_in(owner)
    url = f"{T}/producers/{producer.pk}/coaching/"
    today = timezone.localdate()
    given = facts(
        on=f"{today:%d/%m/%Y}",
        next_on=f"{today + dt.timedelta(days=14):%d/%m/%Y}",
        others="Chị Hoa, Viện Cây chè",
    )
    assert desk.post(f"{url}new/", given)["Location"] == url
    visit = CoachingVisit.objects.get()
    told = Notice.objects.get(user=owner, kind="coaching.write")
    assert "Việc tiếp theo: Gửi mẫu kiểm nghiệm" in told.body
    assert told.url == f"producers/{producer.pk}/coaching/"
    page = tab.get(url).content.decode()
    assert "Chị Hoa, Viện Cây chè" in page
    assert "Ghi lần hướng dẫn" not in page
    assert tab.post(f"{url}new/", given).status_code == 403
    for _twice in range(2):
        assert tab.post(f"{url}{visit.pk}/done/").status_code == 302
    visit.refresh_from_db()
    assert visit.done_by == owner
    assert [it.action for it in Entry.objects.about(visit)] == ["coachingvisit.done", "coachingvisit.write"]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"on": timezone.localdate() + dt.timedelta(days=2), "next_on": None}, "on"),
        ({"next_step": ""}, "next_step"),
        ({"next_on": timezone.localdate() - dt.timedelta(days=1)}, "next_on"),
        ({"advice": ""}, "advice"),
        ({"kind": "gift"}, "kind"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(producer, commune_officer, more, field):
    with pytest.raises(ValidationError) as refused:
        write_visit(producer, facts(**more), by=commune_officer)
    assert list(refused.value.message_dict) == [field]


def test_a_consultant_writes_too_and_nobody_from_elsewhere(
    visit, producer, other_commune, other_owner, stranger, signed_in
):
    consultant = factories.make_user("tuvan.lan", "Trần Thị Lan")
    producer.people.create(user=consultant, role="consultant", ends_on=timezone.localdate())
    assert write_visit(producer, facts(), by=consultant).coach == consultant
    neighbour = factories.make_user("xa.tanphong", "Lý Thị Sáo", role="commune_officer", unit=other_commune)
    for who in (neighbour, other_owner, stranger):
        tab = signed_in(who)
        assert tab.get(f"{T}/producers/{producer.pk}/coaching/").status_code == 404
        assert tab.post(f"{T}/producers/{producer.pk}/coaching/{visit.pk}/done/").status_code == 404
        with pytest.raises(PermissionDenied):
            write_visit(producer, facts(), by=who)
        with pytest.raises(PermissionDenied):
            mark_done(visit, by=who)


def test_who_only_reads_marks_nothing(visit, leader, signed_in):
    url = f"{T}/producers/{visit.producer_id}/coaching/"
    assert "Đã làm xong" not in signed_in(leader).get(url).content.decode()
    assert signed_in(leader).post(f"{url}{visit.pk}/done/").status_code == 403


def test_it_is_about_what_is_the_producers_own(producer, commune, commune_officer, signed_in):
    tea = factories.make_complete_dossier(commune, producer=producer, name="Chè").product
    other = factories.make_producer(commune, name="HTX khác")
    url = f"{T}/producers/{producer.pk}/coaching/new/"
    given = facts(on=f"{timezone.localdate():%d/%m/%Y}", next_on="", about=f"product-{tea.pk}")
    assert signed_in(commune_officer).post(url, given).status_code == 302
    assert CoachingVisit.objects.get().product == tea
    assert signed_in(commune_officer).post(url, given | {"about": "product-999999"}).status_code == 422
    with pytest.raises(PermissionDenied):
        write_visit(other, facts(), product=tea, by=commune_officer)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_log_asks_as_often_for_one_as_for_three(
    producer, commune_officer, signed_in, django_assert_num_queries, rows
):
    for _row in range(rows):
        write_visit(producer, facts(), by=commune_officer)
    tab, url = signed_in(commune_officer), f"{T}/producers/{producer.pk}/coaching/"
    tab.get(url)
    with django_assert_num_queries(15):
        assert tab.get(url).status_code == 200


def test_the_same_words_sent_twice_are_one_visit(transactional_db):
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        factories.make_units(tenant)
        commune = OrgUnit.objects.get(name="Xã Mường So")
        officer = factories.make_user("xa.muongso", "Lý A Páo", role="commune_officer", unit=commune)
        producer = factories.make_producer(commune, owner=factories.make_user("chuthe.xuan", "Lò Thị Xuân"))

    def write():
        by = User.objects.get(pk=officer.pk)
        return write_visit(Producer.objects.get(pk=producer.pk), facts(kind="money"), by=by).pk

    said = at_once(tenant.pk, write, write, refusals=(ValidationError,))
    with tenant_scope(tenant.pk):
        assert said == [CoachingVisit.objects.get().pk] * 2
        write_visit(producer, facts(kind="money", advice="Vay vốn"), by=officer)
        assert CoachingVisit.objects.count() == 2
