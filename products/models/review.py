"""What the commune and the province find when they check a dossier."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import OrgUnit, User
from ocop.papers.models import Paper
from ocop.tenancy.models import TenantModel
from products.models.dossier import Dossier


class SupplementRequest(TenantModel):
    """What is missing or wrong, item by item, and until when."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="supplements")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(_("bổ sung trước hết ngày"))
    items = models.JSONField(default=list)  # [{"item": "business_registration", "reason": "…"}]
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-asked_at",)

    def __str__(self) -> str:
        return str(self.dossier)


class Verdict(models.TextChoices):
    OK = "ok", _("Đạt")
    MISSING = "missing", _("Thiếu")
    WRONG = "wrong", _("Chưa đúng")


class IntakeCheck(TenantModel):
    """One item of the dossier, checked by one unit."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="checks")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")
    item = models.CharField(max_length=60)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    note = models.CharField(_("nhận xét"), max_length=500, blank=True)
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "dossier", "unit", "item"], name="products_check_once")
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.verdict}"


class CommuneReport(TenantModel):
    """The findings of Mẫu 03 (QĐ 26/2026, Phụ lục III), which ones the regime says; no points are given."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="commune_report")
    findings = models.JSONField(default=dict)  # {code of the regime: text}
    proposal = models.TextField(_("đề nghị"), blank=True)
    revision = models.PositiveIntegerField(default=0)
    revisions = models.JSONField(default=dict)  # {code: the revision it last changed at}
    written_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return str(self.dossier)
