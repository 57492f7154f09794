"""Two rows that look alike and are not the same, as an officer found."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import User
from ocop.tenancy.models import TenantModel
from products.models.merge import MergeKind


class Apart(TenantModel):
    """The pair is no longer shown among the doubles. By keys, as either row may be merged into a third one."""

    kind = models.CharField(max_length=20, choices=MergeKind.choices)
    low_id = models.BigIntegerField()
    high_id = models.BigIntegerField()
    note = models.CharField(_("lý do"), max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "kind", "low_id", "high_id"], name="products_apart_once"
            ),
            models.CheckConstraint(name="products_apart_in_order", condition=Q(low_id__lt=F("high_id"))),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.low_id}, {self.high_id}"
