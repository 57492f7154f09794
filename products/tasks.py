"""Work of the clock: clocks and supplements that run out are told, each day once."""

from celery import shared_task

from ocop.tenancy.models import Tenant
from ocop.tenancy.tasks import TenantTask
from products.dossiers.reminders import remind


@shared_task(name="products.sweep_deadlines")
def sweep_deadlines() -> None:
    for tenant_id in Tenant.objects.active_ids():
        remind_of_deadlines.delay(tenant_id)


@shared_task(name="products.remind_of_deadlines", base=TenantTask)
def remind_of_deadlines(tenant_id: int) -> None:
    remind()
