"""What became of a producer or a product that stood in the register twice."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import User
from ocop.tenancy.models import TenantModel
from products.models.producer import Producer
from products.models.product import Product


class MergeKind(models.TextChoices):
    PRODUCER = "producer", _("Chủ thể")
    PRODUCT = "product", _("Sản phẩm")


class Merge(TenantModel):
    """The row that is gone, as it was, and the one that stands for it: its old address leads there."""

    kind = models.CharField(max_length=20, choices=MergeKind.choices)
    gone_id = models.BigIntegerField()
    name = models.CharField(max_length=300)
    facts = models.JSONField(default=dict)  # every field of the row that is gone
    moved = models.JSONField(default=dict)  # {model: how many rows went over}
    producer = models.ForeignKey(Producer, models.PROTECT, null=True, blank=True, related_name="merges")
    product = models.ForeignKey(Product, models.PROTECT, null=True, blank=True, related_name="merges")
    note = models.CharField(_("lý do"), max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(fields=["tenant", "kind", "gone_id"], name="products_merge_once"),
            models.CheckConstraint(
                name="products_merge_into_one",
                condition=Q(kind="producer", producer__isnull=False, product__isnull=True)
                | Q(kind="product", producer__isnull=True, product__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kept(self) -> Any:
        return self.producer or self.product
