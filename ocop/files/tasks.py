"""Work of the clock: uploads that nobody goes on with make room."""

from celery import shared_task

from ocop.files.uploads import sweep
from ocop.tenancy.models import Tenant
from ocop.tenancy.tasks import TenantTask


@shared_task(name="ocop.files.sweep")
def sweep_all() -> None:
    for tenant_id in Tenant.objects.active_ids():
        sweep_uploads.delay(tenant_id)


@shared_task(name="ocop.files.sweep_uploads", base=TenantTask)
def sweep_uploads(tenant_id: int) -> None:
    sweep()
