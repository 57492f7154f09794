"""What a browser may keep on its device: which pages, for whom, under which key."""

import base64

import pytest
from django.test import Client

from ocop.device.keys import drafts_key
from ocop.tenancy.scope import tenant_scope
from products.producers.members import add_member
from tests import factories

pytestmark = pytest.mark.django_db
KEPT = "X-Keep-On-Device"


def test_the_key_is_hers_the_same_again_and_another_in_another_tenant(
    owner, officer, signed_in, thai_nguyen_tenant
):
    told = signed_in(owner).get("/lai-chau/device/key/")
    assert (told.status_code, told["Cache-Control"]) == (
        200,
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )
    assert set(told.json()) == {"user", "csrf", "key"}
    assert told.json()["user"] == owner.pk
    assert len(base64.b64decode(told.json()["key"])) == 32
    assert signed_in(owner).get("/lai-chau/device/key/").json()["key"] == told.json()["key"]
    assert signed_in(officer).get("/lai-chau/device/key/").json()["key"] != told.json()["key"]
    with tenant_scope(thai_nguyen_tenant.pk):
        assert drafts_key(owner) != told.json()["key"]


def test_nobody_is_given_a_key_in_words_and_no_redirect(lai_chau):
    asked = Client().get("/lai-chau/device/key/")
    assert (asked.status_code, asked.json()) == (401, {"error": "Phiên đăng nhập đã hết."})
    assert Client().post("/lai-chau/device/key/").status_code == 405


def test_the_page_of_the_device_holds_nothing_of_anybody(owner, signed_in):
    page = signed_in(owner).get("/lai-chau/device/")
    assert page.text == Client().get("/lai-chau/device/").text
    assert owner.username not in page.text
    assert "Không có mạng" in page.text


def test_only_pages_of_a_dossier_that_she_fills_in_may_be_kept_and_for_her_alone(
    draft, owner, officer, signed_in
):
    base = f"/lai-chau/dossiers/{draft.pk}/"
    for path in ("", "sections/general/", "score/", "score/1.1/", "evidence/", "review/"):
        assert signed_in(owner).get(base + path)[KEPT] == str(owner.pk), path
    vault = f"/lai-chau/producers/{draft.product.producer_id}/papers/"
    assert signed_in(owner).get(f"{vault}new/")[KEPT] == str(owner.pk)
    assert KEPT not in signed_in(owner).get(vault)
    assert KEPT not in signed_in(owner).get(f"{base}steps/submit/")
    for path in ("/lai-chau/", "/lai-chau/dossiers/", "/lai-chau/accounts/login/"):
        assert KEPT not in signed_in(owner).get(path), path
    for path in ("", "score/", "score/1.1/", "evidence/", "review/"):
        assert KEPT not in signed_in(officer).get(base + path), path  # she sees it, and fills nothing in
    refused = signed_in(owner).post(f"{base}sections/general/", {"workers": "nhiều", "r:workers": 9})
    assert KEPT not in refused
    assert KEPT not in signed_in(owner).post(f"{base}evidence/", {"kind": ""})


def test_a_filed_dossier_is_no_longer_kept(make, owner, signed_in):
    base = f"/lai-chau/dossiers/{make('submitted').pk}/"
    for path in ("", "evidence/", "review/"):
        assert KEPT not in signed_in(owner).get(base + path), path
    assert signed_in(owner).get(f"{base}sections/general/").status_code == 302


def test_her_people_each_have_their_own_key(draft, owner, signed_in):
    other = factories.make_user("chuthe.may", "Vàng Thị Mẩy")
    add_member(draft.product.producer, other, by=owner)
    keys = {signed_in(it).get("/lai-chau/device/key/").json()["key"] for it in (owner, other)}
    assert len(keys) == 2
    assert signed_in(other).get(f"/lai-chau/dossiers/{draft.pk}/")[KEPT] == str(other.pk)
