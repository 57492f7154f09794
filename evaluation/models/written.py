"""What turns a written opinion into a meeting: a member calls for one, a product is referred to one."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.models.assessment import Assessment
from evaluation.models.council import Seat
from evaluation.models.meeting import Meeting
from ocop.orgs.models import User
from ocop.tenancy.models import TenantModel


class MeetingCall(TenantModel):
    """A member wants this product talked about in a meeting, and why; she may take it back while it is open."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="calls")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="calls")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    reason = models.TextField(_("lý do đề nghị họp"))
    called_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "meeting", "assessment", "seat"], name="evaluation_call_once"
            ),
            models.CheckConstraint(name="evaluation_call_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.assessment}"


class Referral(TenantModel):
    """A product that was not settled in writing: to which meeting it went, and why; its sheets stay as they were."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="referrals")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="referrals")
    to = models.ForeignKey(Meeting, models.PROTECT, related_name="referred")
    reasons = models.JSONField(default=list)
    referred_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    referred_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "meeting", "assessment"], name="evaluation_referral_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessment}: {self.to}"
