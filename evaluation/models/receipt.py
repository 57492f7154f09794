"""What the server answered to a device that scored without a network: receipts, and what came too late."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.models.assessment import Assessment
from evaluation.models.ballot import OPINION, Ballot
from evaluation.models.council import Seat
from ocop.orgs.models import User
from ocop.tenancy.models import TenantManager, TenantModel


class LateBatchQuerySet(models.QuerySet):
    """Late batches by reader."""

    def visible_to(self, user: Any) -> "LateBatchQuerySet":
        """One's own, and those of the councils one leads; nothing of a product one is excluded from."""
        led = Seat.objects.leading().held_on(timezone.localdate()).filter(user_id=user.pk)
        return self.filter(
            Q(ballot__seat__user_id=user.pk) | Q(ballot__meeting__council__in=led.values("council")),
            ballot__assessment__in=Assessment.objects.visible_to(user),
        )

    def for_list(self) -> "LateBatchQuerySet":
        return self.select_related("by", "ballot__assessment__dossier__product")


class LateBatch(TenantModel):
    """Marks that reached the server after their sheet was closed: kept apart, never applied. Written once."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="late_batches")
    entries = models.JSONField()  # as the device sent them, by criterion and revision
    digest = models.CharField(max_length=64)  # SHA-256 over them: the same batch sent twice is one row
    why = models.CharField(max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = TenantManager.from_queryset(LateBatchQuerySet)()

    class Meta:
        ordering = ("-at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "ballot", "digest"], name="evaluation_late_batch_once")
        ]

    def __str__(self) -> str:
        return f"{self.ballot} · {', '.join(self.criteria)}"

    @property
    def criteria(self) -> list[str]:
        """Which criteria, in the order they were sent; never their points or words."""
        codes = dict.fromkeys(entry["criterion"] for entry in self.entries)
        return [_("ý kiến cuối phiếu") if code == OPINION else code for code in codes]


class Receipt(TenantModel):
    """The server has this sheet in this state: `code` is a MAC over the other facts. Written once.

    `digest` is over the sheet's levels and opinion with their revisions, or, where it came too late, over the batch.
    """

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="receipts")
    late = models.ForeignKey(LateBatch, models.PROTECT, null=True, blank=True, related_name="receipts")
    revision = models.PositiveIntegerField()  # how many saves the sheet had seen
    digest = models.CharField(max_length=64)
    code = models.CharField(max_length=24)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "ballot", "digest"], name="evaluation_receipt_once"),
            models.UniqueConstraint(fields=["tenant", "code"], name="evaluation_receipt_code"),
        ]

    def __str__(self) -> str:
        return self.code
