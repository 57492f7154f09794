"""A worker killed while it makes a certificate, a meeting's minutes or a bound dossier: made once, by the next.

Many papers with two workers and one killed: tests/papers/test_worker.py.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from evaluation.models import AgendaItem, Certificate
from evaluation.tasks import sweep_certificates
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.meeting import MEETING
from ocop.audit.models import Entry
from ocop.files.models import StoredFile
from ocop.orgs.models import OrgUnit
from ocop.papers.models import Paper
from ocop.papers.rendering import render_due
from ocop.papers.tasks import sweep as sweep_papers
from ocop.papers.workflow import PAPER
from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import tenant_scope
from products.binding.making import ask_for_book
from products.models import BoundDossier
from products.tasks import sweep_bindings
from tests import factories
from tests.evaluation import decision_makers, makers
from tests.worker import real_worker, sending_to, wait_until

pytestmark = pytest.mark.slow
NOWHERE = "nobody-listens"  # what is sent while the rows are made


@pytest.fixture
def tenant(transactional_db) -> Tenant:
    made = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(made.pk):
        factories.make_units(made)
    return made


def test_half_way_through_a_certificate(tenant, tmp_path):
    with sending_to(NOWHERE), tenant_scope(tenant.pk):
        decision_makers.make_certificate(*places(), **authority())
    kill_half_way(tenant, Certificate, sweep_certificates, tmp_path)
    with real_worker(tmp_path):
        sweep_certificates.delay()
        wait_until(lambda: none_waits(tenant, Certificate))
    with tenant_scope(tenant.pk):
        pdf = Certificate.objects.get().pdf
        assert pdf.sha256 in Entry.objects.get(action="certificate.render").data["sha256"]
        assert StoredFile.objects.filter(sha256=pdf.sha256).count() == 1


def test_half_way_through_a_meetings_minutes(tenant, tmp_path):
    with sending_to(NOWHERE), tenant_scope(tenant.pk):
        minutes = numbered_minutes()
    kill_half_way(tenant, Paper, sweep_papers, tmp_path)
    with real_worker(tmp_path):
        sweep_papers.delay()
        wait_until(lambda: none_waits(tenant, Paper))
    with tenant_scope(tenant.pk):
        made = Paper.objects.get(pk=minutes.pk)
        assert made.file.sha256 in Entry.objects.about(made).get(action="paper.render").data["sha256"]
        assert StoredFile.objects.filter(sha256=made.file.sha256).count() == 1


def test_half_way_through_a_bound_dossier(tenant, tmp_path):
    """Its lease runs out, and the next worker begins from the first page."""
    with sending_to(NOWHERE), tenant_scope(tenant.pk):
        dossier = factories.make_complete_dossier(places()[0], state="submitted")
        book = ask_for_book(dossier.versions.get(), by=dossier.versions.get().submitted_by)
    with real_worker(tmp_path) as worker:
        sweep_bindings.delay()
        until(lambda: is_leased(tenant))
        worker.kill()
    with tenant_scope(tenant.pk):
        left = BoundDossier.objects.get(pk=book.pk)
        assert (left.pdf_id, left.archive_id) == (None, None)
        assert StoredFile.objects.filter(name__startswith="ho-so-").count() == 0
        assert not BoundDossier.objects.to_make().exists()  # until the lease is over it is the first one's
        BoundDossier.objects.update(busy_until=timezone.now())
    with real_worker(tmp_path):
        sweep_bindings.delay()
        wait_until(lambda: is_bound(tenant))
    with tenant_scope(tenant.pk):
        assert Entry.objects.filter(action="dossier.bound").count() == 1
        assert StoredFile.objects.filter(name__startswith="ho-so-").count() == 2  # the book and the archive


def is_leased(tenant: Tenant) -> bool:
    with tenant_scope(tenant.pk):
        return BoundDossier.objects.filter(busy_until__isnull=False, pdf=None).exists()


def is_bound(tenant: Tenant) -> bool:
    with tenant_scope(tenant.pk):
        return BoundDossier.objects.filter(pdf__isnull=False).exists()


def kill_half_way(tenant: Tenant, model: Any, sweep: Any, folder: Any) -> None:
    """While it holds the row: what it does to it is not yet committed."""
    with real_worker(folder) as worker:
        sweep.delay()
        until(lambda: is_held(model))
        worker.kill()
    assert not none_waits(tenant, model)


def is_held(model: Any) -> bool:
    """Whether another has rows of it locked; asked without locking any, which the worker would pass over."""
    held = "SELECT EXISTS (SELECT FROM pg_locks WHERE relation = %s::regclass AND mode = 'RowShareLock' AND granted)"
    with connection.cursor() as cursor:
        cursor.execute(held, [model._meta.db_table])
        return bool(cursor.fetchone()[0])


def none_waits(tenant: Tenant, model: Any) -> bool:
    with tenant_scope(tenant.pk):
        return not model.objects.to_render().exists()


def until(happened: Callable[[], bool], seconds: float = 60) -> None:
    """Looks as often as it can: what it waits for passes."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end


def places() -> tuple[OrgUnit, OrgUnit]:
    return OrgUnit.objects.get(name="Xã Mường So"), OrgUnit.objects.get(parent=None)


def authority() -> dict[str, Any]:
    province = OrgUnit.objects.get(parent=None)
    return {
        "officer": factories.make_user("tinh.ocop", "Nguyễn Thị Hồng Thắm", role="officer", unit=province),
        "leader": factories.make_user("tinh.lanhdao", "Hà Trọng Hải", role="leader", unit=province),
    }


def numbered_minutes() -> Paper:
    """Of a meeting that is over."""
    (commune, province), people = places(), authority()
    members = makers.make_members(5)
    council = makers.make_council(province, members, **people)
    tea = makers.make_checked(makers.make_accepted_dossier(commune), by=people["officer"])
    meeting = makers.open_meeting(makers.make_meeting(council, [tea], by=people["officer"]), members)
    makers.score_all(AgendaItem.objects.for_list().get(meeting=meeting), members)
    ASSESSMENT.take("conclude", tea, by=members[0])
    minutes = MEETING.take("conclude", meeting, by=members[0]).minutes
    render_due(commune.tenant_id)  # what the council's appointment left
    facts = {"dated_on": timezone.localdate(), "signer_name": "Hà Quang Trung"}
    return PAPER.take("number", minutes, by=people["officer"], data=facts)
