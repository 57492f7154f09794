"""Workers send the mails; beat sweeps what is left."""

from functools import partial

from celery import shared_task
from django.db import transaction

from ocop.notices.models import AccountMail, NoticeMail
from ocop.notices.outbox import send_due
from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import tenant_scope


@shared_task(name="ocop.notices.send_notice_mails")
def send_notice_mails(tenant_id: int) -> None:
    """Send this tenant's waiting mails: not one scope for all, as a crash must not undo those that went."""
    send_due(NoticeMail.objects, partial(tenant_scope, tenant_id))


@shared_task(name="ocop.notices.send_account_mails")
def send_account_mails() -> None:
    """Send the waiting login mails."""
    send_due(AccountMail.objects, transaction.atomic)


@shared_task(name="ocop.notices.sweep")
def sweep() -> None:
    send_account_mails.delay()
    for pk in Tenant.objects.active_ids():
        send_notice_mails.delay(pk)
