"""What the council concluded on one product."""

from fractions import Fraction

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.models.assessment import Assessment
from evaluation.models.meeting import Meeting
from ocop.tenancy.models import TenantModel


class Result(TenantModel):
    """The mean is kept exact, as a fraction; 69,99… is not 70 and is never shown as such."""

    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="result")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="results")
    attempt = models.PositiveSmallIntegerField()
    mean_numerator = models.PositiveIntegerField()
    mean_denominator = models.PositiveIntegerField()
    spread = models.PositiveSmallIntegerField(_("chênh lệch lớn nhất"))
    band = models.PositiveSmallIntegerField(_("khung điểm"))
    stars = models.PositiveSmallIntegerField(_("hạng sao"))
    reasons = models.JSONField(default=dict)  # parts, missed gates, knock-outs, agreed levels, who was counted
    concluded_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.assessment}: {self.stars}★"

    @property
    def mean(self) -> Fraction:
        return Fraction(self.mean_numerator, self.mean_denominator)
