"""A round of evaluation: the calendar that dossiers are filed for."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import Governed, OrgUnit
from ocop.tenancy.models import TenantManager, TenantModel
from plans.models.line import line_where
from plans.models.plan import Plan


class RoundQuerySet(models.QuerySet):
    """Rounds by time and reader."""

    def visible_to(self, user: Any) -> "RoundQuerySet":
        """Those of the units over and under the reader's own: a commune files for the province's rounds."""
        return self.filter(line_where(user, "plans.view_round"))

    def open_on(self, on: dt.date) -> "RoundQuerySet":
        """Those that still take dossiers at the commune that day."""
        return self.filter(opens_on__lte=on, cutoff_on__gte=on)


class Round(Governed, TenantModel):
    """A regular round has the regime's dates; an extra one needs its written basis (QĐ 26/2026, Điều 5)."""

    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="rounds")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="rounds")
    year = models.PositiveSmallIntegerField(_("năm"))
    name = models.CharField(_("tên đợt"), max_length=100)
    regime = models.CharField(_("theo quyết định"), max_length=20)  # a code of ocop.regulations
    opens_on = models.DateField(_("nhận hồ sơ từ"))
    cutoff_on = models.DateField(_("xã đề nghị đến hết ngày"))  # the last day that counts
    ends_on = models.DateField(_("xong đến hết ngày"))  # the last day
    is_extra = models.BooleanField(_("đợt bổ sung"), default=False)
    basis = models.CharField(_("căn cứ mở đợt"), max_length=300, blank=True)

    objects = TenantManager.from_queryset(RoundQuerySet)()

    class Meta:
        ordering = ("-ends_on",)
        verbose_name = _("đợt đánh giá")
        verbose_name_plural = _("đợt đánh giá")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "unit", "year", "name"],
                name="plans_round_once",
                violation_error_message=_("Năm này đã có đợt mang tên đó."),
            ),
            models.CheckConstraint(
                name="plans_round_dates_rise",
                condition=Q(opens_on__lte=F("cutoff_on")) & Q(cutoff_on__lte=F("ends_on")),
                violation_error_message=_("Ngày mở, hạn đề nghị và ngày kết thúc phải theo thứ tự."),
            ),
            models.CheckConstraint(
                name="plans_round_extra_has_basis",
                condition=Q(is_extra=False) | ~Q(basis=""),
                violation_error_message=_("Đợt bổ sung phải có căn cứ bằng văn bản."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def takes_on(self, day: dt.date) -> bool:
        """True while communes may still send dossiers for it."""
        return self.opens_on <= day <= self.cutoff_on
