"""A test beyond the dossier's own papers (QĐ 26/2026, Điều 7 khoản 3c: the advisory team may ask for one)."""

import datetime as dt
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import Governed, OrgUnit, User
from ocop.tenancy.models import TenantManager, TenantModel
from products.models.dossier import Dossier
from products.models.evidence import EvidencePaper
from products.models.sample import MOST, Sample


class ExtraTestState(models.TextChoices):
    ASKED = "asked", _("Chờ kết quả")
    BROUGHT = "brought", _("Có kết quả, chờ xem")
    REFUSED = "refused", _("Kết quả chưa dùng được")
    ACCEPTED = "accepted", _("Đã chấp nhận kết quả")
    WITHDRAWN = "withdrawn", _("Đã rút yêu cầu")


OWED = frozenset([ExtraTestState.ASKED, ExtraTestState.REFUSED])  # a result is waited for


class Payer(models.TextChoices):
    UNKNOWN = "", _("Chưa rõ")
    OFFICE = "office", _("Cơ quan yêu cầu")
    PRODUCER = "producer", _("Chủ thể")
    OTHER = "other", _("Nguồn khác")


class ExtraTestQuerySet(models.QuerySet):
    """Tests by reader: both sides of a dossier see the same list."""

    def visible_to(self, user: Any) -> "ExtraTestQuerySet":
        return self.filter(dossier__in=Dossier.objects.visible_to(user))

    def owed(self) -> "ExtraTestQuerySet":
        return self.filter(state__in=OWED)

    def for_list(self) -> "ExtraTestQuerySet":
        found = self.select_related("dossier__product__producer", "dossier__unit", "unit", "asked_by")
        return found.prefetch_related("results__paper__file", "results__brought_by", "results__judged_by")


class ExtraTest(Governed, TenantModel):
    """What is to be tested, on what, by whom, until when and why; its results hang off it."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="extra_tests")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")  # the one that asks
    parameters = models.TextField(_("chỉ tiêu cần kiểm nghiệm"), max_length=2000)
    reason = models.TextField(_("lý do"), max_length=2000)
    laboratory = models.CharField(_("nơi kiểm nghiệm"), max_length=200, blank=True)
    payer = models.CharField(_("ai trả chi phí"), max_length=10, choices=Payer.choices, blank=True)
    sample = models.ForeignKey(
        Sample, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lô mẫu")
    )
    sample_units = models.PositiveSmallIntegerField(
        _("số đơn vị mẫu"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    due_on = models.DateField(_("có kết quả trước hết ngày"))
    asked_by = models.ForeignKey(  # None: it came with a package from another tenant
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)  # accepted or withdrawn
    state = models.CharField(
        max_length=20, choices=ExtraTestState.choices, default=ExtraTestState.ASKED, editable=False
    )

    objects = TenantManager.from_queryset(ExtraTestQuerySet)()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("kiểm nghiệm thêm")
        verbose_name_plural = _("kiểm nghiệm thêm")
        constraints = [
            models.CheckConstraint(
                name="products_extra_test_units_of_a_lot",
                condition=Q(sample__isnull=True, sample_units__isnull=True)
                | Q(sample__isnull=False, sample_units__isnull=False),
            ),
            models.CheckConstraint(
                name="products_extra_test_ended",
                condition=~Q(state__in=["accepted", "withdrawn"]) | Q(ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.parameters.partition("\n")[0]

    def governing_units(self) -> list[OrgUnit]:
        """Those of the dossier: the commune brings, who is above it asks."""
        return [self.dossier.unit]

    def roles_of(self, user: Any) -> tuple[str, ...]:
        return self.dossier.roles_of(user)

    def excludes(self, user: Any) -> bool:
        return self.dossier.excludes(user)

    def waits(self) -> list[tuple[dt.datetime, dt.datetime | None]]:
        """From when until when the office waited for a result; None while it does. Prefetch `results`."""
        found: list[tuple[dt.datetime, dt.datetime | None]] = []
        since = self.asked_at
        for result in self.results.all():
            found.append((since, result.brought_at))
            since = result.judged_at or result.brought_at
        if self.is_owed():
            return [*found, (since, None)]
        last = found and found[-1][1]
        if self.state == ExtraTestState.WITHDRAWN and self.ended_at and since != last:
            found.append((since, self.ended_at))
        return found

    def is_owed(self) -> bool:
        return self.state in OWED

    def is_late(self, on: dt.date) -> bool:
        return self.is_owed() and self.due_on < on


class ExtraTestResult(TenantModel):
    """A paper that answers, and what became of it; one that was refused stays beside the next."""

    test = models.ForeignKey(ExtraTest, models.CASCADE, related_name="results")
    paper = models.ForeignKey(EvidencePaper, models.PROTECT, related_name="test_results")
    note = models.CharField(_("ghi chú"), max_length=500, blank=True)
    brought_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )  # as `asked_by`
    brought_at = models.DateTimeField(default=timezone.now)
    is_accepted = models.BooleanField(null=True, blank=True)
    verdict = models.TextField(_("kết luận"), blank=True)  # what it shows, or why it cannot be used
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "test"],
                name="products_extra_test_one_waits",
                condition=Q(is_accepted__isnull=True),
            ),
            models.CheckConstraint(
                name="products_extra_test_judged",
                condition=Q(is_accepted__isnull=True, judged_at__isnull=True)
                | Q(
                    Q(judged_by__isnull=False) | Q(brought_by__isnull=True),
                    is_accepted__isnull=False,
                    judged_at__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.paper)


class ExtraTestClock(TenantModel):
    """What the tenant's own rules (Quy chế) say an extra test does to a clock of the regime; over the regime's word."""

    regime = models.CharField(max_length=20)
    rule = models.CharField(max_length=40)  # a deadline of the regime
    pauses = models.BooleanField(_("ngừng tính trong lúc chờ kết quả"))
    basis = models.CharField(_("căn cứ"), max_length=300)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "regime", "rule"], name="products_extra_test_clock_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.regime}: {self.rule}"
