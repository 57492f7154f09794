"""What the authority decided, and what was handed to the tier above."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.models.assessment import Assessment
from ocop.files.models import StoredFile
from ocop.orgs.models import Governed, OrgUnit, User
from ocop.orgs.rights import units_where
from ocop.papers.models import Paper
from ocop.tenancy.models import TenantManager, TenantModel
from products.models import Dossier


class DecisionState(models.TextChoices):
    DRAFT = "draft", _("Dự thảo")
    ISSUED = "issued", _("Đã ban hành")


class DecisionQuerySet(models.QuerySet):
    """Decisions by reader."""

    def visible_to(self, user: Any) -> "DecisionQuerySet":
        return self.filter(units_where(user, "evaluation.view_decision"))


class Decision(Governed, TenantModel):
    """Recognition of 3★/4★ and approval of results of 90 points and more (QĐ 26/2026, Điều 7 khoản 3đ–e)."""

    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="decisions")
    tier = models.CharField(max_length=20)
    title = models.CharField(_("trích yếu"), max_length=300)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="+")
    number = models.CharField(_("số"), max_length=60, blank=True)
    dated_on = models.DateField(_("ngày"), null=True, blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(
        max_length=20, choices=DecisionState.choices, default=DecisionState.DRAFT, editable=False
    )

    objects = TenantManager.from_queryset(DecisionQuerySet)()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("quyết định")
        verbose_name_plural = _("quyết định")
        constraints = [
            models.CheckConstraint(
                name="evaluation_decision_issued_has_number",
                condition=Q(state="draft") | (~Q(number="") & Q(dated_on__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class DecisionItem(TenantModel):
    """One product in the decision: certified here, sent up, or not recognised."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="items")
    # Twice where a file came back from the tier above and is recognised on that tier's result.
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="decision_items")
    stars = models.PositiveSmallIntegerField(_("hạng sao"))
    outcome = models.CharField(
        max_length=20,
        choices=[
            ("certify", _("Công nhận")),
            ("send_up", _("Chuyển cấp trên")),
            ("send_back", _("Trả lại cấp dưới")),
            ("not_recognised", _("Không công nhận")),
        ],
    )

    class Meta:
        ordering = ("-stars", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "decision", "assessment"], name="evaluation_decision_item_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.assessment)


class HandOverState(models.TextChoices):
    SENT = "sent", _("Đã gửi")
    RECEIVED = "received", _("Cấp trên đã nhận")
    ANSWERED = "answered", _("Đã có trả lời")


class HandOverQuerySet(models.QuerySet):
    """Packages by reader; every exclusion holds, as assessments are filtered first."""

    def visible_to(self, user: Any) -> "HandOverQuerySet":
        return self.filter(
            units_where(user, "evaluation.view_decision")
            | units_where(user, "evaluation.view_decision", "to_unit"),
            assessment__dossier__in=Dossier.objects.all().not_excluding(user),
        )

    def for_list(self) -> "HandOverQuerySet":
        return self.select_related("unit", "to_unit", "assessment__dossier__product__producer")


class HandOver(Governed, TenantModel):
    """A package that went up, with its receipt, and the answer that came back (number, date, scan)."""

    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="hand_over")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")
    # The receiver where it is a unit of this tenant (district → province); none: outside, as the ministry is.
    to_unit = models.ForeignKey(OrgUnit, models.PROTECT, null=True, blank=True, related_name="+")
    next_assessment = models.OneToOneField(
        Assessment, models.PROTECT, null=True, blank=True, related_name="came_from"
    )
    letter = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="+")
    to_tier = models.CharField(max_length=20)
    package = models.JSONField(default=dict)  # dossier version, papers by hash, minutes, decision
    digest = models.CharField(max_length=64, default="")  # SHA-256 of the package as canonical JSON
    receipt = models.CharField(_("số chuyển"), max_length=60)
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    answer_number = models.CharField(_("số văn bản trả lời"), max_length=60, blank=True)
    answered_on = models.DateField(_("ngày văn bản trả lời"), null=True, blank=True)
    answer_stars = models.PositiveSmallIntegerField(_("hạng sao được công nhận"), null=True, blank=True)
    answer_points = models.DecimalField(_("điểm"), max_digits=5, decimal_places=2, null=True, blank=True)
    answer_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(
        max_length=20, choices=HandOverState.choices, default=HandOverState.SENT, editable=False
    )

    objects = TenantManager.from_queryset(HandOverQuerySet)()

    class Meta:
        ordering = ("-sent_at", "-pk")
        verbose_name = _("hồ sơ chuyển cấp trên")
        verbose_name_plural = _("hồ sơ chuyển cấp trên")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "receipt"], name="evaluation_hand_over_receipt_once"),
            models.CheckConstraint(
                name="evaluation_answer_has_number",
                condition=~Q(state="answered") | (~Q(answer_number="") & Q(answered_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.receipt

    def governing_units(self) -> list[OrgUnit]:
        return [self.unit, self.to_unit] if self.to_unit else [self.unit]

    def excludes(self, user: Any) -> bool:
        return self.assessment.excludes(user)
