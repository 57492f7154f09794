"""What runs out is told, each milestone once: clocks, supplements, cut-offs, papers; papers are read, filings bound."""

from celery import shared_task

from ocop.tenancy.models import Tenant
from ocop.tenancy.tasks import TenantTask
from products.binding.making import bind_due
from products.desks.cutoff_notices import tell_cutoffs
from products.dossiers.reminders import remind
from products.producers.belongings import make_due
from products.vault.expiry import remind_of_papers
from products.vault.reading import read_waiting


@shared_task(name="products.sweep_deadlines")
def sweep_deadlines() -> None:
    for tenant_id in Tenant.objects.active_ids():
        remind_of_deadlines.delay(tenant_id)


@shared_task(name="products.remind_of_deadlines", base=TenantTask)
def remind_of_deadlines(tenant_id: int) -> None:
    remind()
    remind_of_papers()


@shared_task(name="products.sweep_bindings")
def sweep_bindings() -> None:
    for tenant_id in Tenant.objects.active_ids():
        bind_dossiers.delay(tenant_id)
        make_belongings.delay(tenant_id)


@shared_task(name="products.bind_dossiers", time_limit=3600)  # a thousand scans take minutes of a core
def bind_dossiers(tenant_id: int) -> None:
    """No scope around it: binding holds no transaction open while it lays out pages."""
    bind_due(tenant_id)


@shared_task(name="products.make_belongings", time_limit=3600)
def make_belongings(tenant_id: int) -> None:
    """Not one scope for all, as a worker killed half-way must not undo the archives it has made."""
    make_due(tenant_id)


@shared_task(name="products.sweep_readings")
def sweep_readings() -> None:
    for tenant_id in Tenant.objects.active_ids():
        read_papers.delay(tenant_id)


@shared_task(name="products.read_papers")
def read_papers(tenant_id: int) -> None:
    """Not one scope for all, as a worker killed half-way must not undo what it has read."""
    read_waiting(tenant_id)


@shared_task(name="products.sweep_cutoffs")
def sweep_cutoffs() -> None:
    for tenant_id in Tenant.objects.active_ids():
        tell_of_cutoffs.delay(tenant_id)


@shared_task(name="products.tell_of_cutoffs", base=TenantTask)
def tell_of_cutoffs(tenant_id: int) -> None:
    tell_cutoffs()
