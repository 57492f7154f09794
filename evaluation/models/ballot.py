"""A member's sheet (phiếu đánh giá): one row a seat and attempt, its points by criterion."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.models.assessment import Assessment, PublishedSet
from evaluation.models.council import Seat
from evaluation.models.meeting import Meeting
from ocop.orgs.models import Governed, OrgUnit, User
from ocop.tenancy.models import TenantManager, TenantModel
from products.models import EvidencePaper

OPINION = "opinion"  # the foot of the sheet, where a change or an entry names its criterion


class BallotState(models.TextChoices):
    OPEN = "open", _("Đang chấm")
    SEALED = "sealed", _("Đã nộp")
    ABSTAINED = "abstained", _("Không cho ý kiến")


class BallotQuerySet(models.QuerySet):
    """Ballots by reader: blind until sealed."""

    def visible_to(self, user: Any) -> "BallotQuerySet":
        """One's own; others' only in a concluded meeting that the user may see, never of an excluded dossier.

        A product put off is scored again elsewhere: its sheets stay closed until it is concluded there.
        Who abstained, and why, the minutes say and nothing else.
        """
        meetings = Meeting.objects.visible_to(user).filter(state="concluded")
        return self.filter(
            Q(seat__user_id=user.pk)
            | Q(meeting__in=meetings, assessment__result__isnull=False) & ~Q(state=BallotState.ABSTAINED),
            assessment__in=Assessment.objects.visible_to(user),
        )

    def reachable_by(self, user: Any) -> "BallotQuerySet":
        """Those a step may be asked for: one's own, and of the meetings one may see (its points stay hidden)."""
        return self.filter(
            Q(seat__user_id=user.pk) | Q(meeting__in=Meeting.objects.visible_to(user)),
            assessment__in=Assessment.objects.visible_to(user),
        )

    def for_page(self) -> "BallotQuerySet":
        return self.select_related(
            "meeting__council__unit",
            "seat__user",
            "published",
            "assessment__published",
            "assessment__dossier__product__producer",
        ).defer("published__allowed", "assessment__published__allowed")  # for the trigger, no page shows it


class Ballot(Governed, TenantModel):
    """`levels` is {"1.1": {"p": 3, "r": 7}, "8": {"case": "a", "p": 2, "r": 1, "note": "…"}}; r counts its saves.

    A trigger refuses points that the published set does not allow, and any change once sealed.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="ballots")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="ballots")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="ballots")
    attempt = models.PositiveSmallIntegerField(default=1)
    published = models.ForeignKey(PublishedSet, models.PROTECT, related_name="+")
    levels = models.JSONField(default=dict)
    opinion = models.TextField(_("ý kiến của người đánh giá"), blank=True)
    opinion_revision = models.PositiveIntegerField(default=0)  # counts its saves, as r does for a level
    abstention = models.TextField(_("lý do không cho ý kiến"), blank=True)
    total = models.PositiveSmallIntegerField(default=0)
    stars = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(
        max_length=20, choices=BallotState.choices, default=BallotState.OPEN, editable=False
    )
    saved_at = models.DateTimeField(default=timezone.now)
    sealed_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(BallotQuerySet)()

    class Meta:
        verbose_name = _("phiếu đánh giá")
        verbose_name_plural = _("phiếu đánh giá")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "assessment", "seat", "attempt"], name="evaluation_ballot_once"
            ),
            models.CheckConstraint(
                name="evaluation_sealed_has_time",
                condition=Q(state="open", sealed_at__isnull=True)
                | Q(state__in=["sealed", "abstained"], sealed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="evaluation_abstained_has_reason",
                condition=Q(state="abstained") & ~Q(abstention="") | ~Q(state="abstained") & Q(abstention=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment} · {self.seat}"

    @property
    def unit(self) -> OrgUnit:
        return self.meeting.council.unit

    @property
    def is_sealed(self) -> bool:
        """Handed in, with points or without: it changes no more."""
        return self.state != BallotState.OPEN

    @property
    def counts(self) -> bool:
        """Handed in with points: part of the mean."""
        return self.state == BallotState.SEALED

    def roles_of(self, user: Any) -> list[str]:
        """Its scorer while the agenda gives her the product; the chair of that product's discussion."""
        roles = self.assessment.roles_of(user)
        if self.seat.user_id != user.pk:
            return roles
        may_score = user.has_perm("evaluation.score_assessment", self.assessment)
        return [*roles, "council_scorer"] if may_score else roles

    def excludes(self, user: Any) -> bool:
        return self.assessment.excludes(user)


class BallotChange(TenantModel):
    """One saved criterion, or the OPINION: narrow, append-only; `key` answers a doubled send with the first answer."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="changes")
    criterion = models.CharField(max_length=20)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    revision = models.PositiveIntegerField()
    key = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "ballot", "key"], name="evaluation_change_once")
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.criterion} r{self.revision}"


class KnockOutProposal(TenantModel):
    """A member found a case of loại while scoring: which, in her words, and the page of the paper she saw it on."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="proposals")
    code = models.CharField(_("trường hợp loại"), max_length=60)
    words = models.TextField(_("nhận xét"))
    paper = models.ForeignKey(EvidencePaper, models.PROTECT, null=True, blank=True, related_name="+")
    page = models.PositiveIntegerField(_("trang"), null=True, blank=True)
    proposed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["tenant", "ballot", "code"], name="evaluation_proposal_once"),
            models.CheckConstraint(
                name="evaluation_proposal_page_of_a_paper",
                condition=Q(page__isnull=True) | Q(page__gte=1, paper__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.ballot}"
