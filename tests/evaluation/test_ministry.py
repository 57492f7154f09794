"""The ministry as a tenant of its own: it sees what was handed over and nothing else, and answers the same way."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from evaluation.ballots.sheets import read_evidence
from evaluation.decisions.drafting import draft_decision
from evaluation.meetings.grants import grant_reading, grant_scoring
from evaluation.models import (
    AgendaItem,
    Arrival,
    Assessment,
    Certificate,
    Council,
    CouncilState,
    HandOver,
    Meeting,
    Seat,
)
from evaluation.rules import default_rules
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.hand_over import ARRIVAL, HAND_OVER
from ocop.notices.models import Notice
from ocop.orgs.loading import create_ministry
from ocop.orgs.models import OrgUnit, Place, UnitKind, User
from ocop.tenancy.scope import tenant_scope
from plans.models import Round
from products.law import regime
from products.models import Dossier, EvidencePaper, ExtraTest, Product, said
from products.vault.confirming import confirm
from tests import factories
from tests.evaluation import decision_makers as makers

NAME = "Bộ Nông nghiệp và Môi trường"
TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def ministry(lai_chau):
    """With a root, a unit for each province, a round that takes files, and three people."""
    tenant = create_ministry("bo-nnmt", NAME)
    with tenant_scope(tenant.pk):
        root = OrgUnit.objects.get(parent=None)
        Round.objects.create(
            unit=root, year=2026, name="Đợt 2", regime="26/2026", opens_on=dt.date(2026, 8, 1),
            cutoff_on=dt.date(2027, 1, 29), ends_on=dt.date(2027, 3, 29),
        )  # fmt: skip
        factories.make_user("bo.ocop", "Lê Thu Hằng", role="officer", unit=root)
        makers.let_sign(factories.make_user("bo.lanhdao", "Trần Thanh Nam", role="leader", unit=root))
    return tenant


@pytest.fixture
def people(ministry, django_user_model):
    return {name: django_user_model.objects.get(username=f"bo.{name}") for name in ("ocop", "lanhdao")}


@pytest.fixture
def signer(leader):
    return makers.let_sign(leader)


@pytest.fixture
def sent(ministry, commune, province, officer, signer) -> HandOver:
    """A whole dossier, filed with its papers, 93 points at the province, sent to the ministry."""
    dossier = factories.make_complete_dossier(commune, state="accepted", on=dt.date(2026, 11, 2))
    makers.conclude_at(dossier, province, points=93, stars=5)
    makers.issue(draft_decision(province, "province", by=officer), by=signer)
    return makers.send(HandOver.objects.get(), by=officer)


def receive(ministry, people) -> Arrival:
    with tenant_scope(ministry.pk):
        return ARRIVAL.take(
            "receive", Arrival.objects.get(), by=people["ocop"], data={"at": makers.at(TODAY)}
        )


def decide(ministry, people, *, points, stars):
    """The ministry's council and decision, in its own scope."""
    receive(ministry, people)
    with tenant_scope(ministry.pk):
        root, upper = OrgUnit.objects.get(parent=None), Assessment.objects.get()
        makers.conclude_at(
            upper.dossier, root, points=points, stars=stars, tier="ministry", met=TODAY, assessment=upper
        )
        decision = draft_decision(root, "ministry", by=people["ocop"])
        makers.issue(decision, by=people["lanhdao"], on=TODAY)


def seat_at_a_meeting(assessment) -> User:
    """A member of the ministry's council who has the product on her agenda."""
    root = OrgUnit.objects.get(parent=None)
    council = Council.objects.create(
        unit=root, tier="ministry", regime="26/2026", name="Hội đồng OCOP", starts_on=TODAY,
        rules=default_rules(regime("26/2026")), state=CouncilState.ESTABLISHED, decision_number="1/QĐ-BNNMT", decision_on=TODAY,
    )  # fmt: skip
    member = factories.make_user("bo.uyvien", "Đỗ Văn Năm")
    Seat.objects.create(council=council, user=member, role="member", agency="Bộ Y tế", starts_on=TODAY)
    meeting = Meeting.objects.create(
        council=council, round=assessment.dossier.round, held_at=makers.at(TODAY)
    )
    AgendaItem.objects.create(meeting=meeting, assessment=assessment, order=1)
    grant_scoring([assessment], [member])
    grant_reading([assessment.dossier], [member])
    return member


