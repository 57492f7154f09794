"""Somebody leaves, or her term ends: what was hers goes to a successor in one deed, and who did what stays."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models.governed import Governed
from ocop.orgs.models.unit import OrgUnit
from ocop.orgs.models.user import User
from ocop.tenancy.models import TenantManager, TenantModel


class Departure(Governed, TenantModel):
    """`items` are [kind, key] pairs of `ocop/leaving/kinds.py`; `token` makes a second click the same deed."""

    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")  # over whose work the deed was done
    user = models.ForeignKey(User, models.PROTECT, related_name="departures")
    successor = models.ForeignKey(User, models.PROTECT, related_name="succeeded")
    last_day = models.DateField(_("làm đến hết ngày"))
    decision_number = models.CharField(_("theo quyết định, văn bản số"), max_length=60)
    note = models.CharField(_("dặn lại"), max_length=500, blank=True)
    items = models.JSONField(default=list)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    token = models.UUIDField(default=uuid.uuid4, editable=False)
    received_at = models.DateTimeField(null=True, blank=True)  # the successor says that she has looked

    objects = TenantManager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("bàn giao công việc")
        verbose_name_plural = _("bàn giao công việc")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "token"], name="orgs_departure_once"),
            models.CheckConstraint(name="orgs_departure_to_another", condition=~Q(user=F("successor"))),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.successor}"

    def excludes(self, user: Any) -> bool:
        """What she may not see of it is left out line by line; the deed itself tells of no product."""
        return False
