"""Files that go up to an office outside the system: prepared, frozen, answered on paper."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from evaluation.decisions.drafting import draft_decision
from evaluation.models import Arrival, Assessment, Certificate, HandOver
from evaluation.workflow.hand_over import HAND_OVER
from ocop.papers.hashes import in_groups
from ocop.papers.models import Paper
from products.dossiers.freezing import digest
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
def prepared(commune, province, officer, signer) -> HandOver:
    makers.make_concluded(commune, province, points=93, stars=5)
    makers.issue(draft_decision(province, "province", by=officer), by=signer)
    return HandOver.objects.get()


@pytest.fixture
def sent(prepared, officer) -> HandOver:
    return makers.send(prepared, by=officer)


def answer(sent, by, **data):
    return HAND_OVER.take(
        "answer", sent, by=by, data=ANSWER | {"file": factories.upload("tra-loi.pdf")} | data
    )


def test_a_package_waits_for_its_letter(prepared, officer):
    assert (prepared.state, prepared.package, prepared.receipt) == ("prepared", {}, "")
    assert Assessment.objects.get().state == "decided"
    with pytest.raises(ValidationError, match="Công văn chuyển hồ sơ chưa có số"):
        HAND_OVER.take("send", prepared, by=officer)


def test_the_package_is_frozen_with_its_papers(sent):
    assert sent.digest == digest(sent.package)
    assert sent.package["result"] == {
        "tier": "province", "unit": "Tỉnh Lai Châu", "mean": 93, "stars": 5, "ballots": "ab" * 32, "criteria": {},
    }  # fmt: skip
    assert "Quyết định phê duyệt kết quả" in sent.package["asked_for"]
    letter = Paper.objects.get(kind="hand_over_letter")
    assert (sent.letter, letter.state) == (letter, "rendered")
    assert letter.content["to"] == ["Bộ Nông nghiệp và Môi trường"]
    decision = Paper.objects.get(pk=sent.decision.paper_id)
    assert sent.package["decision"]["sha256"] == decision.file.sha256
    assert sent.package["letter"]["sha256"] == letter.file.sha256
    assert Assessment.objects.get().state == "handed_up"
    assert Arrival.objects.count() == 0  # the ministry keeps no books here


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
    with pytest.raises(ValidationError, match="Cấp trên chưa trả lời"):
        HAND_OVER.take("take_answer", sent, by=officer)
    with pytest.raises(ValidationError, match="Cấp trên chưa trả lại hồ sơ"):
        HAND_OVER.take("take_refusal", sent, by=leader)


def test_rights(sent, commune_officer, observer):
    for person in (commune_officer, observer):
        with pytest.raises(PermissionDenied):
            answer(sent, person)


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
    form = signed_in(officer).get(f"/lai-chau/hand-overs/{sent.pk}/steps/answer/")
    assert form.status_code == 200
    assert signed_in(officer).get(f"/lai-chau/hand-overs/{sent.pk}/steps/take_answer/").status_code == 404
    body = {"answer_number": "77/QĐ-BNNMT", "answered_on": "20/03/2027", "stars": "5", "points": "92,25",
            "file": factories.upload("tra-loi.pdf")}  # fmt: skip
    done = signed_in(officer).post(f"/lai-chau/hand-overs/{sent.pk}/steps/answer/", body)
    assert done.status_code == 302
    sent.refresh_from_db()
    assert sent.state == "answered"
    scan = signed_in(officer).get(f"/lai-chau/hand-overs/{sent.pk}/answer/")
    assert file_of(scan).startswith(b"%PDF-")
