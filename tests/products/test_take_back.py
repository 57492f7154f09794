"""A finished report is taken back until it is forwarded: its number stays in the register, the next one follows."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from ocop.audit.models import Entry
from ocop.notices.models import Notice
from ocop.orgs.models import OrgUnit, User
from ocop.papers.models import Paper
from ocop.papers.tasks import render_papers
from ocop.papers.workflow import PAPER
from ocop.tenancy.scope import tenant_scope
from products.desks.reporting import save_finding
from products.models import Dossier
from products.workflow import DOSSIER
from tests import factories
from tests.factories import make_complete_dossier, number_report

T = "/lai-chau"
WHY = {"note": "Ghi nhầm sản lượng"}


@pytest.fixture
def numbered(make, commune_officer):
    """Reported, its paper with a number."""
    dossier = make("reported")
    number_report(dossier, commune_officer)
    return dossier


def _symbols():
    return list(Paper.objects.order_by("pk").values_list("symbol", "state"))


def test_the_number_stays_cancelled_and_the_next_report_gets_the_next(numbered, commune_officer, owner):
    first = numbered.commune_report.paper
    dossier = DOSSIER.take("take_back_report", numbered, by=commune_officer, data=WHY)
    assert dossier.state == "submitted"
    assert dossier.commune_report.paper is None
    save_finding(dossier, "idea_origin", "Sửa lại: từ tổ nghề.", by=commune_officer)
    dossier = DOSSIER.take("report", dossier, by=commune_officer)
    number_report(dossier, commune_officer)
    assert _symbols() == [("01/BC-UBND", "cancelled"), ("02/BC-UBND", "numbered")]
    assert dossier.commune_report.paper.about == first.about
    assert DOSSIER.take("forward", dossier, by=commune_officer).state == "forwarded"
    told = Notice.objects.get(user=owner, kind="dossier.report_taken_back")
    assert told.body == "01/BC-UBND: Ghi nhầm sản lượng"


def test_the_clock_goes_on(make, commune_officer):
    dossier = make("reported", on=dt.date(2026, 11, 2))
    due = dossier.clocks.get().due_on
    dossier = DOSSIER.take("take_back_report", dossier, by=commune_officer, data=WHY)
    clock = dossier.clocks.get()
    assert (clock.due_on, clock.paused_on, clock.stopped_on) == (due, None, None)


def test_a_report_without_a_number_goes_without_a_trace_in_the_series(make, commune_officer):
    dossier = DOSSIER.take("take_back_report", make("reported"), by=commune_officer, data=WHY)
    dossier = DOSSIER.take("report", dossier, by=commune_officer)
    number_report(dossier, commune_officer)
    assert _symbols() == [("", "cancelled"), ("01/BC-UBND", "numbered")]


def test_by_pages_with_the_reason_in_the_history_of_both(numbered, commune_officer, owner, signed_in):
    tab, home = signed_in(commune_officer), f"{T}/dossiers/{numbered.pk}/"
    paper = numbered.commune_report.paper
    assert "Rút báo cáo về" in tab.get(home).content.decode()
    refused = tab.post(f"{home}steps/take_back_report/", {"note": ""})
    assert refused.status_code == 422
    assert "Hãy điền “Lý do”" in refused.content.decode()
    assert tab.post(f"{home}steps/take_back_report/", WHY).status_code == 302
    assert "Ghi nhầm sản lượng" in signed_in(owner).get(home).content.decode()
    page = tab.get(f"{T}/papers/{paper.pk}/").content.decode()
    assert "Số 01/BC-UBND giữ nguyên trong sổ" in page
    assert "Ghi nhầm sản lượng" in page
    assert "Tệp đang được tạo" not in page
    assert "Đã hủy" in tab.get(f"{T}/papers/?state=cancelled").content.decode()


def test_a_cancelled_paper_gets_no_file_no_number_and_no_signature(
    numbered, commune_officer, lai_chau_tenant, run_task
):
    paper = numbered.commune_report.paper
    DOSSIER.take("take_back_report", numbered, by=commune_officer, data=WHY)
    run_task(render_papers, lai_chau_tenant.pk)
    paper.refresh_from_db()
    assert (paper.state, paper.file) == ("cancelled", None)
    for step in ("number", "attach_signed", "cancel"):
        with pytest.raises(ValidationError, match="làm trước bạn"):
            PAPER.take(step, paper, by=commune_officer, data=WHY)


def test_what_was_rendered_keeps_its_file(numbered, commune_officer, lai_chau_tenant, run_task, signed_in):
    run_task(render_papers, lai_chau_tenant.pk)
    paper = numbered.commune_report.paper
    DOSSIER.take("take_back_report", numbered, by=commune_officer, data=WHY)
    paper.refresh_from_db()
    assert paper.file is not None
    assert "Bản phát hành" in signed_in(commune_officer).get(f"{T}/papers/{paper.pk}/").content.decode()


def test_no_paper_is_cancelled_on_its_own_page(numbered, commune_officer, signed_in):
    tab, paper = signed_in(commune_officer), numbered.commune_report.paper
    assert tab.post(f"{T}/papers/{paper.pk}/steps/cancel/", WHY).status_code == 404
    api = tab.post(f"{T}/api/papers/{paper.pk}/steps/cancel/", WHY, content_type="application/json")
    assert api.status_code == 404
    assert Entry.objects.about(paper).filter(action="paper.cancel").count() == 0


def test_once_forwarded_it_is_too_late_and_others_may_not(
    numbered, commune_officer, owner, officer, signed_in
):
    for user in (owner, officer):
        assert signed_in(user).get(f"{T}/dossiers/{numbered.pk}/steps/take_back_report/").status_code == 403
    with pytest.raises(PermissionDenied):
        DOSSIER.take("take_back_report", numbered, by=owner, data=WHY)
    dossier = DOSSIER.take("forward", numbered, by=commune_officer)
    with pytest.raises(ValidationError, match="làm trước bạn"):
        DOSSIER.take("take_back_report", dossier, by=commune_officer, data=WHY)
    assert dossier.commune_report.paper.state == "numbered"


def test_taken_back_and_forwarded_at_once_one_of_them_wins(transactional_db):
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        factories.make_units(tenant)
        dossier = make_complete_dossier(OrgUnit.objects.get(name="Xã Mường So"), state="reported")
        officer = factories.officer_of(dossier.unit)
        number_report(dossier, officer)
    start, done = threading.Barrier(2), []

    def take(step):
        with tenant_scope(tenant.pk):
            by, mine = User.objects.get(pk=officer.pk), Dossier.objects.get(pk=dossier.pk)
            start.wait(30)
            try:
                done.append(DOSSIER.take(step, mine, by=by, data=WHY).state)
            except ValidationError as refused:
                done.append(refused.error_list[0].code)
        connection.close()

    threads = [threading.Thread(target=take, args=(step,)) for step in ("forward", "take_back_report")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with tenant_scope(tenant.pk):
        state, paper = Dossier.objects.get().state, Paper.objects.get()
    assert sorted(done) == sorted(["stale", state])
    assert (paper.state == "cancelled") is (state == "submitted")
