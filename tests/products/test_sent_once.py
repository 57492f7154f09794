"""Forms that a phone sends again because it heard no answer, and two people who change one row."""

import datetime as dt
import hashlib
import time
import uuid
from functools import partial

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone

from ocop.device.models import SentForm
from ocop.device.sent import COOKIE, KEPT_DAYS, forget_old
from ocop.orgs.models import OrgUnit, User
from ocop.seen import locked, merge, watch
from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import tenant_scope
from products.inventory.writing import change_potential, write_potential
from products.making import change_product, make_product
from products.models import Potential, Producer, Product
from products.producers.registration import change_producer, save_personal
from tests import factories
from tests.races import at_once

T = "/lai-chau"
TEA = {"name": "Chè Shan", "set_code": "QD26-11", "specification": "Hộp 100 g", "description": ""}


def marked(values, mark=None):
    return {**values, "form_mark": mark or str(uuid.uuid4())}


@pytest.fixture
def tab(owner, signed_in):
    return signed_in(owner)


@pytest.fixture
def product(producer, owner):
    return make_product(producer, by=owner, **TEA)


def new(producer):
    return f"{T}/producers/{producer.pk}/products/new/"


# ── sent again ──


def test_what_is_sent_again_makes_no_twin_and_leads_to_the_first(producer, tab):
    given = marked(TEA)
    first, second = tab.post(new(producer), given), tab.post(new(producer), given)
    made = Product.objects.get()
    assert first["Location"] == second["Location"] == f"{T}/products/{made.pk}/"
    assert first.cookies[COOKIE].value == given["form_mark"]
    assert (first.cookies[COOKIE]["path"], first.cookies[COOKIE]["httponly"]) == (f"{T}/", "")


def test_another_filling_in_and_a_page_without_scripts_are_as_before(producer, tab):
    for name, mark in (
        ("Chè", str(uuid.uuid4())),
        ("Mật", str(uuid.uuid4())),
        ("Gạo", ""),
        ("Ngô", "no key"),
    ):
        assert tab.post(new(producer), {**TEA, "name": name, "form_mark": mark}).status_code == 302
    assert (Product.objects.count(), SentForm.objects.count()) == (4, 2)


def test_what_was_refused_may_be_sent_again_with_its_mark(producer, tab):
    given = marked({**TEA, "set_code": ""})
    refused = tab.post(new(producer), given)
    assert (refused.status_code, COOKIE in refused.cookies, SentForm.objects.count()) == (422, False, 0)
    assert tab.post(new(producer), {**given, "set_code": "QD26-11"}).status_code == 302
    assert Product.objects.get().set_code == "QD26-11"


def test_what_was_changed_after_it_had_arrived_is_said_and_not_called_received(producer, tab):
    given = marked(TEA)
    tab.post(new(producer), given)
    tab.cookies.pop(COOKIE)
    answer = tab.post(new(producer), {**given, "description": "Hái tay."}, follow=True)
    assert "Phần sửa sau đó chưa ghi và còn giữ trên máy bạn" in answer.content.decode()
    assert (Product.objects.get().description, COOKIE in tab.cookies) == ("", False)


def test_a_mark_is_hers_and_of_its_form(producer, tab, signed_in, nobody, owner, commune):
    given = marked(TEA)
    tab.post(new(producer), given)
    other = factories.make_producer(commune, name="Hợp tác xã khác", owner=nobody, number="6200099999")
    assert signed_in(nobody).post(new(other), given).status_code == 302
    assert signed_in(nobody).post(new(producer), given).status_code in (403, 404)
    assert Product.objects.filter(producer=producer).count() == 1


def test_who_is_sent_to_the_login_page_has_not_been_heard(producer, client):
    answer = client.post(new(producer), marked(TEA))
    assert "/accounts/login/" in answer["Location"]
    assert (COOKIE in answer.cookies, SentForm.objects.count(), Product.objects.count()) == (False, 0, 0)


def test_a_registration_is_told_to_have_arrived(client, commune):
    facts = {"unit": commune.pk, "kind": "household", "name": "Hộ bà Mẩy", "person_name": "Tẩn Mẩy Lan",
             "username": "0987654321", "password": factories.PASSWORD, "phone": "0987654321"}  # fmt: skip
    given = marked(facts)
    assert client.post(f"{T}/producers/register/", given).cookies[COOKIE].value == given["form_mark"]
    assert Producer.objects.get().name == "Hộ bà Mẩy"


