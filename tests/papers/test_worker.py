"""Papers made by real workers: one after a click, two at once, one killed half-way."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction

from ocop.audit.models import Entry
from ocop.files.models import StoredFile
from ocop.orgs.models import OrgUnit
from ocop.papers.drafting import issue_paper
from ocop.papers.models import Paper, PaperState
from ocop.papers.rendering import render_due
from ocop.papers.tasks import render_papers
from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import tenant_scope
from tests import factories
from tests.papers.conftest import CONTENT
from tests.worker import real_worker, wait_until

ON = dt.date(2026, 11, 20)


@pytest.fixture
def province_tenant(transactional_db) -> Tenant:
    """Committed: other processes and threads see it."""
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        factories.make_units(tenant)
    return tenant


def issue(tenant: Tenant, count: int = 1) -> list[int]:
    with tenant_scope(tenant.pk):
        unit = OrgUnit.objects.get(parent=None)
        by = factories.make_user("tinh.lanhdao", "Hà Trọng Hải", role="leader", unit=unit)
        made = [
            issue_paper(unit, "recognition_decision", f"Về việc {n}", CONTENT, by=by, on=ON)
            for n in range(count)
        ]
    return [paper.pk for paper in made]


def states(tenant: Tenant) -> set[str]:
    with tenant_scope(tenant.pk):
        return set(Paper.objects.values_list("state", flat=True))


@pytest.mark.slow
def test_an_issued_paper_is_made_by_the_worker_that_the_commit_asked(province_tenant, tmp_path):
    with real_worker(tmp_path):
        issue(province_tenant)
        wait_until(lambda: states(province_tenant) == {PaperState.RENDERED})

    with tenant_scope(province_tenant.pk):
        paper = Paper.objects.get()
        assert paper.file.sha256 in Entry.objects.get(action="paper.render").data["sha256"]
        assert default_storage.size(paper.file.path) == paper.file.size


@pytest.mark.slow
def test_two_workers_and_one_killed_half_way_leave_one_file_a_paper(province_tenant, tmp_path):
    pks = issue(province_tenant, count=12)
    with real_worker(tmp_path, concurrency=2) as first:
        for _ in range(2):
            render_papers.delay(province_tenant.pk)
        wait_until(lambda: PaperState.RENDERED in states(province_tenant))
        first.kill()
    with real_worker(tmp_path, concurrency=2):
        for _ in range(2):
            render_papers.delay(province_tenant.pk)
        wait_until(lambda: states(province_tenant) == {PaperState.RENDERED})

    with tenant_scope(province_tenant.pk):
        assert StoredFile.objects.count() == len(pks)
        assert Entry.objects.filter(action="paper.render").count() == len(pks)


def test_a_paper_that_another_worker_holds_is_left_to_it(province_tenant):
    (pk,) = issue(province_tenant)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with tenant_scope(province_tenant.pk):
            Paper.objects.select_for_update().get(pk=pk)
            held.set()
            done.wait(30)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    held.wait(30)
    render_due(province_tenant.pk)
    assert states(province_tenant) == {PaperState.NUMBERED}
    done.set()
    other.join()

    render_due(province_tenant.pk)
    assert states(province_tenant) == {PaperState.RENDERED}
    assert not transaction.get_connection().in_atomic_block
