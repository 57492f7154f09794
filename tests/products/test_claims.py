"""A producer that is in the register already is claimed, not made twice; the commune decides on what was typed."""

import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from ocop.audit.models import Entry
from ocop.notices.models import Notice
from ocop.orgs.models import OrgUnit, User
from ocop.tenancy.scope import tenant_scope
from products.models import Claim, Producer
from products.producers.claims import claim_producer, compared
from products.producers.doubles import are_alike, doubles_of, name_key
from products.producers.members import add_person
from products.producers.registration import change_producer, register_producer
from products.workflow import CLAIM
from tests import factories
from tests.factories import PASSWORD, make_producer, make_user

T = "/lai-chau"


@pytest.fixture
def known(commune, commune_officer):
    """In the register since the officer entered it; nobody acts for it."""
    return make_producer(commune, name="Hợp tác xã Chè Mường So", number="6200.045.678")


@pytest.fixture
def typed(commune):
    """What Tẩn Mẩy Lan types, who has no account yet."""
    return {"unit": commune.pk, "kind": "cooperative", "name": "HTX Mường So, chè", "person_name": "Tẩn Mẩy Lan",
            "username": "0987654321", "password": PASSWORD, "phone": "0987654321",
            "registration_number": "6200045678"}  # fmt: skip


@pytest.fixture
def claim(known, commune, nobody):
    return claim_producer(
        known,
        unit=commune,
        name="HTX chè Mường So",
        registration_number="6200045678",
        phone="0987654321",
        by=nobody,
    )


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Hợp tác xã Chè Mường So", "HTX Mường So - chè", True),
        ("CÔNG TY TNHH MTV Trà Tam Đường", "Tra Tam Duong", True),
        ("Hộ kinh doanh Lò Thị Xuân", "Hộ bà Lò Thị Xuân", True),
        ("Hộ ông Giàng A Páo", "Giàng A Páo", True),
        ("Tổ hợp tác miến dong Bình Lư", "Miến dong Bình Lư", True),
        ("Hợp tác xã Mường So", "Hợp tác xã Mường Khoa", False),
        ("Hộ A", "Hộ B", False),
        ("Hợp tác xã", "HTX", False),
    ],
)
def test_names_are_alike_but_for_accents_order_and_legal_form(one, other, alike):
    assert are_alike(one, other) is alike


def test_a_name_of_a_legal_form_alone_is_itself():
    assert name_key("Hợp tác xã") == "hop tac xa"


def test_what_points_at_it_is_said_and_the_surest_comes_first(commune, other_commune, known):
    alike = make_producer(commune, name="HTX chè Mường So")
    change_producer(alike, {"phone": "0911 111 111"}, by=alike.created_by)
    found = doubles_of(
        commune, name="Chè Mường So", registration_number="6200-045-678", phone="+84 911111111"
    )
    assert [(it.producer, it.why) for it in found] == [
        (known, "trùng số đăng ký hoặc mã số thuế, tên gần giống"),
        (alike, "trùng số điện thoại, tên gần giống"),
    ]
    assert doubles_of(other_commune, name="Chè Mường So") == []
    assert doubles_of(commune, name="Măng khô Nậm Xe") == []


def test_a_producer_of_a_commune_that_was_merged_is_found(commune, officer):
    old = Producer.objects.create(
        unit=OrgUnit.objects.get(name="Xã Khổng Lào"), kind="farm", name="Trang trại Khổng Lào"
    )
    assert [it.producer for it in doubles_of(commune, name="Trang trại Khổng Lào")] == [old]


def test_who_registers_it_is_shown_it_and_claims_it(typed, known, commune_officer, client, signed_in):
    url = f"{T}/producers/register/"
    asked = client.post(url, typed)
    assert asked.status_code == 422
    assert "Xin nhận Hợp tác xã Chè Mường So (Xã Mường So)" in asked.content.decode()
    assert "thêm chủ thể mới" not in asked.content.decode()
    assert 'value="HTX Mường So, chè"' in asked.content.decode()
    done = client.post(url, {**typed, "double": known.pk})
    claim = Claim.objects.get()
    assert done["Location"] == f"{T}/claims/{claim.pk}/"
    assert Producer.objects.count() == 1
    own = client.get(done["Location"]).content.decode()
    assert "đang so thông tin bạn khai" in own
    assert "6200.045.678" not in own
    assert client.get(f"{T}/producers/{known.pk}/").status_code == 404
    assert Notice.objects.get(user=commune_officer, kind="claim.made").url == f"claims/{claim.pk}/"
    page = signed_in(commune_officer).get(done["Location"]).content.decode()
    assert "6200.045.678" in page
    assert page.count("Không khớp") == 1  # the phone
    tab = signed_in(commune_officer)
    assert "Trả lời 1 yêu cầu nhận chủ thể" in tab.get(f"{T}/").content.decode()
    for page in (f"{T}/producers/", f"{T}/producers/{known.pk}/"):
        assert f"/claims/{claim.pk}/" in tab.get(page).content.decode()
    assert signed_in(commune_officer).post(f"{done['Location']}steps/approve/").status_code == 302
    assert client.get(f"{T}/producers/{known.pk}/").status_code == 200
    assert known.people.get().role == "owner"