def test_a_copy_of_the_table_answers_no_guess(producer, owner, tab):
    given = marked(TEA)
    tab.post(new(producer), given)
    row = SentForm.objects.get()
    values = sorted(f"{name}={value}" for name, value in TEA.items())
    for kept, guess in ((row.key, [str(owner.pk), new(producer), given["form_mark"]]), (row.content, values)):
        assert len(kept) == 64
        assert kept != hashlib.sha256("\0".join(guess).encode()).hexdigest()


def test_old_ones_are_forgotten(producer, tab):
    tab.post(new(producer), marked(TEA))
    assert forget_old() == 0
    assert forget_old(at=timezone.now() + dt.timedelta(days=KEPT_DAYS + 1)) == 1
    assert SentForm.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_sendings_at_once_make_one(signed_in):
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12").pk
    with tenant_scope(tenant):
        factories.make_units(Tenant.objects.get())
        owner = factories.make_user("chuthe.xuan", "Lò Thị Xuân")
        producer = factories.make_producer(OrgUnit.objects.get(name="Xã Mường So"), owner=owner)
    tabs, given = [signed_in(owner), signed_in(owner)], marked(TEA)
    posts = [lambda tab=tab: tab.post(new(producer), given) for tab in tabs]
    answers = at_once(tenant, *posts, refusals=())
    with tenant_scope(tenant):
        made = Product.objects.get()
        assert [it["Location"] for it in answers] == [f"{T}/products/{made.pk}/"] * 2


@pytest.fixture
def commune_at_work(transactional_db):
    """(tenant, commune, its officer, a producer), committed for two at once."""
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12").pk
    with tenant_scope(tenant):
        factories.make_units(Tenant.objects.get())
        commune = OrgUnit.objects.get(name="Xã Mường So")
        officer = factories.make_user("xa.muongso", "Vàng Thị Mẩy", role="commune_officer", unit=commune)
        return tenant, commune, officer, factories.make_producer(commune)


def test_two_pages_at_once_make_one_and_the_other_is_told(commune_at_work):
    tenant, commune, officer, producer = commune_at_work

    def product():
        return make_product(Producer.objects.get(pk=producer.pk), by=User.objects.get(pk=officer.pk), **TEA)

    def potential():
        given = {"unit": OrgUnit.objects.get(pk=commune.pk), "name": "Cá bống vùi tro"}
        return write_potential(given, by=User.objects.get(pk=officer.pk))

    for deed, words in ((product, "tồn tại"), (potential, "Danh mục của xã đã có")):
        answers = at_once(tenant, *[lambda deed=deed: slowly(deed)] * 2, refusals=(ValidationError,))
        [told] = [it for it in answers if isinstance(it, ValidationError)]
        assert words in " ".join(told.messages)
    with tenant_scope(tenant):
        assert (Product.objects.count(), Potential.objects.count()) == (1, 1)


def slowly(deed):
    """Neither is through before the other has looked whether it is there."""
    made = deed()
    time.sleep(0.3)
    return made


def test_two_renamed_alike_at_once_the_slower_is_told(commune_at_work):
    tenant, commune, officer, producer = commune_at_work
    with tenant_scope(tenant):
        products = [make_product(producer, by=officer, **{**TEA, "name": f"Chè {n}"}).pk for n in (1, 2)]
        given = {"unit": commune, "producer_name": "Tổ Nà Củng"}
        potentials = [write_potential({**given, "name": f"Cá {n}"}, by=officer).pk for n in (1, 2)]

    def product(pk):
        return change_product(
            Product.objects.get(pk=pk), {"name": "Chè Ô long"}, by=User.objects.get(pk=officer.pk)
        )

    def potential(pk):
        return change_potential(
            Potential.objects.get(pk=pk), {"name": "Cá bống"}, by=User.objects.get(pk=officer.pk)
        )

    for deed, rows, words in (
        (product, products, "tồn tại"),
        (potential, potentials, "Danh mục của xã đã có"),
    ):
        deeds = [partial(slowly, partial(deed, pk)) for pk in rows]
        answers = at_once(tenant, *deeds, refusals=(ValidationError,))
        [told] = [it for it in answers if isinstance(it, ValidationError)]
        assert words in " ".join(told.messages)


