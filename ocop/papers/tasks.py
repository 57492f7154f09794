"""Workers make the files; beat sweeps what is left."""

from celery import shared_task

from ocop.papers.rendering import render_due
from ocop.tenancy.models import Tenant


@shared_task(name="ocop.papers.render_papers")
def render_papers(tenant_id: int) -> None:
    """Not one scope for all, as a worker killed half-way must not undo the papers it has made."""
    render_due(tenant_id)


@shared_task(name="ocop.papers.sweep")
def sweep() -> None:
    for pk in Tenant.objects.active_ids():
        render_papers.delay(pk)
