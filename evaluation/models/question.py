"""A question of a member to the producer, through the secretary; the producer never learns who asked."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.models.assessment import Assessment
from evaluation.models.council import Seat
from evaluation.models.guest import Guest
from evaluation.models.meeting import Meeting, MeetingState
from ocop.files.models import StoredFile
from ocop.orgs.models import Governed, OrgUnit, User
from ocop.orgs.rights import units_where
from ocop.tenancy.models import TenantManager, TenantModel
from products.models import Dossier, ProducerMember


class QuestionState(models.TextChoices):
    ASKED = "asked", _("Chờ Thư ký")
    PASSED = "passed", _("Đã chuyển chủ thể")
    ANSWERED = "answered", _("Đã trả lời")


class QuestionQuerySet(models.QuerySet):
    """Questions by reader; of a product she is excluded from there is none."""

    def visible_to(self, user: Any) -> "QuestionQuerySet":
        """Who leads the meeting all, a member her own and the answered ones, the producer what was passed on.

        Who was invited to answer for the producer: what waits for her while the product is discussed.
        """
        seats = user.council_seats.held_on(timezone.localdate())
        led = Q(meeting__council__in=seats.leading().values("council"))
        sat = Q(
            meeting__council__in=seats.values("council"), assessment__in=Assessment.objects.visible_to(user)
        )
        own = ProducerMember.objects.current().filter(user_id=user.pk)
        producer = Q(assessment__dossier__product__producer__in=own.values("producer"))
        return self.filter(
            led
            | units_where(user, "evaluation.change_meeting", "meeting__council__unit")
            | sat & (Q(seat__user_id=user.pk) | Q(state=QuestionState.ANSWERED))
            | producer & Q(passed_at__isnull=False)
            | _waits_for_guest(user),
            assessment__dossier__in=Dossier.objects.all().not_excluding(user),
        )

    def for_producer(self, user: Any) -> "QuestionQuerySet":
        """What the secretary passed on to her."""
        own = ProducerMember.objects.current().filter(user_id=user.pk)
        mine = Q(assessment__dossier__product__producer__in=own.values("producer"), passed_at__isnull=False)
        return self.visible_to(user).filter(mine)

    def for_guest(self, user: Any) -> "QuestionQuerySet":
        """What waits for her at her hearing, and what she answered there; nothing once the hall talks of another."""
        return self.filter(
            _waits_for_guest(user), assessment__dossier__in=Dossier.objects.all().not_excluding(user)
        )


def _waits_for_guest(user: Any) -> Q:
    """Passed on or answered by herself, of the product she answers for, while it is discussed."""
    items = Guest.objects.filter(user_id=user.pk, answers=True).values("item")
    return Q(
        Q(state=QuestionState.PASSED) | Q(answered_by_id=user.pk),
        meeting__state=MeetingState.OPEN,
        meeting__discussing__in=items,
        assessment=F("meeting__discussing__assessment"),
    )


class Question(Governed, TenantModel):
    """On one criterion of one product, in one meeting; `file` is what the producer sent with her answer."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="questions")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="questions")
    criterion = models.CharField(_("tiêu chí"), max_length=20)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    text = models.TextField(_("câu hỏi"))
    asked_at = models.DateTimeField(default=timezone.now)
    passed_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("trả lời"), blank=True)
    by_producer = models.BooleanField(default=False)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(
        max_length=20, choices=QuestionState.choices, default=QuestionState.ASKED, editable=False
    )

    objects = TenantManager.from_queryset(QuestionQuerySet)()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="evaluation_question_answered",
                condition=~Q(state="answered")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
            ),
            models.CheckConstraint(
                name="evaluation_question_passed", condition=~Q(state="passed") | Q(passed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.text}"

    @property
    def unit(self) -> OrgUnit:
        return self.meeting.council.unit

    def roles_of(self, user: Any) -> list[str]:
        """The council's people on the product; once it was passed on the producer's, or who answers at her hearing."""
        roles = self.assessment.roles_of(user)
        if not self.passed_at:
            return roles
        roles = [*roles, *self.assessment.dossier.roles_of(user)]
        if not roles and Question.objects.for_guest(user).filter(pk=self.pk).exists():
            return ["hearing_guest"]
        return roles

    def excludes(self, user: Any) -> bool:
        return self.assessment.excludes(user)
