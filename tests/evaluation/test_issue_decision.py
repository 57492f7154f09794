"""A decision: drafted from results, signed by another, with everything that follows."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from evaluation.decisions.drafting import draft_decision, drop_draft, remove_item
from evaluation.decisions.outcomes import waiting_for_decision
from evaluation.models import Assessment, AssessmentState, Certificate, Decision, HandOver
from ocop.notices.models import Notice
from ocop.orgs.memberships import grant_membership
from ocop.papers.models import Paper, PaperState
from products.models import Dossier, DossierState
from tests import factories
from tests.evaluation import decision_makers as makers


@pytest.fixture
def signer(leader):
    return makers.let_sign(leader)


@pytest.fixture
def three(commune, other_commune, province):
    """84 points, 93 points, 45 points."""
    return [
        makers.make_concluded(commune, province, points=84, stars=4, name="Chè Shan tuyết cổ thụ"),
        makers.make_concluded(other_commune, province, points=93, stars=5, name="Gạo Séng cù"),
        makers.make_concluded(commune, province, points=45, stars=2, name="Rượu ngô men lá"),
    ]


@pytest.fixture
def drafted(three, province, officer):
    return draft_decision(province, "province", by=officer)


def states(model):
    return list(model.objects.order_by("pk").values_list("state", flat=True))


def test_the_regime_says_what_follows_from_each_result(three, province):
    waiting = waiting_for_decision(province, "province")
    assert [(it.outcome, it.stars, it.points, it.tier) for it in waiting] == [
        ("certify", 4, "84", ""),
        ("send_up", 4, "93", "ministry"),
        ("not_recognised", 2, "45", ""),
    ]


def test_issuing_certifies_sends_up_and_refuses_in_one_go(drafted, signer, three, commune_officer):
    owner = factories.make_user("chuthe.xuan", "Lò Thị Xuân")
    three[0].dossier.product.producer.people.create(user=owner, starts_on=dt.date(2026, 1, 1))

    done = makers.issue(drafted, by=signer)

    assert (done.state, done.number, done.dated_on, done.signed_by) == (
        "issued", "01/QĐ-UBND", makers.DECIDED, signer,
    )  # fmt: skip
    assert states(Assessment) == [AssessmentState.DECIDED] * 3
    assert states(Dossier) == [DossierState.RECOGNISED, DossierState.ACCEPTED, DossierState.NOT_RECOGNISED]
    certificate = Certificate.objects.get()
    assert (certificate.number, certificate.stars, certificate.product_name) == (
        "01/2026/OCOP-LC", 4, "Chè Shan tuyết cổ thụ",
    )  # fmt: skip
    assert (certificate.issued_on, certificate.expires_on) == (makers.DECIDED, dt.date(2029, 11, 20))
    assert certificate.issuer_name == "Chủ tịch Ủy ban nhân dân tỉnh Lai Châu"
    assert (certificate.decision_number, certificate.signer_name) == ("01/QĐ-UBND", "Hà Trọng Hải")
    up = HandOver.objects.get()
    assert (up.state, up.to_tier, up.to_unit, up.decision) == ("prepared", "ministry", None, done)
    paper = Paper.objects.get(kind="recognition_decision")
    assert (paper.state, paper.symbol) == (PaperState.NUMBERED, "01/QĐ-UBND")
    assert [annex["title"] for annex in paper.content["annexes"]] == [
        "Danh sách sản phẩm OCOP được công nhận",
        "Danh sách sản phẩm được phê duyệt kết quả, đề nghị cấp trên đánh giá",
    ]
    assert "Rượu ngô" not in str(paper.content)
    assert Paper.objects.filter(kind="result_notice", state=PaperState.NUMBERED).count() == 3
    assert set(Notice.objects.filter(user=owner, kind="result").values_list("subject", flat=True)) >= {
        "Được công nhận OCOP 4 sao: Chè Shan tuyết cổ thụ"
    }
    assert Notice.objects.filter(user=commune_officer, kind="result").count() == 2


def test_a_number_from_the_document_system_is_taken_and_the_series_goes_on_after_it(drafted, signer):
    assert makers.issue(drafted, by=signer, number=3215).number == "3215/QĐ-UBND"


def test_the_one_who_drafted_does_not_issue(three, province, leader):
    makers.let_sign(leader)
    grant_membership(leader, "officer", province, starts_on=dt.date(2020, 1, 1))
    decision = draft_decision(province, "province", by=leader)
    with pytest.raises(ValidationError) as refused:
        makers.issue(decision, by=leader)
    assert refused.value.messages == ["Người soạn dự thảo không ký ban hành: cần người thứ hai."]


def test_a_signer_without_authority_a_wrong_day_and_an_open_result_are_all_said_at_once(
    drafted, leader, three
):
    makers.let_sign(leader, "")
    Assessment.objects.filter(pk=three[0].pk).update(state=AssessmentState.CHECKED)
    with pytest.raises(ValidationError) as refused:
        makers.issue(drafted, by=leader, on=dt.date(2026, 11, 1))
    assert sorted(refused.value.messages) == sorted(
        [
            "“Chè Shan tuyết cổ thụ” đang ở bước “Chờ Hội đồng”, chưa ra quyết định được.",
            "Chưa ghi thẩm quyền ký của bạn (ví dụ “KT. CHỦ TỊCH / PHÓ CHỦ TỊCH”): nhờ quản trị đơn vị bổ sung.",
            "Ngày quyết định không thể trước ngày Hội đồng kết luận (10/11/2026).",
        ]
    )
    assert states(Decision) == ["draft"]
    assert not Certificate.objects.exists()


def test_an_empty_decision_is_refused(drafted, signer, officer):
    for item in drafted.items.all():
        remove_item(drafted, item, by=officer)
    with pytest.raises(ValidationError) as refused:
        makers.issue(drafted, by=signer)
    assert refused.value.messages == ["Quyết định chưa có sản phẩm nào."]


def test_what_is_in_a_draft_waits_for_no_other_until_it_is_dropped(drafted, province, officer):
    with pytest.raises(ValidationError, match="Không có kết quả nào chờ quyết định"):
        draft_decision(province, "province", by=officer)
    drop_draft(drafted, by=officer)
    assert not Paper.objects.filter(kind="recognition_decision").exists()
    assert draft_decision(province, "province", by=officer).items.count() == 3


def test_an_issued_decision_is_not_changed(drafted, signer, officer):
    item = drafted.items.first()
    makers.issue(drafted, by=signer)
    with pytest.raises(ValidationError, match="đã ban hành"):
        remove_item(drafted, item, by=officer)
    with pytest.raises(ValidationError, match="làm trước bạn"):
        makers.issue(drafted, by=signer)


def test_rights(three, province, commune_officer, officer, observer):
    for person in (commune_officer, observer):
        with pytest.raises(PermissionDenied):
            draft_decision(province, "province", by=person)
    decision = draft_decision(province, "province", by=officer)
    with pytest.raises(PermissionDenied):
        makers.issue(decision, by=officer)


def test_a_renewal_replaces_what_the_product_held(commune, province, officer, signer):
    first = makers.make_certificate(
        commune, province, officer=officer, leader=signer, on=dt.date(2026, 6, 20)
    )
    later = makers.make_round(province, name="Đợt 1 năm 2027")
    renewal = Dossier.objects.create(
        product=first.product, round=later, unit=commune, kind="re_ranking", regime="26/2026",
        set_code="QD26-11", code="12-003-9-2027", state="accepted", previous=first.dossier,
    )  # fmt: skip
    makers.conclude_at(renewal, province, points=75, stars=4)
    makers.issue(draft_decision(province, "province", by=officer), by=signer)

    first.refresh_from_db()
    newer = Certificate.objects.get(dossier=renewal)
    assert (first.state, first.replaced_by, newer.state) == ("replaced", newer, "in_force")
    assert newer.number == "02/2026/OCOP-LC"
