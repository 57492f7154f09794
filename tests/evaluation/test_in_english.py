"""Who reads English reads it everywhere, and writes Vietnamese for the others all the same."""

import pytest
from django.utils import translation

from ocop.papers.layout import paper_html
from plans.rounds import make_regular_rounds
from products.law import criteria_set, regime
from tests.evaluation import makers
from tests.evaluation.decision_makers import make_certificate
from tests.reading import vietnamese_left

URL = "/lai-chau"
ENGLISH = {"headers": {"Accept-Language": "en-GB,en;q=0.8"}}


@pytest.fixture
def law():
    return criteria_set("QD26-11"), regime("26/2026")


def test_home(officer, advisor, running, signed_in, law):
    for user in (officer, advisor):
        page = signed_in(user).get(f"{URL}/", **ENGLISH)
        assert 'lang="en"' in page.text
        assert vietnamese_left(page, *law) == []
        assert "Kế hoạch" in vietnamese_left(signed_in(user).get(f"{URL}/"), *law)


def test_a_dossier(tea, officer, signed_in, law):
    page = signed_in(officer).get(f"{URL}/dossiers/{tea.dossier_id}/", **ENGLISH)
    assert "Dossiers" in page.text
    assert vietnamese_left(page, *law) == []


def test_the_score_sheet(running, tea_item, member, signed_in, law):
    ballot = makers.ballot_of(tea_item, member)
    page = signed_in(member).get(f"{URL}/ballots/{ballot.pk}/1.1/", **ENGLISH)
    assert "Criterion 1/" in page.text
    assert vietnamese_left(page, *law) == []


def test_the_catalogue(commune, province, officer, leader, client, law):
    made = make_certificate(commune, province, officer=officer, leader=leader)
    page = client.get(f"{URL}/catalogue/", **ENGLISH)
    assert made.product_name in page.text
    assert vietnamese_left(page, *law) == []


def test_the_switch_is_kept(province, client):
    there = client.post(f"{URL}/language/", {"language": "en", "next": f"{URL}/catalogue/"})
    assert there["Location"] == f"{URL}/catalogue/"
    assert "Search the catalogue" in client.get(there["Location"], headers={"Accept-Language": "vi"}).text
    client.post(f"{URL}/language/", {"language": "vi", "next": f"{URL}/catalogue/"})
    assert "Tìm trong danh mục" in client.get(there["Location"], **ENGLISH).text


def test_papers_and_notices_are_vietnamese_whoever_writes(commune, advisor, province, officer):
    with translation.override("en"):
        assessment = makers.make_checked(makers.make_accepted_dossier(commune), by=advisor)
        paper = paper_html(assessment.team_report.paper)
        rounds = make_regular_rounds(province, 2027, by=officer)
    assert "Thẩm định hồ sơ sản phẩm" in paper
    assert "Appraisal" not in paper
    assert rounds[0].name == "Đợt 1 năm 2027"
