"""Notices in the application, and the mails that wait to be sent."""

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import User
from ocop.tenancy.models import TenantManager, TenantModel

RETRY_MINUTES = (1, 2, 5, 15, 30, 60)  # then every hour: a server that is down for a day loses nothing
GIVE_UP_AFTER = dt.timedelta(days=7)


def new_message_id() -> str:
    """One id for all attempts: a mail sent twice by a crash is recognised as the same."""
    return f"<{uuid.uuid4().hex}@{settings.SITE_URL.partition('//')[2].partition(':')[0] or 'ocop'}>"


class NoticeQuerySet(models.QuerySet):
    """Notices by reader."""

    def for_user(self, user: Any) -> "NoticeQuerySet":
        return self.filter(user_id=user.pk)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at__isnull=True)


class Notice(TenantModel):
    """One thing one person is told, once: `key` makes writing it again harmless."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    subject = models.CharField(_("tiêu đề"), max_length=300)
    body = models.TextField(_("nội dung"), blank=True)
    url = models.CharField(max_length=300, blank=True)  # below the tenant's prefix: "dossiers/…"
    created_at = models.DateTimeField(_("lúc"), auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(NoticeQuerySet)()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("thông báo")
        verbose_name_plural = _("thông báo")
        constraints = [models.UniqueConstraint(fields=["tenant", "user", "key"], name="notices_notice_once")]
        indexes = [models.Index(fields=["tenant", "user", "-created_at"], name="notices_notice_reader")]

    def __str__(self) -> str:
        return self.subject


class MailQuerySet(models.QuerySet):
    """Mails that wait."""

    def due(self, at: dt.datetime) -> "MailQuerySet":
        """Those to be sent now, oldest first."""
        return self.filter(sent_at__isnull=True, due_at__lte=at, gave_up=False).order_by("due_at", "pk")


class Mail(models.Model):
    """A mail in the outbox; abstract, as a tenant's mails are the tenant's and account mails are nobody's."""

    to = models.EmailField()
    subject = models.CharField(max_length=300)
    body = models.TextField()
    message_id = models.CharField(max_length=120, default=new_message_id, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    gave_up = models.BooleanField(default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"


class NoticeMail(Mail, TenantModel):
    """The e-mail of one notice."""

    notice = models.OneToOneField(Notice, models.CASCADE, related_name="mail")

    objects = TenantManager.from_queryset(MailQuerySet)()

    class Meta:
        indexes = [
            models.Index(
                fields=["tenant", "due_at"],
                name="notices_mail_due",
                condition=models.Q(sent_at__isnull=True, gave_up=False),
            )
        ]


class AccountMail(Mail):
    """Login mails (reset, confirmation): an account belongs to no tenant."""

    objects = models.Manager.from_queryset(MailQuerySet)()