# ── two who change one row ──


def seen_on(tab, address):
    page = tab.get(address).content.decode()
    return page[page.index('name="seen"') :].split('value="')[1].split('"')[0]


def test_two_who_change_one_field_both_texts_are_shown_then_hers_is_meant(product, owner, tab):
    address = f"{T}/products/{product.pk}/edit/"
    given = {**TEA, "specification": "Hộp 200 g", "seen": seen_on(tab, address)}
    change_product(product, {**TEA, "specification": "Túi 50 g"}, by=owner)
    clash = tab.post(address, given)
    page = clash.content.decode()
    assert (clash.status_code, "đang lưu: “Túi 50 g”" in page, "Hộp 200 g" in page) == (422, True, True)
    product.refresh_from_db()
    assert product.specification == "Túi 50 g"
    again = page[page.index('name="seen"') :].split('value="')[1].split('"')[0]
    assert tab.post(address, {**given, "seen": again}).status_code == 302
    product.refresh_from_db()
    assert product.specification == "Hộp 200 g"


def test_what_another_changed_meanwhile_stays_where_she_changed_something_else(product, owner, tab):
    address = f"{T}/products/{product.pk}/edit/"
    given = {**TEA, "description": "Hái tay.\r\nSao chảo gang.", "seen": seen_on(tab, address)}
    change_product(product, {**TEA, "specification": "Túi 50 g", "set_code": "QD26-01"}, by=owner)
    assert tab.post(address, given).status_code == 302
    product.refresh_from_db()
    assert (product.specification, product.set_code) == ("Túi 50 g", "QD26-01")
    assert product.description.splitlines() == ["Hái tay.", "Sao chảo gang."]


def test_a_choice_and_a_day_are_shown_in_words(producer, owner, tab, commune_officer):
    address = f"{T}/producers/{producer.pk}/edit/"
    page = tab.get(address).content.decode()
    assert 'name="seen"' in page
    fields = {
        "name": producer.name,
        "kind": producer.kind,
        "phone": "0912000111",
        "seen": seen_on(tab, address),
    }
    change_producer(producer, {"phone": "0912000222"}, by=commune_officer)
    answer = tab.post(address, fields).content.decode()
    assert "đang lưu: “0912000222”" in answer
    personal = f"{T}/producers/{producer.pk}/personal/"
    seen = seen_on(tab, personal)
    save_personal(producer, {"gender": "male"}, by=owner)
    answer = tab.post(personal, {"gender": "", "seen": seen}).content.decode()
    assert "đang lưu: “Nam”" in answer


def test_the_same_from_two_phones_is_no_clash(product, owner, tab):
    address = f"{T}/products/{product.pk}/edit/"
    given = {**TEA, "specification": "Túi 50 g", "seen": seen_on(tab, address)}
    change_product(product, {**TEA, "specification": "Túi 50 g"}, by=owner)
    assert tab.post(address, given).status_code == 302


def test_what_was_removed_while_she_waited_is_not_found(product, rf):
    here = Product.objects.get(pk=product.pk)
    product.delete()
    assert locked(here, rf.get("/")) is here
    with pytest.raises(Http404):
        locked(here, rf.post("/"))


class Small(forms.Form):
    kind = forms.ChoiceField(choices=[("tea", "Chè"), ("rice", "Gạo")])
    name = forms.CharField()


def test_what_another_wrote_and_this_form_does_not_offer_is_shown_and_asked():
    seen = watch(Small(initial={"kind": "tea", "name": "Chè"})).fields["seen"].initial
    given = {"kind": "tea", "name": "Chè Shan", "seen": seen}
    form = watch(Small(given, initial={"kind": "honey", "name": "Chè"}))
    assert form.is_valid()
    assert not merge(form)
    assert list(form.errors) == ["kind"]
    again = watch(Small(form.data, initial={"kind": "honey", "name": "Chè"}))
    assert again.is_valid()
    assert merge(again)
    assert (again.cleaned_data["kind"], again.cleaned_data["name"]) == ("tea", "Chè Shan")
