"""Producers: registered by themselves or by the commune; confirmed or not; products with their place."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError

from ocop.notices.models import Notice
from ocop.orgs.models import User
from plans.models import Round
from products.dossiers.filing import kinds_for, open_rounds, start_dossier
from products.making import change_product, make_product, set_choices
from products.models import Producer, ProducerPersonal
from products.producers.registration import register_producer, save_personal
from products.workflow import PRODUCER
from tests import factories
from tests.factories import PASSWORD, make_producer

T = "/lai-chau"


@pytest.fixture
def facts(commune):
    return {"unit": commune.pk, "kind": "household", "name": "Hộ bà Mẩy", "person_name": "Tẩn Mẩy Lan",
            "username": "0987654321", "password": PASSWORD, "phone": "0987654321"}  # fmt: skip


def test_anyone_registers_and_the_commune_is_told(facts, commune_officer, client):
    answer = client.post(f"{T}/producers/register/", facts)
    producer = Producer.objects.get()
    assert answer["Location"] == f"{T}/producers/{producer.pk}/"
    assert (producer.state, producer.people.get().user.username) == ("applied", "0987654321")
    assert producer.people.get().user.person.name == "Tẩn Mẩy Lan"
    assert Notice.objects.get(user=commune_officer).kind == "producer.applied"
    page = client.get(answer["Location"])
    assert "đang xem đăng ký" in page.content.decode()


def test_a_known_person_registers_without_a_new_account(facts, nobody, signed_in):
    tab = signed_in(nobody)
    assert 'name="password"' not in tab.get(f"{T}/producers/register/").content.decode()
    users = User.objects.count()
    assert tab.post(f"{T}/producers/register/", facts).status_code == 302
    assert User.objects.count() == users
    assert Producer.objects.get().people.get().user == nobody


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("password", "12345", "ít nhất 10 ký tự"),
        ("unit", "", "còn trống"),
        ("name", "", "còn trống"),
        ("username", "xa.muongso", "đã"),
        ("username", "bà Hặc", "không có dấu cách"),
        ("phone", "12", "ít nhất 8 chữ số"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(
    facts, commune_officer, client, field, value, words
):
    users = User.objects.count()
    page = client.post(f"{T}/producers/register/", {**facts, field: value})
    assert page.status_code == 422
    text = page.content.decode()
    assert f'id="id_{field}_error"' in text
    assert words in text
    assert (Producer.objects.count(), User.objects.count()) == (0, users)


def test_every_fault_is_said_in_one_answer(facts, client):
    wrong = {"email": "khong@@", "phone": "12", "password": "123", "username": "xa muong so"}
    page = client.post(f"{T}/producers/register/", {**facts, **wrong})
    assert set(page.context["form"].errors) == set(wrong)


def test_a_registration_number_stands_once(facts, producer, client):
    page = client.post(
        f"{T}/producers/register/", {**facts, "registration_number": producer.registration_number}
    )
    assert page.status_code == 422
    assert Producer.objects.count() == 1


def test_a_robot_is_slowed_down(facts, client):
    cache.clear()
    for number in range(30):
        given = {**facts, "username": f"09{number:08d}", "phone": f"09{number:08d}", "name": f"Hộ {number}"}
        assert client.post(f"{T}/producers/register/", given).status_code == 302
        client.logout()
    assert client.post(f"{T}/producers/register/", {**facts, "username": "0999999999"}).status_code == 429
    assert Producer.objects.count() == 30
    cache.clear()


def test_the_officer_enters_one_with_and_without_an_account(
    commune, other_commune, commune_officer, signed_in
):
    tab = signed_in(commune_officer)
    page = tab.get(f"{T}/producers/new/").content.decode()
    assert commune.name in page
    assert other_commune.name not in page
    given = {"unit": commune.pk, "kind": "household", "name": "Hộ A"}
    assert tab.post(f"{T}/producers/new/", given).status_code == 302
    made = {**given, "name": "Hộ B", "username": "hob", "password": PASSWORD, "representative": "Lò Văn B"}
    assert tab.post(f"{T}/producers/new/", made).status_code == 302
    states = dict(Producer.objects.values_list("name", "state"))
    assert states == {"Hộ A": "approved", "Hộ B": "approved"}
    assert Producer.objects.get(name="Hộ B").people.get().user.username == "hob"
    assert tab.post(f"{T}/producers/new/", {**given, "unit": other_commune.pk}).status_code == 422


def test_only_those_who_confirm_producers_enter_them(owner, nobody, advisor, signed_in):
    for user in (owner, nobody, advisor):
        assert signed_in(user).get(f"{T}/producers/new/").status_code == 403


def test_refused_with_a_reason_and_told(commune, owner, commune_officer, signed_in):
    producer = register_producer(unit=commune, kind="household", name="Hộ A", by=owner, owner=owner)
    with pytest.raises(ValidationError) as refused:
        PRODUCER.take("refuse", producer, by=commune_officer, data={"note": ""})
    assert list(refused.value.message_dict) == ["note"]
    PRODUCER.take("refuse", producer, by=commune_officer, data={"note": "Chưa có đăng ký kinh doanh"})
    said = "Chưa có đăng ký kinh doanh\nCăn cứ: Điều 2 Quyết định 26/2026/QĐ-TTg."
    assert Notice.objects.get(user=owner).body == said
    with pytest.raises(PermissionDenied):
        PRODUCER.take("approve", producer, by=owner)


def test_personal_facts_stand_apart_and_only_its_people_change_them(
    producer, owner, other_owner, officer, advisor, signed_in
):
    save_personal(producer, {"gender": "male", "ethnicity": "Dao", "is_disabled": True}, by=owner)
    assert ProducerPersonal.objects.get(producer=producer).ethnicity == "Dao"
    assert signed_in(owner).get(f"{T}/producers/{producer.pk}/personal/").status_code == 200
    assert signed_in(other_owner).get(f"{T}/producers/{producer.pk}/personal/").status_code == 404
    assert signed_in(advisor).get(f"{T}/producers/{producer.pk}/personal/").status_code == 403
    assert "Dao" not in signed_in(advisor).get(f"{T}/producers/{producer.pk}/").content.decode()


def test_own_data_are_edited(producer, owner, commune_officer, advisor, stranger, signed_in):
    url = f"{T}/producers/{producer.pk}/edit/"
    given = {"kind": "cooperative", "name": "HTX Mường So mới", "phone": "0900000000"}
    assert signed_in(owner).post(url, given).status_code == 302
    producer.refresh_from_db()
    assert (producer.name, producer.phone) == ("Hợp tác xã Mường So", "0900000000")  # the name was confirmed
    given |= {"registration_number": producer.registration_number, "registered_on": "14/03/2019"}
    assert signed_in(commune_officer).post(url, given).status_code == 302
    producer.refresh_from_db()
    assert (producer.name, producer.name_ascii) == ("HTX Mường So mới", "htx muong so moi")
    assert signed_in(advisor).get(url).status_code == 403
    assert signed_in(stranger).get(url).status_code == 404


def test_the_26_sets_stand_under_their_six_categories(lai_chau):
    groups = set_choices(dt.date(2026, 11, 22))
    assert [len(sets) for _name, sets in groups] == [13, 4, 3, 2, 3, 1]


def test_a_tourism_association_brings_tourism_only(commune, commune_officer, owner):
    association = make_producer(commune, name="Hội du lịch", kind="association", owner=owner)
    assert [len(sets) for _name, sets in set_choices(dt.date(2026, 11, 22), "association")] == [1]
    with pytest.raises(ValidationError, match="chỉ tham gia với dịch vụ du lịch"):
        make_product(association, name="Chè", set_code="QD26-11", by=owner)
    assert (
        make_product(association, name="Bản Sin Suối Hồ", set_code="QD26-26", by=owner).set_code == "QD26-26"
    )


def test_a_product_is_changed_until_it_lies_at_an_office(draft, owner, make):
    change_product(draft.product, {"description": "Mới"}, by=owner)
    with pytest.raises(ValidationError, match="rút hồ sơ"):
        change_product(draft.product, {"set_code": "QD26-02"}, by=owner)
    filed = make("submitted", name="Chè đen")
    with pytest.raises(ValidationError, match="đang được xem xét"):
        change_product(filed.product, {"description": "Mới"}, by=owner)
    certified = make("recognised", name="Chè vàng")
    with pytest.raises(ValidationError, match="đã được công nhận"):
        change_product(certified.product, {"description": "Mới"}, by=owner)
    start_dossier(
        certified.product, kind="upgrade", round=factories.make_round(certified.unit, name="Đợt nâng hạng"), by=owner,
        star_aim=4, recognised_before=True,
    )  # fmt: skip
    assert change_product(certified.product, {"description": "Mới"}, by=owner).description == "Mới"


def test_product_pages(producer, draft, owner, other_owner, stranger, officer, signed_in):
    pages = (f"{T}/products/{draft.product_id}/", f"{T}/products/{draft.product_id}/edit/", f"{T}/producers/{producer.pk}/products/new/",
             f"{T}/products/{draft.product_id}/dossiers/new/")  # fmt: skip
    for page in pages:
        assert signed_in(owner).get(page).status_code == 200
        for user in (other_owner, stranger):
            assert signed_in(user).get(page).status_code == 404


def test_a_product_name_stands_once_at_its_producer(draft, owner, signed_in):
    url = f"{T}/producers/{draft.product.producer_id}/products/new/"
    page = signed_in(owner).post(url, {"name": draft.product.name, "set_code": "QD26-01"})
    assert page.status_code == 422


def test_only_open_rounds_of_that_days_law_take_a_dossier(producer, owner, found, province):
    product = make_product(producer, name="Chè", set_code="QD26-01", by=owner)
    shut = Round.objects.create(unit=province, year=2026, name="Đã đóng", regime="26/2026", opens_on=dt.date(2026, 6, 1),
                                cutoff_on=dt.date(2026, 6, 30), ends_on=dt.date(2026, 7, 30))  # fmt: skip
    assert open_rounds(product) == [found]
    with pytest.raises(ValidationError, match="không nhận hồ sơ"):
        start_dossier(product, kind="first", round=shut, by=owner)
    with pytest.raises(ValidationError, match="loại đã chọn"):
        start_dossier(product, kind="upgrade", round=found, by=owner)


def test_a_recognised_product_is_upgraded_or_re_ranked(make):
    assert kinds_for(make("draft").product) == ["first"]
    assert kinds_for(make("recognised", name="Chè đen").product) == []  # its certificate says what may follow


def test_no_round_no_dossier_and_the_page_says_what_comes(producer, owner, signed_in):
    product = make_product(producer, name="Chè", set_code="QD26-01", by=owner)
    page = signed_in(owner).get(f"{T}/products/{product.pk}/dossiers/new/").content.decode()
    assert "Chưa có đợt nào đang nhận hồ sơ" in page


def test_api_registers_changes_and_lists(commune, commune_officer, owner, other_owner, stranger, signed_in):
    api = signed_in(commune_officer)
    given = {"unit": commune.pk, "kind": "household", "name": "Hộ A", "registration_number": "9"}
    made = api.post(f"{T}/api/producers/", given, content_type="application/json")
    assert (made.status_code, made.json()["state"]) == (201, "approved")
    twice = api.post(f"{T}/api/producers/", given, content_type="application/json")
    assert twice.status_code == 400
    own = signed_in(owner).post(
        f"{T}/api/producers/",
        {**given, "name": "Hộ B", "registration_number": "10"},
        content_type="application/json",
    )
    assert (own.status_code, own.json()["state"]) == (201, "applied")
    url = f"{T}/api/producers/{own.json()['id']}/"
    assert (
        signed_in(owner).patch(url, {"phone": "0987000001"}, content_type="application/json").json()["phone"]
        == "0987000001"
    )
    assert signed_in(other_owner).get(url).status_code == 404
    assert signed_in(stranger).get(url).status_code == 404
    assert [it["name"] for it in api.get(f"{T}/api/producers/?state=applied").json()["results"]] == ["Hộ B"]
    product = signed_in(owner).post(f"{T}/api/products/", {"producer": own.json()["id"], "name": "Măng", "set_code": "QD26-07"},
                                    content_type="application/json")  # fmt: skip
    assert product.status_code == 201, product.content
    bad = signed_in(owner).patch(
        f"{T}/api/products/{product.json()['id']}/", {"set_code": "QD99-01"}, content_type="application/json"
    )
    assert list(bad.json()["errors"]) == ["set_code"]
    step = api.post(
        f"{T}/api/producers/{own.json()['id']}/steps/approve/", {}, content_type="application/json"
    )
    assert step.json()["state"] == "approved"


def test_lists_show_what_one_may_see(draft, owner, other_owner, stranger, officer, signed_in):
    for path, word in (("producers", draft.product.producer.name), ("products", draft.product.name)):
        assert word in signed_in(owner).get(f"{T}/{path}/").content.decode()
        assert word in signed_in(officer).get(f"{T}/{path}/?q=muong").content.decode()
        for user in (other_owner, stranger):
            assert word not in signed_in(user).get(f"{T}/{path}/").content.decode()