def head_of(paper) -> bytes:
    with paper.file.open() as content:
        return content.read(5)


def test_what_was_handed_over_arrives_whole_and_nothing_else(sent, ministry, people):
    count, marks = EvidencePaper.objects.count(), sent.assessment.dossier.self_score.levels.keys()
    makers.make_accepted_dossier(sent.assessment.dossier.unit, "Mật ong rừng không gửi lên")
    with tenant_scope(ministry.pk):
        arrival = Arrival.objects.get()
        assert (arrival.state, arrival.from_name, arrival.digest) == ("arrived", "Tỉnh Lai Châu", sent.digest)
        roles = sorted(arrival.files.values_list("role", flat=True))
        assert roles == ["decision", *["evidence"] * count, "letter"]
        assert Dossier.objects.count() == 0
        assert [notice.user for notice in Notice.objects.filter(kind="hand_over")] == [people["ocop"]]
    receive(ministry, people)
    with tenant_scope(ministry.pk):
        copy = Dossier.objects.get()
        assert (copy.state, copy.unit.name, copy.code) == (
            "accepted",
            "Tỉnh Lai Châu",
            sent.assessment.dossier.code,
        )
        assert [it.name for it in Product.objects.all()] == [sent.assessment.dossier.product.name]
        assert EvidencePaper.objects.count() == count
        assert {head_of(paper) for paper in EvidencePaper.objects.select_related("file")} == {b"%PDF-"}
        assert copy.self_score.levels.keys() == marks
        assert Assessment.objects.get().tier == "ministry"
    sent.refresh_from_db()
    assert sent.received_at is not None


def test_results_of_extra_tests_go_up_and_the_council_there_opens_them(
    ministry, people, commune, province, officer, signer, signed_in
):
    """Accepted ones alone: listed in the letter and the package, copied with their file, opened by a member."""
    dossier = factories.make_complete_dossier(commune, state="accepted", on=dt.date(2026, 11, 2))
    accepted = factories.make_result(dossier, "Chì, cadimi", by=officer, verdict="Dưới mức giới hạn")
    factories.make_result(dossier, "Chất bảo quản", by=officer, verdict="Sai mẫu", step="refuse")
    makers.conclude_at(dossier, province, points=93, stars=5)
    makers.issue(draft_decision(province, "province", by=officer), by=signer)
    sent = makers.send(HandOver.objects.get(), by=officer)
    listed = next(block["list"] for block in sent.letter.content["body"] if "list" in block)
    assert listed[-1] == "Kết quả kiểm nghiệm thêm theo yêu cầu của Tổ tư vấn (1 phiếu)"
    assert [it["file"]["sha256"] for it in sent.package["extra_tests"]] == [accepted.paper.file.sha256]
    page = signed_in(officer).get(f"/lai-chau/hand-overs/{sent.pk}/").text
    assert f"/lai-chau/evidence/{accepted.paper_id}/" in page
    with tenant_scope(ministry.pk):
        assert Arrival.objects.get().files.filter(role="extra_test").count() == 1
    receive(ministry, people)
    with tenant_scope(ministry.pk):
        copied = ExtraTest.objects.get()
        result = copied.results.get()
        assert (copied.state, copied.parameters, result.verdict, result.judged_by) == (
            "accepted", "Chì, cadimi", "Dưới mức giới hạn", None,
        )  # fmt: skip
        assert result.judged_at == accepted.judged_at
        assessment = Assessment.objects.get()
        member = seat_at_a_meeting(assessment)
        meeting = AgendaItem.objects.get().meeting_id
    tab = signed_in(member)
    shown = tab.get(f"/bo-nnmt/meetings/{meeting}/items/{assessment.pk}/").text
    assert "Dưới mức giới hạn" in shown
    opened = tab.get(f"/bo-nnmt/evidence/{result.paper_id}/file/", follow=True)
    assert b"".join(opened.streaming_content).startswith(b"%PDF-")
    assert signed_in(people["lanhdao"]).get(f"/bo-nnmt/extra-tests/{copied.pk}/").status_code == 200


