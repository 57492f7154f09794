"""Writing notices and sending what waits."""

import datetime as dt
import logging
import smtplib
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from ocop.notices.models import GIVE_UP_AFTER, RETRY_MINUTES, AccountMail, Mail, Notice, NoticeMail
from ocop.orgs.models import User
from ocop.tenancy.scope import active_tenant_id
from ocop.tenancy.tasks import kick

logger = logging.getLogger(__name__)
BATCH = 50


def notify(
    users: Iterable[User], *, kind: str, key: str, subject: str, body: str = "", url: str = ""
) -> list[Notice]:
    """Tell each of these people once: in the application, and by e-mail where there is an address.

    `key` names the fact (`dossier-17-returned-2`); writing the same fact again writes nothing.
    """
    people = {user.pk: user for user in users if user.is_active}
    told = set(Notice.objects.filter(key=key, user__in=people).values_list("user_id", flat=True))
    untold = [user for pk, user in people.items() if pk not in told]
    if not untold:
        return []
    facts = {"key": key, "kind": kind, "subject": subject[:300], "body": body, "url": url}
    # Where another process tells them at this moment, its rows stand and ours are left out.
    Notice.objects.bulk_create([Notice(user=user, **facts) for user in untold], ignore_conflicts=True)
    written = list(Notice.objects.filter(key=key, user__in=untold).select_related("tenant").order_by("pk"))
    NoticeMail.objects.bulk_create(
        [
            NoticeMail(notice=notice, to=to, subject=notice.subject, body=_mail_body(notice))
            for notice in written
            if (to := people[notice.user_id].email)
        ],
        ignore_conflicts=True,
    )
    kick("ocop.notices.send_notice_mails", active_tenant_id())
    return written


def _mail_body(notice: Notice) -> str:
    link = f"{settings.SITE_URL}/{notice.tenant.slug}/{notice.url.lstrip('/')}" if notice.url else ""
    return "\n\n".join(part for part in (notice.subject, notice.body, link) if part)


def write_mail(to: str, subject: str, body: str) -> AccountMail:
    """A mail to an address that is no account's yet, or about the account itself."""
    mail = AccountMail.objects.create(to=to, subject=subject[:300], body=body)
    kick("ocop.notices.send_account_mails")
    return mail


def send_due(mails: Any, scope: Callable[[], AbstractContextManager[None]]) -> None:
    """Send a batch of this manager's waiting mails, each in a scope (a transaction) of its own.

    A mail's row is locked while it is sent, so two workers never send the same; a crash between the
    server's answer and our commit sends that one mail once more, under the same Message-ID.
    """
    if not settings.EMAIL_HOST:
        return
    now = timezone.now()
    with scope():
        waiting = list(mails.due(now).values_list("pk", flat=True)[:BATCH])
    for pk in waiting:
        with scope():
            mail = mails.due(now).select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
            if mail is not None:
                _send(mail, now)


def _send(mail: Mail, now: dt.datetime) -> None:
    message = EmailMessage(mail.subject, mail.body, to=[mail.to], headers={"Message-ID": mail.message_id})
    mail.attempts += 1
    try:
        message.connection = get_connection()
        message.send()
    except (OSError, smtplib.SMTPException) as error:
        _put_off(mail, now, str(error))
        return
    mail.sent_at, mail.last_error = now, ""
    mail.save(update_fields=["attempts", "sent_at", "last_error"])


def _put_off(mail: Mail, now: dt.datetime, error: str) -> None:
    logger.warning("Mail %s waits: %s", mail.message_id, error)
    minutes = RETRY_MINUTES[min(mail.attempts, len(RETRY_MINUTES)) - 1]
    mail.due_at, mail.last_error = now + dt.timedelta(minutes=minutes), error[:300]
    mail.gave_up = now - mail.created_at > GIVE_UP_AFTER
    mail.save(update_fields=["attempts", "due_at", "last_error", "gave_up"])
