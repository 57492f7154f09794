"""What the authority decided."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.models.assessment import Assessment
from ocop.orgs.models import Governed, OrgUnit, User
from ocop.orgs.rights import units_where
from ocop.papers.models import Paper
from ocop.tenancy.models import TenantManager, TenantModel
from products.models import Exclusion


class DecisionState(models.TextChoices):
    DRAFT = "draft", _("Dự thảo")
    ISSUED = "issued", _("Đã ban hành")


class DecisionQuerySet(models.QuerySet):
    """Decisions by reader."""

    def visible_to(self, user: Any) -> "DecisionQuerySet":
        """Those of the user's units; no draft with a product that she is recused from: others bring it to its end.

        Once issued it is a public act.
        """
        shut = Exclusion.objects.in_force().filter(
            user_id=user.pk, dossier__assessments__decision_items__decision=OuterRef("pk")
        )
        mine = self.filter(units_where(user, "evaluation.view_decision"))
        return mine.exclude(Q(state=DecisionState.DRAFT) & Exists(shut))


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