def test_what_an_office_of_the_province_said_goes_up_and_the_council_there_reads_it(
    ministry, people, commune, province, officer, signer, signed_in
):
    """In the package as it stood when it was sent; on the copy until an office of the ministry says its own."""
    kind, unit = "production_eligibility", "Sở Nông nghiệp và Môi trường"
    department = factories.make_unit(unit, UnitKind.DEPARTMENT, parent=province)
    grower = factories.make_user("so.nn", "Đinh Thị Lan", role="sector_officer", unit=department)
    dossier = factories.make_complete_dossier(commune, state="accepted", on=dt.date(2026, 11, 2))
    paper = EvidencePaper.objects.filter(links__dossier=dossier, kind=kind).distinct().get()
    word = confirm(paper, "unclear", note="Đang tra sổ.", revision=1, seen=None, by=grower)
    makers.conclude_at(dossier, province, points=93, stars=5)
    makers.issue(draft_decision(province, "province", by=officer), by=signer)
    sent = makers.send(HandOver.objects.get(), by=officer)
    confirm(paper, "genuine", revision=1, seen=word.pk, by=grower)  # after the package was frozen
    words = {it["title"]: it["confirmation"] for it in sent.package["evidence"]}
    assert words.pop(paper.title) == {
        "verdict": "unclear", "unit": unit, "at": word.at.isoformat(), "note": "Đang tra sổ.",
    }  # fmt: skip
    assert set(words.values()) == {None}
    assert sent.package["confirmations_as_of"] == sent.sent_at.isoformat()
    line = f"{unit} chưa xác định được (ngày {timezone.localdate():%d/%m/%Y})"
    moment = f"Ghi theo lúc gửi gói: {timezone.localtime(sent.sent_at):%H:%M %d/%m/%Y}"
    shown = signed_in(officer).get(f"/lai-chau/hand-overs/{sent.pk}/").text
    assert (line in shown, moment in shown, "Đang tra sổ." in shown) == (True, True, True)
    with tenant_scope(ministry.pk):
        arrival = Arrival.objects.get()
    shown = signed_in(people["ocop"]).get(f"/bo-nnmt/arrivals/{arrival.pk}/").text
    assert (line in shown, moment in shown, "Đang tra sổ." in shown) == (True, True, True)
    receive(ministry, people)
    with tenant_scope(ministry.pk):
        copies = EvidencePaper.objects.annotate(said=said())
        told = {it.title: it.said for it in copies if it.said}
        assert [(title, it.unit, it.verdict) for title, it in told.items()] == [
            (paper.title, f"{unit} (Tỉnh Lai Châu)", "unclear")
        ]
        assessment = Assessment.objects.get()
        member, copy = seat_at_a_meeting(assessment), copies.get(title=paper.title)
        code = copy.links.exclude(criterion="").first().criterion
        [beside] = [it.paper.said for it in read_evidence(assessment.dossier, code) if it.paper == copy]
        assert beside.note == "Đang tra sổ."
        root = OrgUnit.objects.get(parent=None)
        own = factories.make_unit("Cục Nông nghiệp", UnitKind.DEPARTMENT, parent=root)
        clerk = factories.make_user("cuc.nn", "Lê Văn Sáu", role="sector_officer", unit=own)
        confirm(copy, "genuine", revision=1, seen=None, by=clerk)
        assert copies.get(pk=copy.pk).said.unit == "Cục Nông nghiệp"
    assert signed_in(member).get(f"/bo-nnmt/evidence/{copy.pk}/").status_code == 200


def test_a_package_that_was_tampered_with_is_not_received(sent, ministry, people):
    with tenant_scope(ministry.pk):
        arrival = Arrival.objects.get()
        arrival.package["result"]["mean"] = 99
        arrival.content["product"]["name"] = "Khác"
        arrival.save(update_fields=["package", "content"])
        offers = {it.name: it for it in ARRIVAL.open_to(arrival, people["ocop"])}
    assert offers["receive"].problems == [
        "Gói hồ sơ không khớp mã băm đã ghi khi gửi.",
        "Nội dung hồ sơ không khớp mã băm của bản đã nộp.",
    ]


def test_without_a_round_nothing_is_received(sent, ministry, people):
    with tenant_scope(ministry.pk):
        Round.objects.all().delete()
        offers = {it.name: it for it in ARRIVAL.open_to(Arrival.objects.get(), people["ocop"])}
    assert offers["receive"].problems == ["Chưa có đợt đánh giá nào đang nhận hồ sơ: hãy mở đợt trước."]


