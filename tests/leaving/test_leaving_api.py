"""Who leaves, over the API: her open work, the deed once, to whom it may go, who sees it and who says that she has looked."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from ocop.orgs.models import Departure, Membership, Person
from products.coaching.log import write_visit
from products.desks.checking import save_check
from products.producers.members import add_member
from tests import factories

T = "/lai-chau"
FACTS = {"kind": "visit", "advice": "Sửa nhãn", "next_step": "Gửi mẫu nhãn mới"}


@pytest.fixture
def successor(lai_chau):
    return factories.make_user("xa.moi", "Lù Văn Mới")


@pytest.fixture
def filed(commune, commune_officer):
    begun = factories.make_complete_dossier(commune, state="submitted", name="Chè đang xem")
    save_check(begun, "registration", "ok", by=commune_officer)
    return begun


@pytest.fixture
def visit(filed, commune_officer):
    return write_visit(filed.product.producer, FACTS, by=commune_officer)


def address(user):
    return f"{T}/api/leavers/{Person.objects.get(user=user).pk}/"


def keys(tab, user):
    groups = tab.get(f"{address(user)}work/").json()
    return [line["key"] for group in groups if not group["elsewhere"] for line in group["lines"]]


def body(successor, chosen, **more):
    return {"successor": successor.pk, "chosen": chosen, "last_day": f"{timezone.localdate()}",
            "decision_number": "12/QĐ-UBND", "token": str(uuid.uuid4())} | more  # fmt: skip


def send(tab, user, sent):
    return tab.post(f"{address(user)}hand-over/", sent, content_type="application/json")


def test_her_work_is_read_and_handed_on_in_one_deed(
    filed, visit, commune_officer, successor, officer, signed_in
):
    tab = signed_in(officer)
    listed = tab.get(f"{T}/api/leavers/?q=mẩy").json()["results"]
    assert [(it["user"], it["name"]) for it in listed] == [(commune_officer.pk, "Vàng Thị Mẩy")]
    assert tab.get(address(commune_officer)).json() == listed[0]
    work = {it["kind"]: it for it in tab.get(f"{address(commune_officer)}work/").json()}
    assert list(work) == ["role", "check", "coaching"]
    assert work["check"]["lines"] == [
        {"key": f"check:{filed.pk}", "label": "Chè đang xem", "url": f"{T}/dossiers/{filed.pk}/",
         "sub": work["check"]["lines"][0]["sub"]}
    ]  # fmt: skip
    found = tab.get(f"{address(commune_officer)}successors/?q=mới").json()["results"]
    assert found == [{"id": successor.pk, "name": "Lù Văn Mới", "position": ""}]
    sent = body(successor, keys(tab, commune_officer), note="Gấp: nhãn chè")
    made = send(tab, commune_officer, sent)
    assert made.status_code == 201, made.content
    deed = Departure.objects.get()
    assert made.json() | {"at": "", "by": ""} == {
        "id": deed.pk, "unit": deed.unit_id, "user": commune_officer.pk, "user_name": "Vàng Thị Mẩy",
        "successor": successor.pk, "successor_name": "Lù Văn Mới", "last_day": sent["last_day"],
        "decision_number": "12/QĐ-UBND", "note": "Gấp: nhãn chè", "received_at": None, "at": "", "by": "",
    }  # fmt: skip
    assert Membership.objects.filter(user=successor, role="commune_officer").exists()
    visit.refresh_from_db()
    assert visit.followed_by == successor
    assert tab.get(f"{address(commune_officer)}work/").json() == []


def test_sent_twice_it_is_one_deed_even_where_the_first_took_her_out_of_sight(
    filed, successor, officer, signed_in
):
    consultant = factories.make_user("tuvan.1", "Tao Văn Tư")
    until = timezone.localdate() + dt.timedelta(days=40)
    add_member(filed.product.producer, consultant, by=officer, role="consultant", ends_on=until)
    tab = signed_in(officer)
    sent = body(successor, keys(tab, consultant))
    first = send(tab, consultant, sent)
    assert tab.get(address(consultant)).status_code == 404
    assert send(tab, consultant, sent).json() == first.json()
    assert send(tab, consultant, sent | {"token": str(uuid.uuid4())}).status_code == 404
    for useless in ({}, [], {"token": "x"}):
        assert send(tab, consultant, useless).status_code == 404
    assert Departure.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"successor": 0}, "successor"),
        ({"successor": 10**30}, "successor"),
        ({"chosen": []}, "chosen"),
        ({"chosen": ["role:999999"]}, "chosen"),
        ({"last_day": "2001-01-01"}, "last_day"),
        ({"decision_number": " "}, "decision_number"),
        ({"token": ""}, "token"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    filed, commune_officer, successor, officer, signed_in, more, field
):
    tab = signed_in(officer)
    refused = send(tab, commune_officer, body(successor, keys(tab, commune_officer)) | more)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, [field])
    assert not Departure.objects.exists()


def test_to_herself_or_one_without_the_right_it_does_not_go(
    filed, commune_officer, successor, officer, signed_in
):
    tab = signed_in(officer)
    chosen = keys(tab, commune_officer)
    own = send(tab, commune_officer, body(commune_officer, chosen))
    rest = send(tab, commune_officer, body(successor, [it for it in chosen if not it.startswith("role")]))
    for refused in (own, rest):
        assert (refused.status_code, list(refused.json()["errors"])) == (400, ["successor"])
    successor.is_active = False
    successor.save(update_fields=["is_active"])
    assert send(tab, commune_officer, body(successor, chosen)).status_code == 400
    assert not Departure.objects.exists()


def test_who_may_not_hand_on_finds_nobody(
    filed, commune_officer, successor, officer, advisor, stranger, signed_in
):
    chosen, owner = keys(signed_in(officer), commune_officer), filed.product.producer.people.first().user
    for who in (commune_officer, advisor, owner, stranger):
        tab = signed_in(who)
        assert tab.get(f"{T}/api/leavers/").status_code == 403
        assert tab.get(f"{T}/api/leavers/ending/").status_code == 403
        for what in ("", "work/", "successors/"):
            assert tab.get(f"{address(commune_officer)}{what}").status_code == 404
        assert send(tab, commune_officer, body(successor, chosen)).status_code == 404
        assert send(tab, commune_officer, {}).status_code == 404
    there = address(commune_officer).replace(T, "/thai-nguyen", 1)
    assert signed_in(stranger).get(there).status_code == 404
    assert not Departure.objects.exists()


def test_whose_term_ends_soon(filed, commune, commune_officer, successor, officer, signed_in):
    tab, today = signed_in(officer), timezone.localdate()
    assert tab.get(f"{T}/api/leavers/ending/").json() == []
    Membership.objects.filter(user=commune_officer).update(ends_on=today + dt.timedelta(days=9))
    assert tab.get(f"{T}/api/leavers/ending/").json() == [
        {"leaver": Person.objects.get(user=commune_officer).pk, "name": "Vàng Thị Mẩy", "role": "commune_officer",
         "unit": commune.pk, "ends_on": f"{today + dt.timedelta(days=9)}"}
    ]  # fmt: skip
    send(tab, commune_officer, body(successor, keys(tab, commune_officer)))
    assert tab.get(f"{T}/api/leavers/ending/").json() == []


def test_the_successor_reads_the_deed_and_says_that_she_has_looked(
    filed, visit, commune_officer, successor, officer, advisor, stranger, signed_in
):
    tab = signed_in(officer)
    pk = send(tab, commune_officer, body(successor, keys(tab, commune_officer))).json()["id"]
    url = f"{T}/api/departures/{pk}/"
    hers = signed_in(successor)
    assert [it["id"] for it in hers.get(f"{T}/api/departures/").json()["results"]] == [pk]
    whole = hers.get(url).json()
    assert {it["kind"]: [line["label"] for line in it["lines"]] for it in whole["work"]} == {
        "role": ["Cán bộ xã, phường, Xã Mường So"], "check": ["Chè đang xem"], "coaching": ["Gửi mẫu nhãn mới"],
    }  # fmt: skip
    assert (whole["departure"]["id"], whole["hidden"]) == (pk, 0)
    assert tab.post(f"{url}receive/").status_code == 403
    said = hers.post(f"{url}receive/").json()["received_at"]
    assert said is not None
    assert hers.post(f"{url}receive/").json()["received_at"] == said  # a second tap changes nothing
    for who in (advisor, stranger):
        assert signed_in(who).get(url).status_code == 404
        assert signed_in(who).post(f"{url}receive/").status_code == 404
    assert signed_in(advisor).get(f"{T}/api/departures/").json()["results"] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_one_and_three_are_asked_as_often(
    commune, commune_officer, successor, officer, signed_in, django_assert_num_queries, rows
):
    for n in range(rows):
        dossier = factories.make_complete_dossier(commune, state="submitted", name=f"Chè {n}")
        save_check(dossier, "registration", "ok", by=commune_officer)
        leaver = factories.make_user(f"xa.{n}", f"Lù Thị {n}", role="commune_officer", unit=commune)
        Membership.objects.filter(user=leaver).update(ends_on=timezone.localdate())
    tab = signed_in(officer)
    tab.get(f"{address(commune_officer)}work/")
    with django_assert_num_queries(25):
        tab.get(f"{address(commune_officer)}work/")
    with django_assert_num_queries(11):
        assert len(tab.get(f"{T}/api/leavers/ending/").json()) == rows
    with django_assert_num_queries(13):
        tab.get(f"{address(commune_officer)}successors/")
    for n in range(rows):
        leaver = Person.objects.get(user__username=f"xa.{n}").user
        assert send(tab, leaver, body(successor, keys(tab, leaver))).status_code == 201
    with django_assert_num_queries(13):
        assert len(tab.get(f"{T}/api/departures/").json()["results"]) == rows
