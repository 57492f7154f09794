"""What the council concluded on one product."""

from fractions import Fraction
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.models.assessment import Assessment, AssessmentState
from evaluation.models.meeting import Meeting
from ocop.orgs.models import User
from ocop.orgs.rights import units_where
from ocop.tenancy.models import TenantManager, TenantModel
from products.models import Dossier, ProducerMember

KNOWN_TO_ALL = (
    AssessmentState.DECIDED,
    AssessmentState.HANDED_UP,
    AssessmentState.RETURNED,
    AssessmentState.REVIEWED,
)


class ResultQuerySet(models.QuerySet):
    """Results by reader."""

    def visible_to(self, user: Any) -> "ResultQuerySet":
        """The authority's people and the council at once; commune and producer once there is a decision."""
        own = ProducerMember.objects.current().filter(user_id=user.pk)
        below = units_where(user, "evaluation.view_result", "assessment__dossier__unit") | Q(
            assessment__dossier__product__producer__in=own.values("producer")
        )
        return self.filter(
            units_where(user, "evaluation.view_result", "assessment__unit")
            | Q(meeting__council__in=user.council_seats.held_on(timezone.localdate()).values("council"))
            | (below & Q(assessment__state__in=KNOWN_TO_ALL)),
            assessment__dossier__in=Dossier.objects.all().not_excluding(user),
        )


class Conclusion(TenantModel):
    """The mean is kept exact, as a fraction; 69,99… is not 70 and is never shown as such."""

    attempt = models.PositiveSmallIntegerField()
    mean_numerator = models.PositiveIntegerField()
    mean_denominator = models.PositiveIntegerField()
    spread = models.PositiveSmallIntegerField(_("chênh lệch lớn nhất"))
    band = models.PositiveSmallIntegerField(_("khung điểm"))
    stars = models.PositiveSmallIntegerField(_("hạng sao"))
    reasons = models.JSONField(
        default=dict
    )  # parts, missed gates, knock-outs, agreed levels, who was counted
    concluded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    @property
    def mean(self) -> Fraction:
        return Fraction(self.mean_numerator, self.mean_denominator)


CONCLUDED = (
    "attempt",
    "mean_numerator",
    "mean_denominator",
    "spread",
    "band",
    "stars",
    "reasons",
    "concluded_at",
)


class Result(Conclusion):
    """What stands."""

    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="result")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="results")

    objects = TenantManager.from_queryset(ResultQuerySet)()

    class Meta:
        verbose_name = _("kết quả")
        verbose_name_plural = _("kết quả")

    def __str__(self) -> str:
        return f"{self.assessment}: {self.stars}★"


class FormerResult(Conclusion):
    """A result the council took back: kept as it was, written once."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="former_results")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="former_results")
    note = models.TextField(_("lý do xem xét lại"))
    superseded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    superseded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("superseded_at", "pk")
        verbose_name = _("kết quả cũ")
        verbose_name_plural = _("kết quả cũ")

    def __str__(self) -> str:
        return f"{self.assessment}: {self.stars}★"
