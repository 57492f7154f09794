"""Beside the criterion: what the commune, the team and the councils below found, as far as the Quy chế shows it."""

import pytest

from evaluation.ballots.earlier import read_earlier
from evaluation.councils.rules import set_rules
from evaluation.models import Arrival, Result
from evaluation.rules import CouncilRules, read_rules
from ocop.orgs.models import OrgUnit
from products.models import CommuneReport
from tests.evaluation import decision_makers, makers

URL = "/lai-chau"


@pytest.fixture
def tea(commune, advisor):
    """A district council had given 75 points, 7/3 at 1.5, before the province looks at it."""
    dossier = makers.make_accepted_dossier(commune)
    district = OrgUnit.objects.get(name="Huyện Phong Thổ")
    below = decision_makers.conclude_at(dossier, district, points=75, stars=4, tier="district")
    Result.objects.filter(assessment=below).update(reasons={"criteria": {"1.5": "7/3", "1.1": 3}})
    CommuneReport.objects.create(
        dossier=dossier, findings={"idea_origin": "Đúng như hồ sơ."}, proposal="Đề nghị đánh giá"
    )
    return makers.make_checked(dossier, by=advisor)


@pytest.fixture
def sheet_of(council, officer, meeting, members, tea_item, member):
    def open_with(*, shows: bool):
        rules = CouncilRules(read_rules(council.rules).policy, shows_lower_tiers=shows)
        set_rules(council, rules, by=officer, basis="Quy chế số 2")
        meeting.council.refresh_from_db()
        makers.open_meeting(meeting, members)
        return makers.ballot_of(tea_item, member)

    return open_with


def test_the_means_below_stand_beside_the_criterion_where_the_rules_show_them(signed_in, sheet_of, member):
    page = signed_in(member).get(f"{URL}/ballots/{sheet_of(shows=True).pk}/1.5/")
    assert "tiêu chí này 2,33 điểm" in page.text
    assert "cả sản phẩm 75 điểm, 4 sao" in page.text
    assert "Huyện Phong Thổ" in page.text


def test_without_that_rule_no_number_of_theirs_is_shown_but_the_words_are(signed_in, sheet_of, member):
    page = signed_in(member).get(f"{URL}/ballots/{sheet_of(shows=False).pk}/1.5/")
    assert ("2,33" in page.text, "75 điểm" in page.text, "Huyện Phong Thổ" in page.text) == (
        False,
        False,
        False,
    )
    assert "Hồ sơ đủ, khảo sát ngày 20/10." in page.text
    assert "(đề xuất 4 sao)" in page.text
    assert "Đề nghị đánh giá" in page.text


def test_a_package_from_another_tenant_tells_its_means(sheet_of, province, tea, thai_nguyen_tenant):
    sheet = sheet_of(shows=True)
    result = {"tier": "province", "unit": "Tỉnh Thái Nguyên", "mean": "277/3", "stars": 4}
    arrival = Arrival.objects.create(
        unit=province, tier="province", from_tenant=thai_nguyen_tenant, from_name="Tỉnh Thái Nguyên",
        hand_over_id=1, receipt="1", package={"result": result | {"criteria": {"1.5": 3}}}, digest="ab" * 32,
        sent_at=tea.created_at, dossier=tea.dossier, assessment=tea,
    )  # fmt: skip
    first = read_earlier(sheet, "1.5").tiers[0]
    assert (first["unit"], first["points"], first["stars"]) == ("Tỉnh Thái Nguyên", 3, 4)
    Arrival.objects.filter(pk=arrival.pk).update(package={"result": result})  # as packages were before
    assert read_earlier(sheet, "1.5").tiers[0]["points"] is None
