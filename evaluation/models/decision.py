"""What the authority decided, and what was handed to the tier above."""

from typing import Any, ClassVar

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

    objects: ClassVar[Any] = TenantManager.from_queryset(DecisionQuerySet)()

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
    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="decision_item")
    stars = models.PositiveSmallIntegerField(_("hạng sao"))
    outcome = models.CharField(
        max_length=20,
        choices=[
            ("certify", _("Công nhận")),
            ("send_up", _("Chuyển cấp trên")),
            ("not_recognised", _("Không công nhận")),
        ],
    )

    def __str__(self) -> str:
        return str(self.assessment)


class HandOverState(models.TextChoices):
    SENT = "sent", _("Đã gửi")
    ANSWERED = "answered", _("Đã có trả lời")


class HandOver(Governed, TenantModel):
    """A package that went up, with its receipt, and the answer that came back (number, date, scan)."""

    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="hand_over")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")
    to_tier = models.CharField(max_length=20)
    package = models.JSONField(default=dict)  # dossier version, papers by hash, minutes, decision
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

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="evaluation_answer_has_number",
                condition=Q(state="sent") | (~Q(answer_number="") & Q(answered_on__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return self.receipt
