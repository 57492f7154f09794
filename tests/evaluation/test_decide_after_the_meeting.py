"""While a meeting goes on nothing is decided on its products: said at the product's line, refused everywhere."""

import pytest
from django.core.exceptions import ValidationError

from evaluation.decisions.drafting import draft_decision
from evaluation.models import Decision, Meeting
from products.models import Exclusion
from tests.evaluation import decision_makers as makers

URL = "/lai-chau"
WHY = "Phiên họp ngày 10/11/2026 chưa kết thúc."


@pytest.fixture
def tea(commune, province):
    return makers.make_concluded(commune, province, points=84, stars=4, name="Chè Shan tuyết cổ thụ")


@pytest.fixture
def rice(commune, province):
    """Concluded in a meeting that was opened again."""
    made = makers.make_concluded(commune, province, points=66, stars=3, name="Gạo Séng cù")
    Meeting.objects.filter(results__assessment=made).update(state="open", concluded_at=None, digest="")
    return made


def test_the_line_says_why_and_the_others_are_drafted(tea, rice, province, officer, signed_in):
    page = signed_in(officer).get(f"{URL}/decisions/").text
    assert (WHY in page, page.count("disabled"), page.count("checked")) == (True, 1, 1)
    assert [str(it) for it in draft_decision(province, "province", by=officer).items.all()] == [str(tea)]
    page = signed_in(officer).get(f"{URL}/decisions/").text
    assert (WHY in page, "Soạn dự thảo quyết định" in page) == (True, False)


def test_named_by_hand_it_is_refused_with_its_reason(tea, rice, province, officer, signed_in):
    client, body = signed_in(officer), {"unit": province.pk, "tier": "province"}
    sent = client.post(f"{URL}/decisions/new/", body | {"assessment": [tea.pk, rice.pk]}, follow=True)
    assert f"“{rice}”: {WHY}" in sent.text
    asked = client.post(
        f"{URL}/api/decisions/", body | {"assessments": [rice.pk]}, content_type="application/json"
    )
    assert (asked.status_code, f"“{rice}”: {WHY}" in asked.text) == (400, True)
    assert not Decision.objects.exists()


def test_where_nothing_else_waits_the_refusal_names_no_product(rice, province, officer):
    with pytest.raises(ValidationError) as refused:
        draft_decision(province, "province", by=officer)
    assert refused.value.messages == ["Phiên họp của các kết quả đang chờ chưa kết thúc."]


def test_who_is_recused_drafts_no_decision_on_the_product(tea, commune, province, officer):
    other = makers.make_concluded(commune, province, points=66, stars=3, name="Miến dong")
    Exclusion.objects.create(dossier=other.dossier, user=officer, ground="Góp vốn")
    for named in ({}, {"assessments": [tea, other]}):
        decision = draft_decision(province, "province", by=officer, **named)
        assert [str(it) for it in decision.items.all()] == [str(tea)]
        decision.delete()
    with pytest.raises(ValidationError) as refused:
        draft_decision(province, "province", by=officer, assessments=[other])
    assert refused.value.messages == ["Không có kết quả nào chờ quyết định."]


def test_a_draft_of_before_is_not_issued(tea, province, officer, leader):
    makers.let_sign(leader)
    decision = draft_decision(province, "province", by=officer)
    Meeting.objects.filter(results__assessment=tea).update(state="open", concluded_at=None, digest="")
    with pytest.raises(ValidationError) as refused:
        makers.issue(decision, by=leader)
    assert refused.value.messages == [f"“{tea}”: {WHY}"]
