"""The units of one tenant: a tree in time. Units are closed and succeeded, never moved."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models.governed import Governed
from ocop.orgs.models.place import Place
from ocop.orgs.text import sort_key, unaccented
from ocop.tenancy.models import TenantManager, TenantModel


class UnitKind(models.TextChoices):
    """The kinds of unit a programme runs through."""

    MINISTRY = "ministry", _("Bộ")
    PROVINCE = "province", _("Tỉnh, thành phố")
    DISTRICT = "district", _("Huyện, quận (trước 01/07/2025)")
    COMMUNE = "commune", _("Xã, phường, đặc khu")
    DEPARTMENT = "department", _("Sở, ngành")
    OFFICE = "office", _("Văn phòng điều phối, phòng chuyên môn")
    ASSOCIATION = "association", _("Hội, liên minh")
    CONSULTANT = "consultant", _("Đơn vị tư vấn")


class OrgUnitQuerySet(models.QuerySet):
    """Units by time and place in the tree."""

    def open_on(self, on: dt.date) -> "OrgUnitQuerySet":
        """Those that exist on that day."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=on), opened_on__lte=on)

    def under(self, unit: "OrgUnit") -> "OrgUnitQuerySet":
        """The unit and all below it."""
        return self.filter(path__startswith=unit.path)

    def communes(self) -> "OrgUnitQuerySet":
        return self.filter(kind=UnitKind.COMMUNE)


class OrgUnit(Governed, TenantModel):
    """One unit, with what its papers print: letterhead, seal block, issuing authority (NĐ 30/2020)."""

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(_("loại"), max_length=20, choices=UnitKind.choices)
    name = models.CharField(_("tên"), max_length=200)
    sort_key = models.CharField(max_length=400, editable=False, default="")
    name_ascii = models.CharField(max_length=200, editable=False, default="")
    # "/1/37/": ids from the root down to this unit, set once; rights cover a prefix.
    path = models.CharField(max_length=200, editable=False, default="", db_index=True)
    opened_on = models.DateField(_("có từ ngày"))
    closed_on = models.DateField(_("đến hết ngày"), null=True, blank=True)

    # The letterhead.
    superior_on_papers = models.CharField(_("cơ quan chủ quản trên văn bản"), max_length=200, blank=True)
    name_on_papers = models.CharField(_("tên cơ quan trên văn bản"), max_length=200, blank=True)
    symbol = models.CharField(_("chữ viết tắt trong ký hiệu"), max_length=30, blank=True)  # UBND, HĐOCOP
    place_on_papers = models.CharField(_("địa danh trên văn bản"), max_length=100, blank=True)
    signs_for = models.CharField(_("thẩm quyền ký"), max_length=200, blank=True)  # TM. ỦY BAN NHÂN DÂN

    objects = TenantManager.from_queryset(OrgUnitQuerySet)()

    class Meta:
        ordering = ("sort_key",)
        verbose_name = _("đơn vị")
        verbose_name_plural = _("đơn vị")
        constraints = [
            models.CheckConstraint(
                name="orgs_unit_closes_after_it_opens",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=models.F("opened_on")),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def governing_units(self) -> list["OrgUnit"]:
        return [self]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key, self.name_ascii = sort_key(self.name), unaccented(self.name)
        if (fields := kwargs.get("update_fields")) is not None and "name" in fields:
            kwargs["update_fields"] = {*fields, "sort_key", "name_ascii"}
        super().save(*args, **kwargs)
        if not self.path:
            self.path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
            type(self).objects.filter(pk=self.pk).update(path=self.path)


class UnitSuccession(TenantModel):
    """An earlier unit's work goes on in a later one: inboxes and rights follow, rows keep their unit."""

    earlier = models.ForeignKey(OrgUnit, models.PROTECT, related_name="successions")
    later = models.ForeignKey(OrgUnit, models.PROTECT, related_name="predecessions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "earlier", "later"], name="orgs_unit_succession_once")
        ]

    def __str__(self) -> str:
        return f"{self.earlier} → {self.later}"
