"""An extra test: asked for by the team, seen by both sides, answered with a paper, judged, taken back."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ocop.notices.models import Notice
from ocop.orgs.models import OrgUnit
from ocop.tenancy.scope import tenant_scope
from products.advisory.extra_tests import ask_test
from products.dossiers import clocks
from products.dossiers.extra_test_clocks import write_test_clock
from products.dossiers.reminders import remind
from products.law import regime
from products.models import Dossier, EvidencePaper, ExtraTest, ExtraTestResult, SampleMove
from products.samples import balances, receive_samples
from products.workflow import EXTRA_TEST
from tests import factories
from tests.races import at_once

T = "/lai-chau"
DAY = dt.timedelta(days=1)


@pytest.fixture
def dossier(make):
    return make("accepted")


@pytest.fixture
def advisor(province):
    return factories.make_user("to.tuvan", "Trần Thị Tư", role="advisory_member", unit=province)


def given(**more):
    base = {"parameters": "Chì, cadimi", "reason": "Phiếu cũ thiếu kim loại nặng",
            "due_on": timezone.localdate() + 20 * DAY, "laboratory": "Quatest 1", "payer": "producer"}  # fmt: skip
    return base | more


@pytest.fixture
def asked(dossier, advisor):
    return ask_test(dossier, given(), by=advisor)


def bring(test, by, **more):
    return EXTRA_TEST.take("bring", test, by=by, data={"upload": factories.upload("phieu.pdf")} | more)


def test_the_producer_is_told_and_both_sides_read_the_same(
    dossier, advisor, owner, commune_officer, signed_in
):
    page = signed_in(advisor).post(
        f"{T}/dossiers/{dossier.pk}/extra-tests/new/",
        given(due_on=f"{timezone.localdate() + 20 * DAY:%d/%m/%Y}"),
    )
    test = ExtraTest.objects.get()
    assert (page.status_code, page.url) == (302, f"{T}/extra-tests/{test.pk}/")
    told = Notice.objects.get(kind="dossier.test_asked")
    assert (told.user, "Chì, cadimi" in told.body, "Phiếu cũ thiếu" in told.body) == (owner, True, True)
    for user in (advisor, owner, commune_officer):
        shown = signed_in(user).get(f"{T}/dossiers/{dossier.pk}/").text
        assert "Kiểm nghiệm: Chì, cadimi" in shown
        assert "Lý do: Phiếu cũ thiếu kim loại nặng" in shown
    assert "Yêu cầu kiểm nghiệm thêm</a>" not in signed_in(owner).get(f"{T}/dossiers/{dossier.pk}/").text


def test_the_result_becomes_a_paper_of_the_vault_and_is_judged(asked, advisor, owner, producer, signed_in):
    tab = signed_in(owner)
    sent = {
        "file": factories.upload("phieu.pdf"),
        "number": "KN-77",
        "issuer": "Quatest 1",
        "issued_on": "",
        "note": "",
    }
    assert tab.post(f"{T}/extra-tests/{asked.pk}/result/", sent).status_code == 302
    paper = EvidencePaper.objects.get(number="KN-77")
    assert (paper.producer, paper.kind, paper.added_by) == (producer, "test_report", owner)
    assert Notice.objects.filter(kind="dossier.test_brought", user=advisor).count() == 1
    assert signed_in(advisor).get(f"{T}/evidence/{paper.pk}/").status_code == 200
    EXTRA_TEST.take("refuse", asked, by=advisor, data={"note": "Sai mẫu"})
    bring(asked, owner, note="Lần hai")
    EXTRA_TEST.take("accept", asked, by=advisor, data={"note": "Dưới ngưỡng QCVN 8-2"})
    assert [(it.is_accepted, it.verdict) for it in ExtraTestResult.objects.all()] == [
        (False, "Sai mẫu"), (True, "Dưới ngưỡng QCVN 8-2"),
    ]  # fmt: skip
    shown = tab.get(f"{T}/dossiers/{asked.dossier_id}/").text
    assert "Dưới ngưỡng QCVN 8-2" in shown
    assert {it.kind for it in Notice.objects.filter(user=owner)} >= {
        "dossier.test_refused",
        "dossier.test_accepted",
    }


def test_a_paper_that_is_there_answers_and_another_producers_does_not(
    asked, owner, commune, other_owner, producer
):
    own = factories.make_complete_dossier(commune, name="Gạo", producer=producer, owner=owner)
    paper = own.evidence.first().paper
    strange = factories.make_complete_dossier(
        commune, name="Mật", producer=factories.make_producer(commune, name="HTX Páo", owner=other_owner), owner=other_owner
    ).evidence.first().paper  # fmt: skip
    with pytest.raises(ValidationError) as refused:
        EXTRA_TEST.take("bring", asked, by=owner, data={"paper": strange})
    assert list(refused.value.message_dict) == ["paper"]
    EXTRA_TEST.take("bring", asked, by=owner, data={"paper": paper})
    assert ExtraTestResult.objects.get().paper == paper


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"parameters": " "}, "parameters"),
        ({"reason": ""}, "reason"),
        ({"due_on": timezone.localdate() - DAY}, "due_on"),
        ({"payer": "nobody"}, "payer"),
    ],
)
def test_what_cannot_be_asked_is_said_at_its_field(dossier, advisor, signed_in, more, field):
    sent = given(**more)
    sent["due_on"] = f"{sent['due_on']:%d/%m/%Y}"
    page = signed_in(advisor).post(f"{T}/dossiers/{dossier.pk}/extra-tests/new/", sent)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert not ExtraTest.objects.exists()


def test_units_of_a_lot_go_to_the_laboratory(make, advisor, province, signed_in):
    dossier = make("accepted")
    officer = factories.make_user("cb.mau", "Cán bộ mẫu", role="officer", unit=province)
    lot = receive_samples(dossier, count=5, condition="good", by=officer).sample
    with pytest.raises(ValidationError) as refused:
        ask_test(dossier, given(sample=lot, sample_units=6), by=advisor)
    assert list(refused.value.message_dict) == ["sample_units"]
    for _tap in range(2):  # the second takes no units more
        ask_test(dossier, given(sample=lot, sample_units=2), by=advisor)
    assert balances([dossier.pk])[lot.pk].count == 3
    assert SampleMove.objects.get(kind="tested").note == "Quatest 1"
    page = signed_in(advisor).get(f"{T}/dossiers/{dossier.pk}/extra-tests/new/").text
    assert "Lô 1, còn 3 đơn vị" in page


def test_who_may_and_who_may_not(
    asked, dossier, owner, commune_officer, other_commune, signed_in, lai_chau, stranger
):
    for user in (owner, commune_officer):
        with pytest.raises(PermissionDenied):
            ask_test(dossier, given(), by=user)
        with pytest.raises(PermissionDenied):
            EXTRA_TEST.take("withdraw", asked, by=user, data={"note": "x"})
    far = factories.make_user("xa.khac", "Lý A Sa", role="commune_officer", unit=other_commune)
    for url in (
        f"/extra-tests/{asked.pk}/",
        f"/extra-tests/{asked.pk}/result/",
        f"/dossiers/{dossier.pk}/extra-tests/new/",
    ):
        assert signed_in(far).get(T + url).status_code == 404
        assert signed_in(stranger).get(T + url).status_code == 404


def test_only_while_it_is_with_the_authority(make, advisor):
    with pytest.raises(PermissionDenied):
        ask_test(make("draft"), given(), by=make("draft", name="B").created_by)
    with pytest.raises(ValidationError, match="Chỉ yêu cầu kiểm nghiệm thêm"):
        ask_test(make("submitted", name="C"), given(), by=advisor)


def test_it_is_taken_back_with_a_reason(asked, advisor, owner):
    with pytest.raises(ValidationError):
        EXTRA_TEST.take("withdraw", asked, by=advisor, data={"note": " "})
    EXTRA_TEST.take("withdraw", asked, by=advisor, data={"note": "Đã có phiếu khác"})
    with pytest.raises(ValidationError, match="Đã rút yêu cầu"):
        bring(asked, owner)
    assert not EvidencePaper.objects.filter(test_results__isnull=False).exists()
    assert Notice.objects.get(kind="dossier.test_withdrawn").body == "Đã có phiếu khác"


def test_what_is_late_is_said_to_both_sides(asked, advisor, owner, signed_in):
    late = asked.due_on + DAY
    remind(on=late)
    remind(on=late)
    told = Notice.objects.filter(kind="dossier.test_due")
    assert told.filter(user=owner).count() == told.filter(user=advisor).count() == 1
    ExtraTest.objects.update(due_on=timezone.localdate() - 2 * DAY)
    assert "quá hạn 2 ngày" in signed_in(owner).get(f"{T}/dossiers/{asked.dossier_id}/").text


def test_a_clock_stands_only_where_the_tenants_rules_say_so(dossier, advisor, owner, province):
    rule = regime(dossier.regime).deadline("re_ranking")
    today = timezone.localdate()
    clock = dossier.clocks.create(
        unit=province, rule=rule.code, started_on=today, due_on=today + 45 * DAY, calendar="vn"
    )
    test = ask_test(dossier, given(), by=advisor)
    clock.refresh_from_db()
    assert (clock.paused_on, clock.due_on) == (None, today + 45 * DAY)
    officer = factories.make_user("cb.han", "Cán bộ hạn", role="officer", unit=province)
    words = {"pauses": True, "basis": "Điều 9 Quy chế"}
    write_test_clock(regime(dossier.regime), "re_ranking", words, by=officer)
    clocks.reckon(dossier)
    clock.refresh_from_db()
    assert clock.paused_on == today
    bring(test, owner, at=timezone.now() + 4 * DAY)
    clock.refresh_from_db()
    assert (clock.paused_on, clock.due_on) == (None, today + 49 * DAY)
    EXTRA_TEST.take("refuse", test, by=advisor, data={"note": "Sai", "at": timezone.now() + 5 * DAY})
    clock.refresh_from_db()
    assert clock.paused_on == today + 5 * DAY
    EXTRA_TEST.take("withdraw", test, by=advisor, data={"note": "Thôi", "at": timezone.now() + 7 * DAY})
    clock.refresh_from_db()
    assert (clock.paused_on, clock.due_on) == (None, today + 51 * DAY)


def test_the_page_of_clocks_says_who_decided(province, advisor, signed_in):
    officer = factories.make_user("cb.han", "Cán bộ hạn", role="officer", unit=province)
    tab = signed_in(officer)
    assert "quyết định không nêu" in tab.get(f"{T}/desk/test-clocks/").text
    assert tab.post(f"{T}/desk/test-clocks/re_ranking/", {"pauses": "on", "basis": ""}).status_code == 422
    sent = {"pauses": "on", "basis": "Điều 9 Quy chế"}
    assert tab.post(f"{T}/desk/test-clocks/re_ranking/", sent).status_code == 302
    assert "Điều 9 Quy chế (tỉnh quy định)" in tab.get(f"{T}/desk/test-clocks/").text
    assert tab.get(f"{T}/desk/test-clocks/commune_report/").status_code == 404
    assert signed_in(advisor).get(f"{T}/desk/test-clocks/").status_code == 403


def test_two_results_at_the_same_moment_are_one(transactional_db):
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        factories.make_units(tenant)
        commune = OrgUnit.objects.get(name="Xã Mường So")
        officer = factories.make_user(
            "cb.tinh", "Cán bộ", role="officer", unit=OrgUnit.objects.get(parent=None)
        )
        clerk = factories.officer_of(commune)
        test = ask_test(factories.make_complete_dossier(commune, state="accepted"), given(), by=officer)
    answers = at_once(
        tenant.pk, lambda: bring(test, clerk), lambda: bring(test, officer), refusals=(ValidationError,)
    )
    assert sorted(type(it).__name__ for it in answers) == ["ExtraTest", "ValidationError"]
    with tenant_scope(tenant.pk):
        assert ExtraTestResult.objects.count() == 1
        assert EvidencePaper.objects.filter(test_results__isnull=False).count() == 1


def test_a_dossier_that_ended_takes_no_result(asked, owner):
    Dossier.objects.filter(pk=asked.dossier_id).update(state="not_recognised")
    with pytest.raises(ValidationError, match="Hồ sơ đã kết thúc"):
        bring(asked, owner)
    assert not EvidencePaper.objects.filter(test_results__isnull=False).exists()
