"""The sender's end of a package that goes up: prepared, sent with a receipt, answered or refused."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.models.assessment import Assessment
from evaluation.models.decision import Decision
from ocop.files.models import StoredFile
from ocop.orgs.models import Governed, OrgUnit, User
from ocop.orgs.rights import units_where
from ocop.papers.models import Paper
from ocop.tenancy.models import Tenant, TenantManager, TenantModel
from products.models import Dossier


class HandOverState(models.TextChoices):
    PREPARED = "prepared", _("Chờ gửi")
    SENT = "sent", _("Đã gửi")
    ANSWERED = "answered", _("Đã có trả lời")
    REFUSED = "refused", _("Bị trả lại")


UNDER_WAY = (HandOverState.PREPARED, HandOverState.SENT)


class HandOverQuerySet(models.QuerySet):
    """Packages by reader; every exclusion holds, as dossiers are filtered first."""

    def visible_to(self, user: Any) -> "HandOverQuerySet":
        return self.filter(
            units_where(user, "evaluation.view_decision"),
            assessment__dossier__in=Dossier.objects.all().not_excluding(user),
        )

    def for_list(self) -> "HandOverQuerySet":
        return self.select_related("unit", "assessment__dossier__product__producer")


class HandOver(Governed, TenantModel):
    """One package to the tier above: a unit of this tenant, another tenant, or an office outside the system.

    `package` is frozen when it is sent; `brought` is the answer as the receiver's end carried it back, which
    this side then takes.
    """

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="hand_overs")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")  # that approved the result
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(OrgUnit, models.PROTECT, null=True, blank=True, related_name="+")
    to_tenant = models.ForeignKey(Tenant, models.PROTECT, null=True, blank=True, related_name="+")
    to_name = models.CharField(_("nơi nhận"), max_length=200)
    to_tier = models.CharField(max_length=20)
    letter = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="+")
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(default=timezone.now)
    package = models.JSONField(default=dict)  # dossier version, papers by hash, minutes, decision
    digest = models.CharField(max_length=64, default="", blank=True)  # SHA-256 of the package, canonical JSON
    receipt = models.CharField(_("số chuyển"), max_length=60, blank=True)
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)  # when the tier above began to assess it
    brought = models.JSONField(null=True, blank=True)
    brought_at = models.DateTimeField(null=True, blank=True)
    refusal = models.TextField(_("lý do trả lại"), blank=True)
    answer_number = models.CharField(_("số văn bản trả lời"), max_length=60, blank=True)
    answered_on = models.DateField(_("ngày văn bản trả lời"), null=True, blank=True)
    answer_stars = models.PositiveSmallIntegerField(_("hạng sao được công nhận"), null=True, blank=True)
    answer_points = models.DecimalField(_("điểm"), max_digits=5, decimal_places=2, null=True, blank=True)
    answer_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(
        max_length=20, choices=HandOverState.choices, default=HandOverState.PREPARED, editable=False
    )

    objects = TenantManager.from_queryset(HandOverQuerySet)()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("hồ sơ chuyển cấp trên")
        verbose_name_plural = _("hồ sơ chuyển cấp trên")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "receipt"],
                name="evaluation_hand_over_receipt_once",
                condition=~Q(receipt=""),
            ),
            models.UniqueConstraint(
                fields=["tenant", "assessment"],
                name="evaluation_one_hand_over_under_way",
                condition=Q(state__in=["prepared", "sent"]),
            ),
            models.CheckConstraint(
                name="evaluation_sent_has_receipt",
                condition=Q(state="prepared") | (~Q(receipt="") & Q(sent_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="evaluation_answer_has_number",
                condition=~Q(state="answered") | (~Q(answer_number="") & Q(answered_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="evaluation_refusal_has_words", condition=~Q(state="refused") | ~Q(refusal="")
            ),
        ]

    def __str__(self) -> str:
        return self.receipt or f"{self.assessment} → {self.to_name}"

    @property
    def is_outside(self) -> bool:
        """The receiver keeps no books here: its answer is typed in from paper."""
        return self.to_unit_id is None and self.to_tenant_id is None

    def excludes(self, user: Any) -> bool:
        return self.assessment.excludes(user)
