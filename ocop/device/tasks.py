"""Work of the clock: forms that arrived long ago are forgotten."""

from celery import shared_task

from ocop.device.sent import forget_old
from ocop.tenancy.models import Tenant
from ocop.tenancy.tasks import TenantTask


@shared_task(name="ocop.device.sweep")
def sweep_all() -> None:
    for tenant_id in Tenant.objects.active_ids():
        forget_sent_forms.delay(tenant_id)


@shared_task(name="ocop.device.forget_sent_forms", base=TenantTask)
def forget_sent_forms(tenant_id: int) -> None:
    forget_old()
