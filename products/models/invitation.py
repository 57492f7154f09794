"""Who was asked by mail to act for a producer, and has no account yet."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import User
from ocop.tenancy.models import TenantManager, TenantModel
from products.models.producer import MemberRole, Producer

OPEN_FOR = dt.timedelta(days=14)


class InvitationQuerySet(models.QuerySet):
    """Invitations by what became of them."""

    def unanswered(self) -> "InvitationQuerySet":
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def open(self) -> "InvitationQuerySet":
        """Those whose link still opens."""
        return self.unanswered().filter(invited_at__gt=timezone.now() - OPEN_FOR)


class Invitation(TenantModel):
    """One mail with one link that opens once; the link is signed, so that no secret is kept here."""

    producer = models.ForeignKey(Producer, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("thư điện tử"))
    name = models.CharField(_("họ và tên"), max_length=200)
    role = models.CharField(_("vai trò"), max_length=20, choices=MemberRole.choices)
    ends_on = models.DateField(_("đến hết ngày"), null=True, blank=True)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(InvitationQuerySet)()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "producer", "email"],
                name="products_invitation_one_open",
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    @property
    def opens_until(self) -> dt.datetime:
        return self.invited_at + OPEN_FOR
