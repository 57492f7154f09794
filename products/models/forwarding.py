"""Several finished dossiers sent on together: one request letter, and what became of each."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import OrgUnit, User
from ocop.orgs.rights import units_where
from ocop.papers.models import Paper
from ocop.tenancy.models import TenantManager, TenantModel
from products.models.dossier import Dossier


class ForwardingQuerySet(models.QuerySet):
    """Forwardings by reader."""

    def visible_to(self, user: Any) -> "ForwardingQuerySet":
        return self.filter(units_where(user, "products.view_dossier", "unit"))

    def for_list(self) -> "ForwardingQuerySet":
        return self.select_related("unit", "to_unit", "letter", "made_by")


class Forwarding(TenantModel):
    """One click of one clerk: the dossiers of one unit for one receiver (QĐ 26/2026, Điều 6)."""

    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")
    letter = models.ForeignKey(Paper, models.PROTECT, related_name="+")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = TenantManager.from_queryset(ForwardingQuerySet)()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("đợt chuyển hồ sơ")
        verbose_name_plural = _("đợt chuyển hồ sơ")

    def __str__(self) -> str:
        return f"{self.unit} → {self.to_unit}"


class ForwardingItem(TenantModel):
    """One chosen dossier; `fault` says why it stayed, "" where it went."""

    forwarding = models.ForeignKey(Forwarding, models.CASCADE, related_name="items")
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
    fault = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "forwarding", "dossier"], name="products_forwarding_item_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.dossier)
