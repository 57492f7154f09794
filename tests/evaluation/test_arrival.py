"""Within one tenant, under 148/2023: a district's package at the province, and what comes back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from evaluation.decisions.drafting import draft_decision
from evaluation.models import Arrival, Assessment, Certificate, HandOver
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.hand_over import ARRIVAL, HAND_OVER
from ocop.orgs.models import OrgUnit
from products.models import Dossier
from products.workflow import DOSSIER
from tests.evaluation import decision_makers as makers

DISTRICT_MET, DISTRICT_DECIDED = dt.date(2024, 9, 10), dt.date(2024, 9, 20)
PROVINCE_MET, PROVINCE_DECIDED = dt.date(2024, 10, 5), dt.date(2024, 10, 10)


@pytest.fixture
def signer(leader):
    return makers.let_sign(leader)


@pytest.fixture
def arrival(lai_chau, province, officer, signer) -> Arrival:
    """75 points at the district go up for 4 stars."""
    district = OrgUnit.objects.get(name="Huyện Phong Thổ")
    old = OrgUnit.objects.get(name="Xã Khổng Lào")
    makers.make_concluded(
        old,
        district,
        points=75,
        stars=4,
        tier="district",
        regime="148/2023",
        set_code="QD148-01",
        met=DISTRICT_MET,
    )
    for person in (officer, signer):
        person.memberships.update(starts_on=dt.date(2020, 1, 1))
    makers.issue(draft_decision(district, "district", by=officer), by=signer, on=DISTRICT_DECIDED)
    makers.send(HandOver.objects.get(), by=officer, on=DISTRICT_DECIDED)
    return Arrival.objects.get()


def conclude(arrival, province, officer, signer, *, points, stars):
    """The province scores and decides."""
    upper = ARRIVAL.take("receive", arrival, by=officer).assessment
    makers.conclude_at(
        arrival.dossier,
        province,
        points=points,
        stars=stars,
        regime="148/2023",
        met=PROVINCE_MET,
        assessment=upper,
    )
    decision = draft_decision(province, "province", by=officer)
    outcomes = [item.outcome for item in decision.items.all()]
    makers.issue(decision, by=signer, on=PROVINCE_DECIDED)
    return outcomes


def lower() -> Assessment:
    return Assessment.objects.get(tier="district", turn=1)


def test_it_arrives_at_the_unit_above_on_the_very_dossier(arrival, province):
    sent = HandOver.objects.get()
    assert (arrival.unit, arrival.tier, arrival.from_name) == (province, "province", "Huyện Phong Thổ")
    assert (arrival.dossier, arrival.digest, arrival.receipt) == (
        Dossier.objects.get(),
        sent.digest,
        sent.receipt,
    )
    assert (sent.to_unit, sent.state, arrival.files.count()) == (province, "sent", 0)


def test_four_stars_by_the_province_are_the_answer(arrival, province, officer, signer):
    assert conclude(arrival, province, officer, signer, points=78, stars=4) == ["certify"]
    certificate, sent = Certificate.objects.get(), HandOver.objects.get()
    assert (certificate.stars, certificate.number, certificate.expires_on) == (
        4, "01/2024/OCOP-LC", dt.date(2027, 10, 10),
    )  # fmt: skip
    arrival.refresh_from_db()
    assert (sent.state, sent.answer_stars, str(sent.answer_points)) == ("answered", 4, "78.00")
    assert (arrival.state, lower().state) == ("answered", "returned")


def test_below_seventy_the_district_recognises_three_stars(arrival, province, officer, signer):
    assert conclude(arrival, province, officer, signer, points=66, stars=3) == ["send_back"]
    again = draft_decision(lower().unit, "district", by=officer)
    makers.issue(again, by=signer, on=dt.date(2024, 10, 20))
    certificate = Certificate.objects.get()
    assert (certificate.stars, certificate.unit.name, certificate.number) == (
        3, "Huyện Phong Thổ", "01/2024/OCOP-LC-PT",
    )  # fmt: skip


def test_or_the_district_evaluates_it_anew(arrival, province, officer, signer):
    conclude(arrival, province, officer, signer, points=66, stars=3)
    ASSESSMENT.take("review", lower(), by=officer)
    again = Assessment.objects.get(tier="district", turn=2)
    assert (again.state, again.reviews, lower().state) == ("open", lower(), "reviewed")
    makers.conclude_at(
        again.dossier, again.unit, points=75, stars=4, tier="district", regime="148/2023", met=dt.date(2024, 11, 4),
        assessment=again,
    )  # fmt: skip
    decision = draft_decision(again.unit, "district", by=officer)
    assert [(it.outcome, it.stars) for it in decision.items.all()] == [("certify", 3)]  # not sent up twice


def test_an_invalid_file_goes_back_is_completed_and_sent_again(
    arrival, commune_officer, province, officer, signer
):
    ARRIVAL.take("receive", arrival, by=officer)
    with pytest.raises(ValidationError, match="Lý do trả lại"):
        ARRIVAL.take("refuse", arrival, by=officer)
    ARRIVAL.take("refuse", arrival, by=officer, data={"note": "Thiếu phiếu kiểm nghiệm còn hiệu lực."})
    sent = HandOver.objects.get()
    assert (sent.state, sent.refusal, lower().state) == (
        "refused", "Thiếu phiếu kiểm nghiệm còn hiệu lực.", "returned",
    )  # fmt: skip
    assert Assessment.objects.get(tier="province").state == "closed"

    ASSESSMENT.take("complete", lower(), by=officer, data={"due_on": dt.date(2024, 10, 1)})
    dossier = Dossier.objects.get()
    assert (dossier.state, dossier.supplements.get().items[0]["reason"]) == (
        "returned", "Thiếu phiếu kiểm nghiệm còn hiệu lực.",
    )  # fmt: skip
    with pytest.raises(ValidationError, match="Chủ thể đang hoàn thiện"):
        ASSESSMENT.take("resend", lower(), by=officer)
    Dossier.objects.update(state="accepted")
    ASSESSMENT.take("resend", lower(), by=officer)
    second = HandOver.objects.get(state="prepared")
    makers.send(second, by=officer, on=dt.date(2024, 10, 2))
    fresh = ARRIVAL.take("receive", Arrival.objects.get(state="arrived"), by=officer)
    assert (fresh.assessment.turn, fresh.assessment.reviews, lower().state) == (2, None, "handed_up")


def test_a_refused_file_may_be_recognised_on_the_districts_own_result(arrival, officer, signer):
    ARRIVAL.take("refuse", arrival, by=officer, data={"note": "Hồ sơ chưa hợp lệ."})
    decision = draft_decision(lower().unit, "district", by=officer)
    assert [(it.outcome, it.stars) for it in decision.items.all()] == [("certify", 3)]


def test_only_the_decision_answers_and_only_people_of_the_unit_above_receive(
    arrival, officer, commune_officer, observer
):
    ARRIVAL.take("receive", arrival, by=officer)
    with pytest.raises(ValidationError, match="không ghi trực tiếp"):
        ARRIVAL.take("answer", arrival, by=officer)
    for person in (commune_officer, observer):
        with pytest.raises(PermissionDenied):
            ARRIVAL.take("refuse", arrival, by=person, data={"note": "x"})


def test_the_dossier_cannot_be_opened_for_completion_without_a_refusal(arrival, officer):
    with pytest.raises(ValidationError, match="không bị trả lại"):
        DOSSIER.take("complete", arrival.dossier, by=officer, data={"due_on": dt.date(2024, 10, 1)})
    with pytest.raises(ValidationError, match="kết quả về theo quyết định"):
        HAND_OVER.take("answer", HandOver.objects.get(), by=officer, data={})


def test_pages(arrival, officer, commune_officer, stranger, signed_in):
    page = signed_in(officer).get(f"/lai-chau/arrivals/{arrival.pk}/")
    assert (page.status_code, "Huyện Phong Thổ" in page.content.decode()) == (200, True)
    assert arrival.receipt in signed_in(officer).get("/lai-chau/arrivals/").content.decode()
    for person in (commune_officer, stranger):
        assert signed_in(person).get(f"/lai-chau/arrivals/{arrival.pk}/").status_code == 404
        assert signed_in(person).get(f"/lai-chau/api/arrivals/{arrival.pk}/").status_code == 404
    assert signed_in(officer).get(f"/lai-chau/arrivals/{arrival.pk}/steps/answer/").status_code == 404
    done = signed_in(officer).post(f"/lai-chau/arrivals/{arrival.pk}/steps/receive/")
    assert (done.status_code, Arrival.objects.get().state) == (302, "received")
