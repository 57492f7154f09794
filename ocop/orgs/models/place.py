"""The country's units, today's and those before 01/07/2025: the state's facts, the same for every tenant."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PlaceQuerySet(models.QuerySet):
    """Places by time."""

    def valid_on(self, on: dt.date) -> "PlaceQuerySet":
        """Those that exist on that day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


class Place(models.Model):
    """A province, district or commune in one era: most codes of today were used before, so a code alone is no key."""

    code = models.CharField(_("mã"), max_length=5)
    level = models.CharField(_("cấp"), max_length=10)  # province, district, commune
    kind = models.CharField(
        _("loại"), max_length=20
    )  # as printed: tỉnh, thành phố, huyện, xã, phường, đặc khu
    name = models.CharField(_("tên"), max_length=100)  # with its kind: Xã Phong Thổ
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    valid_from = models.DateField(_("có từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)  # the last day

    objects = models.Manager.from_queryset(PlaceQuerySet)()

    class Meta:
        ordering = ("code", "valid_from")
        verbose_name = _("địa bàn")
        verbose_name_plural = _("địa bàn")
        constraints = [
            models.UniqueConstraint(fields=["code", "level", "valid_from"], name="orgs_place_code_in_era")
        ]

    def __str__(self) -> str:
        return self.name


class PlaceSuccession(models.Model):
    """What an earlier unit, whole or in part, became."""

    earlier = models.ForeignKey(Place, models.CASCADE, related_name="became")
    later = models.ForeignKey(Place, models.CASCADE, related_name="came_from")
    is_partial = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["earlier", "later"], name="orgs_place_succession_once")
        ]

    def __str__(self) -> str:
        return f"{self.earlier} → {self.later}"