def test_five_stars_are_certified_there_and_stand_in_the_provinces_register(sent, ministry, people, officer):
    decide(ministry, people, points=92, stars=5)
    with tenant_scope(ministry.pk):
        theirs = Certificate.objects.get()
        assert (theirs.stars, theirs.number, theirs.issuer_name) == (
            5,
            "01/2026/OCOP-QG",
            f"Bộ trưởng {NAME}",
        )
        assert Dossier.objects.get().state == "recognised"
    sent.refresh_from_db()
    assert (sent.state, sent.brought["stars"], sent.brought["points"]) == ("sent", 5, "92")
    assert Dossier.objects.get().state == "accepted"  # the province's own people take the answer

    HAND_OVER.take("take_answer", sent, by=officer)
    ours = Certificate.objects.get()
    assert (ours.stars, ours.number, ours.is_recorded) == (5, "01/2026/OCOP-QG", True)
    assert (Dossier.objects.get().state, Assessment.objects.get().state) == ("recognised", "returned")


@pytest.mark.parametrize(("way", "outcome"), [("result", ("certify", 4)), ("review", ("certify", 4))])
def test_below_ninety_the_province_recognises_or_evaluates_anew(
    way, outcome, sent, ministry, people, province, officer, signer
):
    decide(ministry, people, points=88, stars=4)
    with tenant_scope(ministry.pk):
        assert (Certificate.objects.count(), Dossier.objects.get().state) == (0, "not_recognised")
    sent.refresh_from_db()
    HAND_OVER.take("take_answer", sent, by=officer)
    if way == "review":
        ASSESSMENT.take("review", sent.assessment, by=officer)
        again = Assessment.objects.get(turn=2)
        makers.conclude_at(again.dossier, province, points=91, stars=5, met=TODAY, assessment=again)
    decision = draft_decision(province, "province", by=officer)
    assert [(it.outcome, it.stars) for it in decision.items.all()] == [outcome]
    makers.issue(decision, by=signer, on=dt.date(2026, 12, 1))
    assert Certificate.objects.get().stars == 4


def test_a_refusal_travels_with_its_reasons(sent, ministry, people, officer):
    with tenant_scope(ministry.pk):
        ARRIVAL.take(
            "refuse", Arrival.objects.get(), by=people["ocop"], data={"note": "Thiếu 05 sản phẩm mẫu."}
        )
    sent.refresh_from_db()
    assert (sent.state, sent.brought) == ("sent", {"refusal": "Thiếu 05 sản phẩm mẫu."})
    HAND_OVER.take("take_refusal", sent, by=officer)
    sent.refresh_from_db()
    assert (sent.state, sent.refusal, sent.assessment.state) == (
        "refused",
        "Thiếu 05 sản phẩm mẫu.",
        "returned",
    )


def test_pages_of_the_ministry(sent, ministry, people, officer, signed_in):
    with tenant_scope(ministry.pk):
        arrival = Arrival.objects.get()
        file = arrival.files.first()
    there = signed_in(people["ocop"])
    page = there.get(f"/bo-nnmt/arrivals/{arrival.pk}/")
    assert (page.status_code, sent.receipt in page.content.decode()) == (200, True)
    scan = there.get(f"/bo-nnmt/arrivals/{arrival.pk}/files/{file.pk}/")
    assert b"".join(scan.streaming_content).startswith(b"%PDF-")
    assert signed_in(officer).get(f"/bo-nnmt/arrivals/{arrival.pk}/").status_code == 404
    assert "Tiếp nhận 1 hồ sơ cấp dưới chuyển lên" in there.get("/bo-nnmt/").content.decode()


def test_the_dossier_that_came_has_its_page_at_the_ministry(sent, ministry, people, signed_in):
    receive(ministry, people)
    with tenant_scope(ministry.pk):
        dossier = Dossier.objects.get()
    page = signed_in(people["ocop"]).get(f"/bo-nnmt/dossiers/{dossier.pk}/")
    assert "Nhận bản hồ sơ chuyển đến" in page.content.decode()


def test_the_ministrys_tenant_has_its_provinces(lai_chau):
    Place.objects.create(
        code="19", level="province", kind="tỉnh", name="Tỉnh Thái Nguyên", valid_from=factories.REFORM
    )
    tenant = create_ministry("bo-nnmt", NAME)
    assert create_ministry("bo-nnmt", NAME) == tenant
    with tenant_scope(tenant.pk):
        assert [(unit.kind, unit.name) for unit in OrgUnit.objects.order_by("path")] == [
            ("ministry", NAME), ("province", "Tỉnh Lai Châu"), ("province", "Tỉnh Thái Nguyên"),
        ]  # fmt: skip
