"""How many days before a paper ends its people are told, as this tenant wants it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import User
from ocop.tenancy.models import TenantModel

MOST = 6  # reminders of one paper
EARLIEST = 365  # days


class PaperAlerts(TenantModel):
    """One row a tenant, over the days that the product comes with; the most days first."""

    days = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("nhắc trước (ngày)"))
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant"], name="products_paper_alerts_once"),
            models.CheckConstraint(
                name="products_paper_alerts_some", condition=Q(days__len__gte=1, days__len__lte=MOST)
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(map(str, self.days))
