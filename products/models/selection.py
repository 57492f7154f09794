"""When ideas are taken in under a plan, and by what they are chosen (the plan's own selection rules)."""

import datetime as dt
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import Governed, OrgUnit
from ocop.tenancy.models import TenantManager, TenantModel
from plans.models import Plan, PlanState
from plans.models.line import units_in_line


class Chooser(models.TextChoices):
    """Who says which ideas are chosen: the plans differ (Thái Nguyên 2020: the district; Quảng Ngãi 2024: communes)."""

    PLANNER = "planner", _("Đơn vị lập kế hoạch chọn, xã ghi ý kiến")
    COMMUNE = "commune", _("Xã, phường chọn")


class IdeaWindowQuerySet(models.QuerySet):
    """Windows by reader and time."""

    def visible_to(self, user: Any) -> "IdeaWindowQuerySet":
        """Those of the plans of the units over and under the reader's own."""
        return self.filter(plan__unit__in=units_in_line(user, "plans.view_plan"))

    def over(self, unit: OrgUnit) -> "IdeaWindowQuerySet":
        """Those that a commune registers ideas in: of the plans in force of the commune and of the units above it."""
        line = [int(part) for part in unit.path.strip("/").split("/")]
        return self.filter(plan__unit__in=line, plan__state=PlanState.ISSUED).order_by("opens_on", "pk")

    def open_on(self, on: dt.date) -> "IdeaWindowQuerySet":
        return self.filter(opens_on__lte=on, closes_on__gte=on)


class IdeaWindow(Governed, TenantModel):
    """The days in which a plan takes ideas in."""

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="idea_window")
    opens_on = models.DateField(_("nhận ý tưởng từ ngày"))
    closes_on = models.DateField(_("đến hết ngày"))  # the last day that counts
    chooser = models.CharField(
        _("ai chọn ý tưởng"), max_length=20, choices=Chooser.choices, default=Chooser.PLANNER
    )

    revision = models.PositiveIntegerField(default=0, editable=False)  # what an officer saw before she saves

    objects = TenantManager.from_queryset(IdeaWindowQuerySet)()

    class Meta:
        ordering = ("-plan__year", "-pk")
        verbose_name = _("đợt đăng ký ý tưởng")
        verbose_name_plural = _("đợt đăng ký ý tưởng")
        constraints = [
            models.CheckConstraint(
                name="products_idea_window_dates_rise",
                condition=Q(opens_on__lte=F("closes_on")),
                violation_error_message=_("Ngày kết thúc không được trước ngày bắt đầu."),
            )
        ]

    def __str__(self) -> str:
        return _("Ý tưởng năm %(year)s") % {"year": self.plan.year}

    @property
    def unit(self) -> OrgUnit:
        return self.plan.unit

    def takes_on(self, day: dt.date) -> bool:
        return self.opens_on <= day <= self.closes_on


class SelectionRule(TenantModel):
    """One rule of a plan; the first ones come first among ideas of equal points."""

    window = models.ForeignKey(IdeaWindow, models.CASCADE, related_name="rules")
    code = models.SlugField(max_length=20)  # what a screening keeps its mark under
    order = models.PositiveSmallIntegerField(_("thứ tự ưu tiên"), default=0)
    label = models.CharField(_("tiêu chí"), max_length=300)
    weight = models.PositiveSmallIntegerField(
        _("hệ số"), default=1, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    is_required = models.BooleanField(_("bắt buộc đáp ứng"), default=False)
    needs_proof = models.BooleanField(_("phải nêu căn cứ"), default=False)

    class Meta:
        ordering = ("order", "pk")
        verbose_name = _("tiêu chí chọn ý tưởng")
        verbose_name_plural = _("tiêu chí chọn ý tưởng")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "window", "code"], name="products_rule_once"),
            models.CheckConstraint(
                name="products_rule_weight", condition=Q(weight__gte=1) & Q(weight__lte=20)
            ),
        ]

    def __str__(self) -> str:
        return self.label
