"""The inventory: products that might be brought in one day, as surveys found them, by commune and group."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import Governed, OrgUnit
from ocop.orgs.rights import units_where
from ocop.orgs.searching import every_word
from ocop.orgs.text import sort_key, unaccented
from ocop.tables.imports import TableImport
from ocop.tenancy.models import TenantManager, TenantModel
from products.models.idea import Idea
from products.models.producer import ProducerKind

CHANGE = "products.change_inventory"


class PotentialImport(TableImport):
    """A list of what a survey found; its `summary` counts new and known rows."""

    NEEDS = CHANGE

    class Meta(TableImport.Meta):
        verbose_name = _("lần nhập danh mục tiềm năng")
        verbose_name_plural = _("lần nhập danh mục tiềm năng")


class PotentialQuerySet(models.QuerySet):
    """Potential products by reader."""

    def visible_to(self, user: Any) -> "PotentialQuerySet":
        """An office's own list: of producers who know nothing of it."""
        return self.filter(units_where(user, CHANGE))

    def for_list(self) -> "PotentialQuerySet":
        return self.select_related("unit", "idea")

    def search(self, words: str) -> "PotentialQuerySet":
        return self.filter(every_word(words, "name_ascii", "producer_ascii"))

    def unused(self) -> "PotentialQuerySet":
        return self.filter(idea=None)


class Potential(Governed, TenantModel):
    """One product of the inventory; `idea` is what became of it."""

    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")  # the commune
    name = models.CharField(_("tên sản phẩm"), max_length=300)
    sort_key = models.CharField(max_length=400, editable=False, default="")
    name_ascii = models.CharField(max_length=300, editable=False, default="")
    set_code = models.CharField(_("bộ tiêu chí"), max_length=20, blank=True)
    producer_name = models.CharField(_("chủ thể"), max_length=300, blank=True)
    producer_ascii = models.CharField(max_length=300, editable=False, default="")
    producer_kind = models.CharField(
        _("loại hình"), max_length=20, choices=ProducerKind.choices, blank=True, default=""
    )
    phone = models.CharField(_("điện thoại"), max_length=20, blank=True)
    scale = models.CharField(_("quy mô"), max_length=300, blank=True)
    strengths = models.TextField(_("điểm riêng, lợi thế"), max_length=2000, blank=True)
    description = models.TextField(_("ghi chú"), max_length=2000, blank=True)
    source = models.ForeignKey(
        PotentialImport, models.PROTECT, null=True, blank=True, related_name="potentials"
    )
    idea = models.OneToOneField(Idea, models.PROTECT, null=True, blank=True, related_name="potential")
    created_at = models.DateTimeField(default=timezone.now)

    objects = TenantManager.from_queryset(PotentialQuerySet)()

    class Meta:
        ordering = ("sort_key", "pk")
        verbose_name = _("sản phẩm tiềm năng")
        verbose_name_plural = _("sản phẩm tiềm năng")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "unit", "name_ascii", "producer_ascii"], name="products_potential_once"
            ),
            models.CheckConstraint(name="products_potential_has_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    def set_keys(self) -> "Potential":
        """What lists search and sort by; rows come many at once, past `save`."""
        self.sort_key, self.name_ascii = sort_key(self.name), unaccented(self.name)
        self.producer_ascii = unaccented(self.producer_name)
        return self
