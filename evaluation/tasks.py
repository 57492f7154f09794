"""Workers make certificates and books of sheets, remind of expiry and deadlines, write what was imported; beat sweeps."""

from celery import shared_task

from evaluation.ballots import blanks, books
from evaluation.certificates.expiry import remind
from evaluation.certificates.pdf import render_due
from evaluation.legacy.writing import write_due_imports
from evaluation.meetings.deadlines import remind_of_sheets
from ocop.tenancy.models import Tenant
from ocop.tenancy.tasks import TenantTask


@shared_task(name="evaluation.render_certificates")
def render_certificates(tenant_id: int) -> None:
    """Not one scope for all, as a worker killed half-way must not undo the certificates it has made."""
    render_due(tenant_id)


@shared_task(name="evaluation.sweep_certificates")
def sweep_certificates() -> None:
    for pk in Tenant.objects.active_ids():
        render_certificates.delay(pk)
        write_legacy_imports.delay(pk)
        make_ballot_books.delay(pk)
        make_blank_books.delay(pk)


@shared_task(name="evaluation.remind_of_expiry", base=TenantTask)
def remind_of_expiry(tenant_id: int) -> None:
    remind()


@shared_task(name="evaluation.sweep_expiry")
def sweep_expiry() -> None:
    for pk in Tenant.objects.active_ids():
        remind_of_expiry.delay(pk)


@shared_task(name="evaluation.write_legacy_imports", base=TenantTask)
def write_legacy_imports(tenant_id: int) -> None:
    write_due_imports()


@shared_task(name="evaluation.make_ballot_books", time_limit=3600)  # 270 sheets take minutes of a core
def make_ballot_books(tenant_id: int) -> None:
    """Not one scope for all, as a worker killed half-way must not undo the books it has made."""
    books.make_due(tenant_id)


@shared_task(name="evaluation.make_blank_books")
def make_blank_books(tenant_id: int) -> None:
    """As `make_ballot_books`."""
    blanks.make_due(tenant_id)


@shared_task(name="evaluation.remind_of_sheets", base=TenantTask)
def remind_of_written_sheets(tenant_id: int) -> None:
    remind_of_sheets()


@shared_task(name="evaluation.sweep_written_opinions")
def sweep_written_opinions() -> None:
    for pk in Tenant.objects.active_ids():
        remind_of_written_sheets.delay(pk)
