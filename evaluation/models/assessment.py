"""One dossier at one scoring tier."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from evaluation.models.council import Seat, SeatRole, party_roles
from ocop.orgs.models import Governed, OrgUnit, User
from ocop.orgs.rights import units_where
from ocop.papers.models import Paper
from ocop.tenancy.models import TenantManager, TenantModel
from products.models import Dossier, Exclusion
from products.models.dossier import GrantManager


class PublishedSet(models.Model):
    """A criteria set as it was when ballots were made under it: global, insert-only.

    `allowed` is {"1.1": [0, 1, 2, 3], "8": {"a": [0, 3], "b": [0, 2]}}; a trigger refuses any other points.
    """

    code = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    regime = models.CharField(max_length=20)
    allowed = models.JSONField()
    total = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "digest"], name="evaluation_published_once")]

    def __str__(self) -> str:
        return self.code


class AssessmentState(models.TextChoices):
    """Where the evaluation at this tier stands."""

    OPEN = "open", _("Tổ tư vấn đang thẩm định")
    CHECKED = "checked", _("Chờ Hội đồng")
    SCHEDULED = "scheduled", _("Đã vào chương trình họp")
    CONCLUDED = "concluded", _("Hội đồng đã kết luận")
    DECIDED = "decided", _("Đã có quyết định")
    HANDED_UP = "handed_up", _("Đã chuyển cấp trên")
    RETURNED = "returned", _("Cấp trên đã trả lời")
    REVIEWED = "reviewed", _("Đã chuyển sang đánh giá lại")
    CLOSED = "closed", _("Đã trả lại cấp dưới")


OVER = frozenset([AssessmentState.REVIEWED, AssessmentState.CLOSED])  # another turn may follow


class AssessmentQuerySet(models.QuerySet):
    """Assessments by reader; every exclusion holds, as dossiers are filtered first."""

    def visible_to(self, user: Any) -> "AssessmentQuerySet":
        granted = AssessmentUserPermission.objects.filter(user_id=user.pk)
        shut_out = Dossier.objects.all().not_excluding(user)
        led = Assessment.objects.filter(
            agenda_items__meeting__council__seats__in=user.council_seats.leading().held_on(
                timezone.localdate()
            )
        )
        return self.filter(
            units_where(user, "evaluation.view_assessment")
            | Q(pk__in=granted.values("content_object"))
            | Q(pk__in=led.values("pk")),
            dossier__in=shut_out,
        )

    def for_list(self) -> "AssessmentQuerySet":
        found = self.select_related("dossier__product__producer", "dossier__unit", "unit", "published")
        return found.defer("published__allowed")

    def search(self, words: str) -> "AssessmentQuerySet":
        """By product, producer or code, without diacritics."""
        return self.filter(dossier__in=Dossier.objects.search(words)) if words.strip() else self


class Assessment(Governed, TenantModel):
    """The tier is a code of the regime and a unit; the set is the one published when it began."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="assessments")
    tier = models.CharField(_("cấp đánh giá"), max_length=20)
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="assessments")
    turn = models.PositiveSmallIntegerField(_("lần"), default=1)
    # The one it does again, after the tier above had answered (148/2023: for 4★; 26/2026, Điều 7 khoản 4).
    reviews = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reviewed_by")
    published = models.ForeignKey(PublishedSet, models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=20, choices=AssessmentState.choices, default=AssessmentState.OPEN, editable=False
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = TenantManager.from_queryset(AssessmentQuerySet)()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("lượt đánh giá")
        verbose_name_plural = _("lượt đánh giá")
        permissions = [("score_assessment", "Can score an assessment")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "dossier", "tier", "turn"], name="evaluation_assessment_once_a_turn"
            )
        ]

    def __str__(self) -> str:
        return str(self.dossier.product)

    @property
    def hand_over(self) -> Any:
        """The last package that went up, None where none did; prefetch `hand_overs` for lists."""
        return next(iter(self.hand_overs.all()), None)

    def roles_of(self, user: Any) -> list[str]:
        """The council roles of the user's seats on the meetings that discuss it."""
        seats = user.council_seats.held_on(timezone.localdate()).filter(
            council__meetings__agenda__assessment=self
        )
        return party_roles(seats, chair_is_out=self._chair_is_out)

    def _chair_is_out(self) -> bool:
        """Nobody who is here as chair may see this product: the deputy leads its discussion."""
        present = self.agenda_items.filter(meeting__attendance__is_present=True)
        here = Seat.objects.filter(role=SeatRole.CHAIR, pk__in=present.values("meeting__attendance__seat"))
        shut_out = Exclusion.objects.in_force().filter(dossier=self.dossier_id)
        return not here.exclude(user__in=shut_out.values("user")).exists()

    def excludes(self, user: Any) -> bool:
        return Exclusion.objects.in_force().filter(dossier=self.dossier_id, user_id=user.pk).exists()


class AssessmentUserPermission(UserObjectPermissionBase, TenantModel):
    """A member's right to score this one; written with the agenda, gone with it."""

    content_object = models.ForeignKey(Assessment, models.CASCADE)

    objects = GrantManager()  # type: ignore[misc]


class TeamReport(TenantModel):
    """What the advisory team (Tổ tư vấn) puts before the council."""

    assessment = models.OneToOneField(Assessment, models.CASCADE, related_name="team_report")
    findings = models.TextField(_("kết quả thẩm định"), blank=True)
    proposal = models.TextField(_("đề xuất"), blank=True)
    proposed_stars = models.PositiveSmallIntegerField(_("hạng sao đề xuất"), null=True, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return str(self.assessment)
