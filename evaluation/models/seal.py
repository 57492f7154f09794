"""The seals of a meeting: one a closing, kept when it is broken."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.models.meeting import Meeting
from ocop.orgs.models import User
from ocop.papers.models import Paper
from ocop.tenancy.models import TenantModel


class Seal(TenantModel):
    """One closing: written once. `sheets` has the SHA-256 of each sealed sheet by its id, to name what differs."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="seals")
    number = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    sheets = models.JSONField(default=dict)
    sealed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    sealed_at = models.DateTimeField()
    minutes = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("number",)
        verbose_name = _("niêm phong")
        verbose_name_plural = _("niêm phong")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "meeting", "number"], name="evaluation_seal_once")
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.number}"

    @property
    def is_broken(self) -> bool:
        return hasattr(self, "reopening")


class Reopening(TenantModel):
    """Why a seal was broken; written once. `reason` may name a product: not for who is recused from one."""

    seal = models.OneToOneField(Seal, models.PROTECT, related_name="reopening")
    reason = models.TextField(_("lý do"))
    reopened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.seal)
