"""Beat's sweeps, each once on a real worker, with the tasks that they send on."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from evaluation.legacy.uploading import check_import
from evaluation.models import Certificate, LegacyImport
from evaluation.tasks import sweep_certificates, sweep_expiry
from ocop.notices.models import Notice
from ocop.orgs.models import OrgUnit
from ocop.papers.drafting import issue_paper
from ocop.papers.models import Paper
from ocop.papers.tasks import sweep
from ocop.tenancy.scope import tenant_scope
from tests import factories
from tests.evaluation import decision_makers as makers
from tests.evaluation.test_legacy import GOOD, book
from tests.worker import real_worker, wait_until

pytestmark = pytest.mark.slow


def test_what_no_click_could_send_is_swept_up_in_every_tenant(transactional_db, tmp_path):
    """All rows are written while nothing listens, as when the broker was down."""
    tenants = [
        factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12"),
        factories.make_tenant("thai-nguyen", "Tỉnh Thái Nguyên", code="19"),
    ]
    for tenant in tenants:
        with tenant_scope(tenant.pk):
            factories.make_units(tenant)
            leave_work(OrgUnit.objects.get(parent=None), OrgUnit.objects.get(name="Xã Mường So"), tenant.slug)

    with real_worker(tmp_path, concurrency=2):
        for task in (sweep_certificates, sweep_expiry, sweep):
            task.delay()
        for tenant in tenants:
            wait_until(lambda tenant=tenant: is_done(tenant.pk))


def leave_work(province: OrgUnit, commune: OrgUnit, slug: str) -> None:
    officer = factories.make_user(f"{slug}.ocop", "Nguyễn Thị Hồng Thắm", role="officer", unit=province)
    leader = factories.make_user(f"{slug}.lanhdao", "Hà Trọng Hải", role="leader", unit=province)
    certificate = makers.make_certificate(commune, province, officer=officer, leader=leader)
    ends = timezone.localdate() + dt.timedelta(days=50)
    Certificate.objects.filter(pk=certificate.pk).update(issued_on=dt.date(2020, 1, 1), expires_on=ends)
    issue_paper(
        province, "plan", "Kế hoạch năm", {"body": [{"p": "Nội dung"}]}, by=leader, on=dt.date(2026, 1, 5)
    )
    check_import(province, book(GOOD | {"issuer": province.name}), by=officer)
    LegacyImport.objects.update(state="queued")


def is_done(tenant_id: int) -> bool:
    with tenant_scope(tenant_id):
        return (
            not Certificate.objects.to_render().exists()
            and not Paper.objects.to_render().exists()
            and LegacyImport.objects.get().state == "done"
            and Notice.objects.filter(kind="expiry").exists()
        )
