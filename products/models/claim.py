"""Somebody says that a producer in the register is hers."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import Governed, OrgUnit, User
from ocop.orgs.rights import units_where
from ocop.tenancy.models import TenantManager, TenantModel
from products.models.producer import Producer


class ClaimState(models.TextChoices):
    OPEN = "open", _("Chờ xã xem xét")
    APPROVED = "approved", _("Đã chấp nhận")
    REFUSED = "refused", _("Không chấp nhận")


class ClaimQuerySet(models.QuerySet):
    """Claims by reader."""

    def visible_to(self, user: Any) -> "ClaimQuerySet":
        """Those that the user decides on, and her own."""
        decides = units_where(user, "products.register_producer", "producer__unit")
        return self.filter(decides | Q(user_id=user.pk))

    def open(self) -> "ClaimQuerySet":
        return self.filter(state=ClaimState.OPEN)

    def for_list(self) -> "ClaimQuerySet":
        return self.select_related("producer__unit", "user")


class Claim(Governed, TenantModel):
    """What she typed is the evidence: the officer sees it beside what the register holds."""

    producer = models.ForeignKey(Producer, models.PROTECT, related_name="claims")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    name = models.CharField(_("tên chủ thể đã khai"), max_length=300)
    registration_number = models.CharField(_("số đăng ký đã khai"), max_length=40, blank=True)
    phone = models.CharField(_("điện thoại đã khai"), max_length=20, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(
        max_length=20, choices=ClaimState.choices, default=ClaimState.OPEN, editable=False
    )

    objects = TenantManager.from_queryset(ClaimQuerySet)()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("yêu cầu nhận chủ thể")
        verbose_name_plural = _("yêu cầu nhận chủ thể")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "producer", "user"],
                name="products_claim_one_open",
                condition=Q(state="open"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.producer}"

    @property
    def unit(self) -> OrgUnit:
        return self.producer.unit
