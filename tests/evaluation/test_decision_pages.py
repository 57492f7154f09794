"""The pages and the API of decisions: what waits, the draft and its effects, issuing it."""

from __future__ import annotations

import pytest

from evaluation.decisions.drafting import draft_decision
from evaluation.models import Certificate, Decision
from ocop.tenancy.scope import no_tenant
from tests.evaluation import decision_makers as makers

LIST = "/lai-chau/decisions/"


@pytest.fixture
def tea(commune, province):
    return makers.make_concluded(commune, province, points=84, stars=4, name="Chè Shan tuyết cổ thụ")


@pytest.fixture
def rice(commune, province):
    return makers.make_concluded(commune, province, points=66, stars=3, name="Gạo Séng cù")


def test_from_the_list_of_what_waits_to_certificates(tea, rice, province, officer, leader, signed_in):
    makers.let_sign(leader)
    page = signed_in(officer).get(LIST).content.decode()
    assert "Chè Shan tuyết cổ thụ" in page
    body = {"unit": province.pk, "tier": "province", "assessment": [tea.pk]}
    done = signed_in(officer).post(f"{LIST}new/", body)
    decision = Decision.objects.get()
    address = f"{LIST}{decision.pk}/"
    assert done.headers["Location"] == address
    page = signed_in(officer).get(address).content.decode()
    assert "Gạo Séng cù" not in page
    assert '<b class="num">1</b> giấy chứng nhận được cấp' in page
    assert "Ký ban hành" not in page
    assert signed_in(leader).get(f"{address}steps/issue/").status_code == 200
    assert signed_in(leader).post(f"{address}steps/issue/", {}).status_code == 422
    signed = signed_in(leader).post(f"{address}steps/issue/", {"dated_on": "20/11/2026"})
    assert signed.headers["Location"] == address
    certificate = Certificate.objects.get()
    page = signed_in(officer).get(address).content.decode()
    assert certificate.number in page
    assert "Gạo Séng cù" in signed_in(officer).get(LIST).content.decode()


def test_a_draft_is_thinned_and_dropped(tea, rice, province, officer, leader, signed_in):
    decision = draft_decision(province, "province", by=officer)
    item = decision.items.get(assessment=rice)
    address = f"{LIST}{decision.pk}/"
    assert signed_in(leader).post(f"{address}items/{item.pk}/remove/").status_code == 403
    signed_in(officer).post(f"{address}items/{item.pk}/remove/")
    decision.refresh_from_db()
    assert "Gạo Séng cù" not in str(decision.paper.content)
    assert "Chè Shan tuyết" in str(decision.paper.content)
    assert signed_in(leader).post(f"{address}drop/").status_code == 403
    assert signed_in(officer).post(f"{address}drop/").headers["Location"] == LIST
    assert not Decision.objects.exists()


def test_who_may(tea, province, officer, commune_officer, observer, nobody, stranger, signed_in):
    decision = draft_decision(province, "province", by=officer)
    for person in (commune_officer, observer, nobody, stranger):
        browser = signed_in(person)
        for place in ("", "steps/issue/"):
            assert browser.get(f"{LIST}{decision.pk}/{place}").status_code == 404
        assert browser.post(f"{LIST}{decision.pk}/drop/").status_code == 404
        assert browser.get(f"/lai-chau/api/decisions/{decision.pk}/").status_code == 404
        assert "Chè Shan" not in browser.get(LIST).content.decode()
    made = signed_in(commune_officer).post(f"{LIST}new/", {"unit": province.pk, "tier": "province"})
    assert made.status_code == 404
    assert signed_in(officer).post(f"{LIST}{decision.pk}/steps/issue/", {}).status_code == 403
    again = signed_in(officer).post(f"{LIST}new/", {"unit": province.pk, "tier": "province"}, follow=True)
    assert "Không có kết quả nào chờ quyết định." in again.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_much_for_three_as_for_one(
    rows, commune, province, officer, leader, signed_in, django_assert_num_queries
):
    for n in range(rows):
        makers.make_concluded(commune, province, points=84, stars=4, name=f"Chè {n}")
    decision = draft_decision(province, "province", by=officer)
    browser = signed_in(leader)
    browser.get(LIST)
    with no_tenant(), django_assert_num_queries(18):
        page = browser.get(f"{LIST}{decision.pk}/")
    assert page.content.decode().count("table__main") == rows


def test_over_the_api(tea, province, officer, leader, commune_officer, signed_in):
    makers.let_sign(leader)
    address = "/lai-chau/api/decisions/"
    body = {"unit": province.pk, "tier": "province", "assessments": [tea.pk]}
    refused = signed_in(commune_officer).post(address, body, content_type="application/json")
    assert refused.status_code == 403
    made = signed_in(officer).post(address, body, content_type="application/json")
    assert made.status_code == 201
    assert [item["outcome"] for item in made.json()["items"]] == ["certify"]
    empty = signed_in(officer).post(address, body, content_type="application/json")
    assert empty.json() == {"errors": {"__all__": ["Không có kết quả nào chờ quyết định."]}}
    step = f"{address}{made.json()['id']}/steps/issue/"
    refused = signed_in(leader).post(step, {}, content_type="application/json")
    assert refused.json() == {"errors": {"dated_on": ["Hãy điền “Ngày quyết định”."]}}
    done = signed_in(leader).post(step, {"dated_on": "2026-11-20"}, content_type="application/json")
    assert (done.status_code, done.json()["number"]) == (200, "01/QĐ-UBND")