def test_the_same_number_is_never_registered_twice(typed, known, client, commune, commune_officer, signed_in):
    sent = client.post(f"{T}/producers/register/", {**typed, "double": "new"})
    assert sent.status_code == 422
    with pytest.raises(ValidationError) as refused:
        register_producer(
            unit=commune,
            kind="farm",
            name="Khác",
            by=commune_officer,
            facts={"registration_number": "6200 045678"},
        )
    (words,) = refused.value.message_dict["registration_number"]
    assert words.startswith("“Hợp tác xã Chè Mường So” (Xã Mường So) đã đăng ký số này.")
    page = signed_in(commune_officer).post(
        f"{T}/producers/new/",
        {"unit": commune.pk, "kind": "farm", "name": "X", "registration_number": "6200045678"},
    )
    assert "đã đăng ký số này" in " ".join(page.context["form"].errors["registration_number"])
    assert f"/producers/{known.pk}/" in page.content.decode()
    other = make_producer(commune, name="HTX khác")
    with pytest.raises(ValidationError, match="đã đăng ký số này"):
        change_producer(other, {"registration_number": "6200045678"}, by=commune_officer)
    assert Producer.objects.count() == 2


def test_two_who_enter_one_number_at_the_same_moment_make_one_producer(transactional_db):
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        factories.make_units(tenant)
        commune = OrgUnit.objects.get(name="Xã Mường So")
        officer = make_user("xa.muongso", "Vàng Thị Mẩy", role="commune_officer", unit=commune)
    start, said = threading.Barrier(2), []

    def register(name):
        with tenant_scope(tenant.pk):
            by, facts = User.objects.get(pk=officer.pk), {"registration_number": "6200045678"}
            start.wait(30)
            try:
                register_producer(unit=commune, kind="farm", name=name, by=by, facts=facts)
            except ValidationError as refused:
                said.append(list(refused.message_dict))
            else:
                said.append([])
        connection.close()

    threads = [threading.Thread(target=register, args=(name,)) for name in ("Trại Một", "Trại Hai")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(said) == [[], ["registration_number"]]


def test_one_that_only_looks_alike_may_be_registered_all_the_same(typed, known, client):
    given = {**typed, "registration_number": "77"}
    assert "Không phải các chủ thể trên" in client.post(f"{T}/producers/register/", given).content.decode()
    assert client.post(f"{T}/producers/register/", {**given, "double": "new"}).status_code == 302
    assert Producer.objects.count() == 2


def test_the_officer_is_asked_too_and_cannot_claim(known, commune, commune_officer, signed_in):
    given = {"unit": commune.pk, "kind": "cooperative", "name": "Chè Mường So"}
    tab = signed_in(commune_officer)
    page = tab.post(f"{T}/producers/new/", given).content.decode()
    assert "Có thể đã có trong sổ" in page
    assert "Xin nhận" not in page
    assert tab.post(f"{T}/producers/new/", {**given, "double": "new"}).status_code == 302


def test_nothing_that_was_not_typed_can_be_claimed(known, commune, nobody, client, typed):
    with pytest.raises(ValidationError, match="không khớp"):
        claim_producer(known, unit=commune, name="Măng khô", registration_number="1", by=nobody)
    client.post(f"{T}/producers/register/", {**typed, "name": "Măng khô", "registration_number": "1",
                                            "double": known.pk})  # fmt: skip
    assert not Claim.objects.exists()


def test_twice_at_once_or_by_her_own_people_is_refused(claim, known, commune, nobody, commune_officer):
    given = {"unit": commune, "name": "HTX chè Mường So", "registration_number": "6200045678"}
    with pytest.raises(ValidationError, match="đã xin nhận"):
        claim_producer(known, by=nobody, **given)
    CLAIM.take("approve", claim, by=commune_officer)
    with pytest.raises(ValidationError, match="đang làm việc cho chủ thể này"):
        claim_producer(known, by=nobody, **given)


def test_owners_hear_of_the_claim_and_of_its_end(known, commune, commune_officer, owner, nobody):
    add_person(known, owner.username, role="owner", by=commune_officer)
    claim = claim_producer(known, unit=commune, name=known.name, by=nobody)
    assert "hãy báo ngay cho Xã Mường So" in Notice.objects.get(user=owner, kind="claim.made").body
    CLAIM.take("approve", claim, by=commune_officer)
    told = Notice.objects.filter(user=owner, kind="producer.joined").latest("pk")
    assert told.subject == "Hợp tác xã Chè Mường So có thêm chủ sở hữu: Tẩn Mẩy Lan"
    assert Notice.objects.filter(user=nobody, kind="producer.joined").count() == 1
    entry = Entry.objects.about(claim).first()
    assert (entry.action, entry.role, entry.after) == ("claim.approve", "commune_officer", "approved")


def test_refused_with_a_reason(claim, commune_officer, nobody, signed_in):
    url = f"{T}/claims/{claim.pk}/steps/refuse/"
    assert signed_in(commune_officer).post(url, {"note": ""}).status_code == 422
    assert signed_in(commune_officer).post(url, {"note": "Số điện thoại không đúng"}).status_code == 302
    assert Notice.objects.get(user=nobody, kind="claim.refused").body == "Số điện thoại không đúng"
    page = signed_in(nobody).get(f"{T}/claims/{claim.pk}/").content.decode()
    assert "Số điện thoại không đúng" in page
    with pytest.raises(ValidationError, match="làm trước bạn"):
        CLAIM.take("approve", claim, by=commune_officer)


def test_an_officer_does_not_decide_on_her_own_claim(known, commune, commune_officer, officer):
    mine = claim_producer(known, unit=commune, name=known.name, by=commune_officer)
    with pytest.raises(ValidationError, match="chính mình"):
        CLAIM.take("approve", mine, by=commune_officer)
    CLAIM.take("approve", mine, by=officer)


def test_only_she_and_those_who_decide_see_it(
    claim, nobody, commune_officer, officer, owner, advisor, stranger, other_commune, signed_in
):
    url = f"{T}/claims/{claim.pk}/"
    other = make_user("xa.tanphong", "Lý A Sa", role="commune_officer", unit=other_commune)
    seen = {user: signed_in(user).get(url).status_code for user in (nobody, commune_officer, officer)}
    assert set(seen.values()) == {200}
    for user in (owner, advisor, stranger, other):
        assert signed_in(user).get(url).status_code == 404
        assert signed_in(user).get(f"{T}/api/claims/{claim.pk}/").status_code == 404
    assert signed_in(nobody).get(f"{url}steps/approve/").status_code == 403
    with pytest.raises(PermissionDenied):
        CLAIM.take("approve", claim, by=nobody)


def test_the_officer_sees_what_agrees(claim):
    assert [row["agrees"] for row in compared(claim)] == [True, False, True]


def test_api_finds_claims_and_decides(known, commune, nobody, commune_officer, signed_in):
    api, url = signed_in(nobody), f"{T}/api/claims/"
    typed = {"unit": commune.pk, "name": "HTX chè Mường So", "registration_number": "6200045678"}
    refused = api.post(f"{T}/api/producers/", {**typed, "kind": "farm"}, content_type="application/json")
    assert list(refused.json()["errors"]) == ["registration_number"]
    alike = {**typed, "kind": "farm", "registration_number": "77"}
    asked = api.post(f"{T}/api/producers/", alike, content_type="application/json")
    assert (asked.status_code, list(asked.json()["errors"])) == (400, ["is_new"])
    made = api.post(f"{T}/api/producers/", {**alike, "is_new": True}, content_type="application/json")
    assert made.status_code == 201, made.content
    found = api.post(f"{url}matches/", typed, content_type="application/json").json()
    assert found[0] | {"why": ""} == {
        "producer": known.pk, "name": known.name, "unit": "Xã Mường So", "why": "",
    }  # fmt: skip
    bad = api.post(url, {**typed, "producer": 0}, content_type="application/json")
    assert (bad.status_code, list(bad.json()["errors"])) == (400, ["producer"])
    claimed = api.post(url, {**typed, "producer": known.pk}, content_type="application/json")
    assert (claimed.status_code, claimed.json()["state"]) == (201, "open")
    step = f"{url}{claimed.json()['id']}/steps/approve/"
    assert api.post(step, {}, content_type="application/json").status_code == 403
    done = signed_in(commune_officer).post(step, {}, content_type="application/json")
    assert done.json()["state"] == "approved"
