"""A legal clock: how long this dossier may lie here."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import OrgUnit
from ocop.tenancy.models import TenantManager, TenantModel
from products.models.dossier import Dossier


class ClockQuerySet(models.QuerySet):
    """Clocks by state."""

    def running(self) -> "ClockQuerySet":
        return self.filter(stopped_on__isnull=True, paused_on__isnull=True)

    def due_by(self, on: dt.date) -> "ClockQuerySet":
        return self.running().filter(due_on__lte=on)


class Clock(TenantModel):
    """The deadline keeps its date and the calendar it was reckoned with; a supplement stops or restarts it."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="clocks")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")
    rule = models.CharField(max_length=40)  # a deadline of the regime
    started_on = models.DateField(_("tính từ ngày"))
    due_on = models.DateField(_("hạn"))
    calendar = models.CharField(max_length=40)
    paused_on = models.DateField(null=True, blank=True)
    stopped_on = models.DateField(null=True, blank=True)

    objects = TenantManager.from_queryset(ClockQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "dossier", "rule"],
                name="products_clock_one_runs",
                condition=Q(stopped_on__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier}: {self.rule}"
