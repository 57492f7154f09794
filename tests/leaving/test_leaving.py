"""Who leaves: all her open work seen, handed on in one deed, nothing silently, nothing twice, nothing of another's."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ocop.audit.models import Entry
from ocop.leaving.handing import hand_over, receive
from ocop.leaving.reach import ending, people_of
from ocop.leaving.work import items_of, open_work
from ocop.notices.models import Notice
from ocop.orgs.models import Departure, Membership, OrgUnit, Person, User
from ocop.reports.home import blocks_for
from ocop.tenancy.scope import tenant_scope
from products.coaching.log import write_visit
from products.desks.checking import save_check
from products.models import Exclusion, ProducerMember
from products.producers.members import add_member
from tests import factories
from tests.evaluation import makers
from tests.races import at_once

T = "/lai-chau"
FACTS = {"kind": "visit", "advice": "Sửa nhãn", "next_step": "Gửi mẫu nhãn mới"}


@pytest.fixture
def successor(lai_chau):
    return factories.make_user("xa.moi", "Lù Văn Mới")


@pytest.fixture
def filed(commune, commune_officer):
    """A dossier that the officer has begun to check, and one that nobody has."""
    begun = factories.make_complete_dossier(commune, state="submitted", name="Chè đang xem")
    factories.make_complete_dossier(commune, state="submitted", name="Chè chưa xem")
    save_check(begun, "registration", "ok", by=commune_officer)
    return begun


@pytest.fixture
def visit(filed, commune_officer):
    return write_visit(filed.product.producer, FACTS, by=commune_officer)


def person_of(user):
    return Person.objects.get(user=user)


def labels(leaver, reader):
    return {group.kind.code: [line.label for line in group.lines] for group in open_work(leaver, reader)}


def keys(leaver, reader):
    return [
        line.key for group in open_work(leaver, reader) if not group.kind.elsewhere for line in group.lines
    ]


def given(leaver, successor, by, **more):
    more = {"chosen": keys(leaver, by), "last_day": timezone.localdate(), "decision_number": "12/QĐ-UBND",
            "token": uuid.uuid4()} | more  # fmt: skip
    return hand_over(person_of(leaver), successor, by=by, **more)


def test_everything_open_is_seen(filed, visit, commune_officer, officer):
    assert labels(commune_officer, officer) == {
        "role": ["Cán bộ xã, phường, Xã Mường So"], "check": ["Chè đang xem"], "coaching": ["Gửi mẫu nhãn mới"],
    }  # fmt: skip


def test_handed_over_in_one_deed_and_the_trail_keeps_both_names(
    filed, visit, commune_officer, successor, officer
):
    deed = given(commune_officer, successor, officer, note="Gấp: nhãn chè")
    today = timezone.localdate()
    old, new = Membership.objects.filter(role="commune_officer").order_by("pk")
    assert (old.user, old.ends_on, new.user, new.starts_on) == (commune_officer, today, successor, today)
    assert new.decision_number == "12/QĐ-UBND"
    visit.refresh_from_db()
    assert (visit.coach, visit.followed_by) == (commune_officer, successor)
    said = Entry.objects.about(filed).get(action="dossier.handed_over")
    assert said.note == "Vàng Thị Mẩy bàn giao cho Lù Văn Mới, theo 12/QĐ-UBND"
    assert filed.checks.get().checked_by == commune_officer
    assert Notice.objects.get(user=successor, kind="departure.received").subject.startswith(
        "Bạn nhận bàn giao 3 việc"
    )
    assert labels(commune_officer, officer) == {}
    assert labels(successor, officer)["check"] == ["Chè đang xem"]
    assert min(deed.items) == ["check", filed.pk]


def test_the_successor_finds_it_at_home_until_she_has_looked(
    filed, visit, commune_officer, successor, officer, signed_in
):
    deed = given(commune_officer, successor, officer)
    fresh = User.objects.get(pk=successor.pk)
    found = {it.key: [task.label for task in it.tasks] for it in blocks_for(fresh, on=timezone.localdate())}
    assert found["handed"] == ["Xem 3 việc Vàng Thị Mẩy bàn giao cho bạn"]
    assert found["commune"]
    page = signed_in(successor).get(f"{T}/departures/{deed.pk}/").content.decode()
    assert f"{T}/dossiers/{filed.pk}/" in page
    assert signed_in(successor).post(f"{T}/departures/{deed.pk}/receive/").status_code == 302
    with pytest.raises(PermissionDenied):
        receive(deed, by=officer)
    again = blocks_for(User.objects.get(pk=successor.pk), on=timezone.localdate())
    assert "handed" not in {it.key for it in again}


def test_whose_term_ends_is_listed_until_the_role_is_handed_over(
    commune, commune_officer, successor, officer
):
    today = timezone.localdate()
    assert not ending(officer, on=today).exists()
    Membership.objects.filter(user=commune_officer).update(ends_on=today + dt.timedelta(days=30))
    assert [it.user for it in ending(officer, on=today)] == [commune_officer]
    found = blocks_for(officer, on=today)[0]
    assert "1 vai trò vừa hết hoặc sắp hết hạn: bàn giao việc" in [it.label for it in found.tasks]
    given(commune_officer, successor, officer)
    assert not ending(officer, on=today).exists()


def test_what_is_not_ticked_stays_in_sight(filed, visit, commune_officer, successor, officer):
    roles = [key for key in keys(commune_officer, officer) if key.startswith("role")]
    given(commune_officer, successor, officer, chosen=roles)
    assert labels(commune_officer, officer) == {"check": ["Chè đang xem"], "coaching": ["Gửi mẫu nhãn mới"]}


def test_work_without_the_right_to_it_is_refused_whole(filed, visit, commune_officer, successor, officer):
    rest = [key for key in keys(commune_officer, officer) if not key.startswith("role")]
    with pytest.raises(ValidationError) as refused:
        given(commune_officer, successor, officer, chosen=rest)
    assert "Chè đang xem" in refused.value.message_dict["successor"][0]
    assert not Departure.objects.exists()
    visit.refresh_from_db()
    assert visit.followed_by is None


def test_who_is_shut_out_takes_nothing_over_and_hears_of_nothing(
    filed, commune_officer, successor, officer, province
):
    second = factories.make_user("tinh.2", "Cà Thị Hai", role="officer", unit=province)
    Exclusion.objects.create(dossier=filed, user=successor)
    Exclusion.objects.create(dossier=filed, user=second)
    assert "check" not in labels(commune_officer, second)
    with pytest.raises(ValidationError, match="chưa có quyền"):
        given(commune_officer, successor, officer)
    third = factories.make_user("xa.ba", "Lù Thị Ba")
    deed = given(commune_officer, third, officer)
    groups, hidden = items_of(deed, second)
    assert ([it.kind.code for it in groups], hidden) == (["role"], 1)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"decision_number": " "}, "decision_number"),
        ({"chosen": []}, "chosen"),
        ({"chosen": ["role:999999"]}, "chosen"),
        ({"chosen": ["rubbish"]}, "chosen"),
        ({"last_day": dt.date(2001, 1, 1)}, "last_day"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(filed, commune_officer, successor, officer, more, field):
    with pytest.raises(ValidationError) as refused:
        given(commune_officer, successor, officer, **more)
    assert list(refused.value.message_dict) == [field]
    assert Membership.objects.filter(role="commune_officer").count() == 1


def test_to_herself_or_to_a_locked_account_is_refused(filed, commune_officer, successor, officer):
    with pytest.raises(ValidationError, match="người khác"):
        given(commune_officer, commune_officer, officer)
    User.objects.filter(pk=successor.pk).update(is_active=False)
    with pytest.raises(ValidationError, match="tài khoản"):
        given(commune_officer, User.objects.get(pk=successor.pk), officer)


def test_the_same_form_sent_twice_is_one_deed(filed, commune_officer, successor, officer):
    token, chosen = uuid.uuid4(), keys(commune_officer, officer)
    first = given(commune_officer, successor, officer, token=token, chosen=chosen)
    assert given(commune_officer, successor, officer, token=token, chosen=chosen) == first
    assert Membership.objects.filter(role="commune_officer").count() == 2


def test_two_officers_at_once_hand_it_over_once(transactional_db):
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        factories.make_units(tenant)
        province = OrgUnit.objects.get(parent=None)
        commune = OrgUnit.objects.get(name="Xã Mường So")
        leaver = factories.make_user("xa.1", "Vàng Thị Một", role="commune_officer", unit=commune)
        heirs = [factories.make_user(f"xa.{n}", f"Lù Thị {n}") for n in (2, 3)]
        officers = [
            factories.make_user(f"tinh.{n}", f"Cà {n}", role="officer", unit=province) for n in (1, 2)
        ]
        chosen = keys(leaver, officers[0])

    def give(n):
        by, heir = (User.objects.get(pk=it.pk) for it in (officers[n], heirs[n]))
        return given(User.objects.get(pk=leaver.pk), heir, by, chosen=chosen).pk

    said = at_once(tenant.pk, lambda: give(0), lambda: give(1), refusals=(ValidationError, PermissionDenied))
    with tenant_scope(tenant.pk):
        assert Departure.objects.get().pk in said
        assert sum(isinstance(it, Exception) for it in said) == 1
        assert Membership.objects.filter(role="commune_officer", unit=commune).count() == 2


def test_a_consultant_leaves_her_producers_for_the_rest_of_the_term(
    filed, commune_officer, successor, officer
):
    consultant = factories.make_user("tuvan.1", "Tao Văn Tư")
    producer, until = filed.product.producer, timezone.localdate() + dt.timedelta(days=40)
    add_member(producer, consultant, by=officer, role="consultant", ends_on=until)
    assert labels(consultant, officer) == {"producer": [f"Tư vấn: {producer.name}"]}
    given(consultant, successor, officer)
    new = ProducerMember.objects.current().get(user=successor)
    assert (new.role, new.ends_on) == ("consultant", until)
    assert not ProducerMember.objects.current().filter(user=consultant).exists()


def test_handed_on_twice_it_comes_to_the_last(filed, commune_officer, successor, officer):
    given(commune_officer, successor, officer)
    third = factories.make_user("xa.ba", "Lù Thị Ba")
    given(User.objects.get(pk=successor.pk), third, officer)
    assert labels(successor, officer) == {}
    assert labels(third, officer)["check"] == ["Chè đang xem"]


def test_seats_are_shown_and_handed_over_by_their_own_decision(
    filed, province, officer, leader, commune_officer, successor
):
    members = [*makers.make_members(3), commune_officer]
    council = makers.make_council(province, members, officer=officer, leader=leader)
    groups = {it.kind.code: it for it in open_work(commune_officer, officer)}
    assert groups["seat"].lines[0].url == f"/councils/{council.pk}/"
    with pytest.raises(ValidationError) as refused:
        given(commune_officer, successor, officer, chosen=[groups["seat"].lines[0].key])
    assert list(refused.value.message_dict) == ["chosen"]


def test_a_term_that_is_over_is_still_handed_over(commune, commune_officer, successor, officer):
    over = timezone.localdate() - dt.timedelta(days=10)
    Membership.objects.filter(user=commune_officer).update(
        ends_on=over, starts_on=over - dt.timedelta(days=300)
    )
    given(commune_officer, successor, officer)
    assert Membership.objects.get(user=commune_officer).ends_on == over
    assert Membership.objects.get(user=successor).role == "commune_officer"


def test_an_officer_hands_on_no_signature_and_no_administration(leader, tenant_admin, officer, successor):
    assert labels(leader, officer) == {}
    assert labels(leader, tenant_admin) == {"role": ["Lãnh đạo ký, Tỉnh Lai Châu"]}
    assert not people_of(officer).filter(user__in=[leader, tenant_admin]).exists()
    with pytest.raises(PermissionDenied):
        given(leader, successor, officer, chosen=[f"role:{Membership.objects.get(user=leader).pk}"])


def test_pages(filed, visit, commune_officer, successor, officer, advisor, stranger, signed_in):
    tab, pk = signed_in(officer), person_of(commune_officer).pk
    Membership.objects.filter(user=commune_officer).update(
        ends_on=timezone.localdate() + dt.timedelta(days=9)
    )
    assert "Vàng Thị Mẩy" in tab.get(f"{T}/departures/").content.decode()
    assert f"/departures/people/{pk}/" in tab.get(f"{T}/departures/?q=mẩy").content.decode()
    url = f"{T}/departures/people/{pk}/"
    page = tab.get(url).content.decode()
    assert page.count("checked") == 3
    bad = tab.post(url, {"successor": successor.pk})
    assert bad.status_code == 422
    sent = {"successor": successor.pk, "last_day": "31/12/2026", "decision_number": "5/QĐ", "token": uuid.uuid4(),
            "chosen": keys(commune_officer, officer)}  # fmt: skip
    done = tab.post(url, sent)
    deed = Departure.objects.get()
    assert done["Location"] == f"{T}/departures/{deed.pk}/"
    assert tab.post(url, sent)["Location"] == done["Location"]
    assert tab.get(done["Location"]).status_code == 200
    for user in (advisor, commune_officer):
        assert signed_in(user).get(url).status_code == 403
    assert signed_in(advisor).get(done["Location"]).status_code == 404
    assert signed_in(stranger).get(f"{T}/departures/").status_code in (302, 403, 404)
    assert signed_in(stranger).get(done["Location"]).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_often_for_one_as_for_three(
    commune, commune_officer, officer, signed_in, django_assert_num_queries, rows
):
    for n in range(rows):
        dossier = factories.make_complete_dossier(commune, state="submitted", name=f"Chè {n}")
        save_check(dossier, "registration", "ok", by=commune_officer)
    tab, url = signed_in(officer), f"{T}/departures/people/{person_of(commune_officer).pk}/"
    tab.get(url)
    with django_assert_num_queries(28):
        assert tab.get(url).status_code == 200
