"""What is made, and which of the 26 sets it is scored by."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import Governed, OrgUnit
from ocop.orgs.rights import units_where
from ocop.orgs.searching import every_word
from ocop.orgs.text import sort_key, unaccented
from ocop.tenancy.models import TenantManager, TenantModel
from products.models.exclusion import Exclusion
from products.models.producer import Producer, ProducerMember


class ProductQuerySet(models.QuerySet):
    """Products by reader."""

    def visible_to(self, user: Any) -> "ProductQuerySet":
        """In her units, her own; never one of whose dossiers she is excluded from: its name alone would tell."""
        own = ProducerMember.objects.current().filter(user_id=user.pk)
        return self.filter(
            units_where(user, "products.view_product") | Q(producer_id__in=own.values("producer"))
        ).not_excluding(user)

    def not_excluding(self, user: Any) -> "ProductQuerySet":
        """Without those that a declared conflict shuts the user out of."""
        shut = Exclusion.objects.in_force().filter(user_id=user.pk, dossier__product=OuterRef("pk"))
        return self.filter(~Exists(shut))

    def search(self, words: str) -> "ProductQuerySet":
        """By name of product or producer, without diacritics."""
        return self.filter(every_word(words, "name_ascii", "producer__name_ascii"))


class Product(Governed, TenantModel):
    """One product of one producer; its key is ours, as the law's code changes with each year of evaluation."""

    producer = models.ForeignKey(Producer, models.PROTECT, related_name="products")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="products")  # the commune
    name = models.CharField(_("tên sản phẩm"), max_length=300)
    sort_key = models.CharField(max_length=400, editable=False, default="")
    name_ascii = models.CharField(max_length=300, editable=False, default="")
    set_code = models.CharField(_("bộ tiêu chí"), max_length=20)  # QD26-01: a code of ocop.regulations
    specification = models.CharField(_("quy cách đóng gói"), max_length=300, blank=True)
    description = models.TextField(_("mô tả"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TenantManager.from_queryset(ProductQuerySet)()

    class Meta:
        ordering = ("sort_key", "pk")
        verbose_name = _("sản phẩm")
        verbose_name_plural = _("sản phẩm")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "producer", "name"], name="products_product_once")
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key, self.name_ascii = sort_key(self.name), unaccented(self.name)
        if (fields := kwargs.get("update_fields")) is not None and "name" in fields:
            kwargs["update_fields"] = {*fields, "sort_key", "name_ascii"}
        super().save(*args, **kwargs)

    def roles_of(self, user: Any) -> tuple[str, ...]:
        return self.producer.roles_of(user)
