"""Files that go up: frozen, received within the tenant, answered from outside."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from evaluation.decisions.drafting import draft_decision
from evaluation.models import Assessment, Certificate, HandOver
from evaluation.workflow.hand_over import HAND_OVER
from ocop.orgs.models import OrgUnit
from ocop.papers.hashes import in_groups
from ocop.papers.models import Paper
from products.freezing import digest
from products.models import Dossier
from tests import factories
from tests.evaluation import decision_makers as makers
from tests.papers.conftest import sent as file_of

ANSWER = {
    "answer_number": "77/QĐ-BNNMT",
    "answered_on": dt.date(2027, 3, 20),
    "stars": "5",
    "points": "92,25",
}


@pytest.fixture
def signer(leader):
    return makers.let_sign(leader)


@pytest.fixture
def sent(commune, province, officer, signer) -> HandOver:
    makers.make_concluded(commune, province, points=93, stars=5)
    makers.issue(draft_decision(province, "province", by=officer), by=signer)
    return HandOver.objects.get()


def answer(sent, by, **data):
    return HAND_OVER.take(
        "answer", sent, by=by, data=ANSWER | {"file": factories.upload("tra-loi.pdf")} | data
    )


def test_the_package_is_frozen_and_a_letter_drafted(sent):
    assert sent.digest == digest(sent.package)
    assert sent.package["result"] == {
        "tier": "province", "unit": "Tỉnh Lai Châu", "mean": 93, "stars": 5, "ballots": "ab" * 32,
    }  # fmt: skip
    assert "Quyết định phê duyệt kết quả" in sent.package["asked_for"]
    letter = Paper.objects.get(kind="hand_over_letter")
    assert (sent.letter, letter.state) == (letter, "draft")
    assert letter.content["to"] == ["Bộ Nông nghiệp và Môi trường"]


def test_five_stars_from_the_ministry_enter_the_register(sent, officer):
    done = answer(sent, officer, certificate_number="12/2027/OCOP-QG")
    certificate = Certificate.objects.get()
    assert (done.state, done.answer_stars, str(done.answer_points)) == ("answered", 5, "92.25")
    assert (certificate.number, certificate.stars, certificate.issuer_name, certificate.is_recorded) == (
        "12/2027/OCOP-QG", 5, "Bộ Nông nghiệp và Môi trường", True,
    )  # fmt: skip
    assert certificate.expires_on == dt.date(2030, 3, 20)
    assert certificate.source_file == done.answer_file
    assert (Dossier.objects.get().state, Assessment.objects.get().state) == ("recognised", "returned")


def test_below_ninety_the_province_recognises_on_the_central_result(sent, province, officer, signer):
    answer(sent, officer, stars="4", points="88,5")
    decision = draft_decision(province, "province", by=officer)
    assert [(item.outcome, item.stars) for item in decision.items.all()] == [("certify", 4)]
    makers.issue(decision, by=signer, on=dt.date(2027, 4, 1))
    certificate = Certificate.objects.get()
    assert (certificate.stars, certificate.number, certificate.is_recorded) == (4, "01/2027/OCOP-LC", False)
    assert Dossier.objects.get().state == "recognised"


def test_an_answer_that_cannot_be_is_refused_in_words(sent, officer, leader):
    with pytest.raises(ValidationError) as refused:
        HAND_OVER.take("answer", sent, by=officer, data={"points": "chín mươi"})
    assert refused.value.message_dict["points"] == ["Hãy ghi điểm bằng số, ví dụ 89,5."]
    assert {"answer_number", "answered_on", "stars", "file"} <= set(refused.value.message_dict)
    with pytest.raises(ValidationError, match="không cấp giấy chứng nhận cho hạng sao này"):
        answer(sent, officer, stars="4", certificate_number="9")
    with pytest.raises(ValidationError, match="ở ngoài hệ thống"):
        HAND_OVER.take("receive", sent, by=officer)
    HandOver.objects.update(state="received")
    with pytest.raises(ValidationError, match="không ghi trực tiếp"):
        HAND_OVER.take("answer_within", sent, by=leader)


def test_rights(sent, commune_officer, observer):
    for person in (commune_officer, observer):
        with pytest.raises(PermissionDenied):
            answer(sent, person)


@pytest.fixture
def district_story(lai_chau, province, officer, signer):
    """Under 148/2023, with its district: 75 points there go up for 4 stars."""
    district = OrgUnit.objects.get(name="Huyện Phong Thổ")
    old = OrgUnit.objects.get(name="Xã Khổng Lào")
    day = dt.date(2024, 9, 10)
    assessment = makers.make_concluded(
        old, district, points=75, stars=4, tier="district", regime="148/2023", set_code="QD148-01", met=day
    )
    for item in (officer, signer):
        item.memberships.update(starts_on=dt.date(2020, 1, 1))
    decision = draft_decision(district, "district", by=officer)
    makers.issue(decision, by=signer, on=dt.date(2024, 9, 20))
    return assessment, HandOver.objects.get()


def test_a_district_sends_to_the_province_of_the_same_tenant(district_story, province, officer, signer):
    assessment, sent = district_story
    assert (sent.to_unit, sent.to_tier, sent.unit.name) == (province, "province", "Huyện Phong Thổ")
    with pytest.raises(ValidationError, match="Cấp trên có trong hệ thống"):
        answer(sent, officer)

    received = HAND_OVER.take("receive", sent, by=officer)
    upper = received.next_assessment
    assert (upper.tier, upper.unit, upper.state) == ("province", province, "open")

    makers.conclude_at(
        assessment.dossier,
        province,
        points=78,
        stars=4,
        regime="148/2023",
        met=dt.date(2024, 10, 5),
        assessment=upper,
    )
    makers.issue(draft_decision(province, "province", by=officer), by=signer, on=dt.date(2024, 10, 10))
    certificate = Certificate.objects.get()
    assert (certificate.stars, certificate.number, certificate.expires_on) == (
        4, "01/2024/OCOP-LC", dt.date(2027, 10, 10),
    )  # fmt: skip
    sent.refresh_from_db()
    assessment.refresh_from_db()
    assert (sent.state, sent.answer_stars, assessment.state) == ("answered", 4, "returned")


def test_below_seventy_at_the_province_the_district_recognises_three_stars(
    district_story, province, officer, signer
):
    assessment, sent = district_story
    upper = HAND_OVER.take("receive", sent, by=officer).next_assessment
    makers.conclude_at(
        assessment.dossier,
        province,
        points=66,
        stars=3,
        regime="148/2023",
        met=dt.date(2024, 10, 5),
        assessment=upper,
    )
    back = draft_decision(province, "province", by=officer)
    assert [item.outcome for item in back.items.all()] == ["send_back"]
    makers.issue(back, by=signer, on=dt.date(2024, 10, 10))
    again = draft_decision(sent.unit, "district", by=officer)
    makers.issue(again, by=signer, on=dt.date(2024, 10, 20))
    certificate = Certificate.objects.get()
    assert (certificate.stars, certificate.unit.name, certificate.number) == (
        3,
        "Huyện Phong Thổ",
        "01/2024/OCOP-LC-PT",
    )


def test_pages_and_api(sent, officer, commune_officer, stranger, signed_in):
    page = signed_in(officer).get(f"/lai-chau/hand-overs/{sent.pk}/")
    assert page.status_code == 200
    assert in_groups(sent.digest) in page.content.decode()
    assert signed_in(officer).get("/lai-chau/hand-overs/").status_code == 200
    for person in (commune_officer, stranger):
        assert signed_in(person).get(f"/lai-chau/hand-overs/{sent.pk}/").status_code == 404
        assert signed_in(person).get(f"/lai-chau/api/hand-overs/{sent.pk}/").status_code == 404
    seen = signed_in(officer).get(f"/lai-chau/api/hand-overs/{sent.pk}/").json()
    assert seen["digest"] == sent.digest
    steps = signed_in(officer).get(f"/lai-chau/api/hand-overs/{sent.pk}/steps/").json()
    assert {step["name"] for step in steps} == {"receive", "answer"}
    form = signed_in(officer).get(f"/lai-chau/hand-overs/{sent.pk}/steps/answer/")
    assert form.status_code == 200
    assert signed_in(officer).get(f"/lai-chau/hand-overs/{sent.pk}/steps/answer_within/").status_code == 404
    body = {"answer_number": "77/QĐ-BNNMT", "answered_on": "20/03/2027", "stars": "5", "points": "92,25",
            "file": factories.upload("tra-loi.pdf")}  # fmt: skip
    done = signed_in(officer).post(f"/lai-chau/hand-overs/{sent.pk}/steps/answer/", body)
    assert done.status_code == 302
    sent.refresh_from_db()
    assert sent.state == "answered"
    scan = signed_in(officer).get(f"/lai-chau/hand-overs/{sent.pk}/answer/")
    assert file_of(scan).startswith(b"%PDF-")
