"""A unit's plan of the year and what it wants to reach."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ocop.files.models import StoredFile
from ocop.orgs.models import Governed, OrgUnit, User
from ocop.orgs.rights import units_where
from ocop.papers.models import Paper
from ocop.tenancy.models import TenantManager, TenantModel
from plans.measures import MEASURES, Measure
from plans.models.line import line_where
from plans.rules import target_faults


class PlanState(models.TextChoices):
    DRAFT = "draft", _("Dự thảo")
    ISSUED = "issued", _("Đã ban hành")
    CLOSED = "closed", _("Đã kết thúc")


class PlanQuerySet(models.QuerySet):
    """Plans by reader."""

    def visible_to(self, user: Any) -> "PlanQuerySet":
        """Drafts for those who write them; issued plans for everybody who has a role over or under the unit."""
        return self.filter(
            units_where(user, "plans.change_plan")
            | units_where(user, "plans.issue_plan")
            | (Q(state__in=[PlanState.ISSUED, PlanState.CLOSED]) & line_where(user, "plans.view_plan"))
        )


class Plan(Governed, TenantModel):
    """One plan: a draft has no number; once issued it changes only by an amendment (a new plan)."""

    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField(_("năm"))
    title = models.CharField(_("tên kế hoạch"), max_length=300)
    number = models.CharField(_("số, ký hiệu"), max_length=60, blank=True)  # 05/KH-UBND
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    signer = models.CharField(_("người ký"), max_length=200, blank=True)
    bases = models.TextField(_("căn cứ"), blank=True)  # one a line
    purpose = models.TextField(_("mục đích, yêu cầu"), blank=True)
    state = models.CharField(
        max_length=20, choices=PlanState.choices, default=PlanState.DRAFT, editable=False
    )
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="+")
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = TenantManager.from_queryset(PlanQuerySet)()

    class Meta:
        ordering = ("-year", "-pk")
        verbose_name = _("kế hoạch")
        verbose_name_plural = _("kế hoạch")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "unit", "number"], name="plans_plan_number_once", condition=~Q(number="")
            ),
            models.CheckConstraint(
                name="plans_plan_issued_has_number",
                condition=Q(state="draft") | (Q(issued_on__isnull=False) & ~Q(number="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == PlanState.DRAFT

    @property
    def base_lines(self) -> list[str]:
        """The legal bases, one each."""
        return [line.strip() for line in self.bases.splitlines() if line.strip()]


class Target(TenantModel):
    """A figure to reach: a count or a range of a measure that `ocop.reports` can compute."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="targets")
    order = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(_("chỉ tiêu"), max_length=300)
    measure = models.CharField(_("cách đo"), max_length=60)  # a name of ocop/reports/measures.py
    stars = models.PositiveSmallIntegerField(_("hạng sao"), null=True, blank=True)
    low = models.PositiveIntegerField(_("từ"))
    high = models.PositiveIntegerField(_("đến"), null=True, blank=True)  # None: "at least"

    class Meta:
        ordering = ("order", "pk")
        verbose_name = _("chỉ tiêu")
        verbose_name_plural = _("chỉ tiêu")
        constraints = [
            models.CheckConstraint(
                name="plans_target_range_rises", condition=Q(high__isnull=True) | Q(high__gte=F("low"))
            )
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        faults: dict[str, list[Any]] = {}
        for field, words in target_faults(self.measure, self.stars, self.low, self.high):
            faults.setdefault(field, []).append(words)
        if faults:
            raise ValidationError(faults)

    @property
    def way(self) -> Measure:
        """How it is measured, in words."""
        return MEASURES[self.measure]

    @property
    def wanted(self) -> str:
        """The figure as plans write it: "4–6", "ít nhất 37"."""
        if self.high is None:
            return _("ít nhất %(low)s") % {"low": self.low}
        return f"{self.low}" if self.high == self.low else f"{self.low}–{self.high}"

    def governing_units(self) -> list[OrgUnit]:
        return [self.plan.unit]
