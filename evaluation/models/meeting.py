"""A meeting of a council: who came, what was on the agenda, what each declared."""

import datetime as dt
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evaluation.models.assessment import Assessment
from evaluation.models.council import Council, Seat, SeatRole, party_roles
from ocop.orgs.models import Governed, OrgUnit
from ocop.orgs.rights import units_where
from ocop.papers.models import Paper
from ocop.tenancy.models import TenantManager, TenantModel
from plans.models import Round


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("Sắp họp")
    OPEN = "open", _("Đang họp")
    CONCLUDED = "concluded", _("Đã kết thúc")


# …of a meeting in writing, where its states have other words
IN_WRITING = {MeetingState.PLANNED: _("Chưa gửi"), MeetingState.OPEN: _("Đang lấy ý kiến")}


class MeetingMode(models.TextChoices):
    """How a council settles what is on the agenda."""

    HELD = "held", _("Họp")
    WRITTEN = "written", _("Lấy ý kiến bằng văn bản")


class MeetingQuerySet(models.QuerySet):
    """Meetings by reader."""

    def visible_to(self, user: Any) -> "MeetingQuerySet":
        return self.filter(
            units_where(user, "evaluation.view_meeting", "council__unit")
            | Q(council__in=user.council_seats.values("council"))
        )


class Meeting(Governed, TenantModel):
    """`rules` is the council's Quy chế as it stood when the meeting opened; `digest` seals its ballots.

    In writing nobody meets: `held_at` is the day whose seats are asked, `deadline` the last moment for a sheet.
    """

    council = models.ForeignKey(Council, models.PROTECT, related_name="meetings")
    round = models.ForeignKey(Round, models.PROTECT, related_name="meetings")
    mode = models.CharField(
        _("hình thức"), max_length=20, choices=MeetingMode.choices, default=MeetingMode.HELD, editable=False
    )
    held_at = models.DateTimeField(_("thời gian"))
    deadline = models.DateTimeField(_("hạn gửi phiếu"), null=True, blank=True)
    place = models.CharField(_("địa điểm"), max_length=300, blank=True)
    rules = models.JSONField(default=dict)
    rules_number = models.PositiveSmallIntegerField(
        default=0
    )  # the version of the Quy chế; 0 before it opened
    invitation = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="+")
    invited_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_early = models.CharField(_("lý do mở sớm"), max_length=500, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(
        max_length=64, blank=True
    )  # SHA-256 of the sealed ballots, printed in the minutes
    minutes = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="+")
    # What the hall talks about now; read it by `discussed(meeting, user)`, which hides it from who is recused.
    discussing = models.ForeignKey("AgendaItem", models.SET_NULL, null=True, blank=True, related_name="+")
    discussing_since = models.DateTimeField(null=True, blank=True)
    state = models.CharField(
        max_length=20, choices=MeetingState.choices, default=MeetingState.PLANNED, editable=False
    )

    objects = TenantManager.from_queryset(MeetingQuerySet)()

    class Meta:
        ordering = ("-held_at",)
        verbose_name = _("phiên họp")
        verbose_name_plural = _("phiên họp")
        constraints = [
            models.CheckConstraint(
                name="evaluation_written_has_deadline",
                condition=Q(mode="held", deadline__isnull=True)
                | Q(mode="written", deadline__gt=models.F("held_at")),
            )
        ]

    def __str__(self) -> str:
        day = f"{timezone.localtime(self.held_at):%d/%m/%Y}"
        if self.is_written:
            return gettext("%(council)s (bằng văn bản, %(day)s)") % {"council": self.council, "day": day}
        return f"{self.council} ({day})"

    @property
    def unit(self) -> OrgUnit:
        return self.council.unit

    @property
    def is_written(self) -> bool:
        return self.mode == MeetingMode.WRITTEN

    @property
    def state_words(self) -> str:
        """Its state as people say it: in writing nobody sits together."""
        words = IN_WRITING.get(MeetingState(self.state)) if self.is_written else None
        return str(words or self.get_state_display())

    def is_due(self, at: dt.datetime) -> bool:
        """In writing, whether the time for sheets is over; a meeting that is held has no such time."""
        return self.deadline is not None and self.deadline <= at

    @property
    def held_on(self) -> dt.date:
        """The day of the meeting: whose seats count is asked for that day."""
        return timezone.localdate(self.held_at)

    def roles_of(self, user: Any) -> list[str]:
        seats = user.council_seats.filter(council_id=self.council_id).held_on(timezone.localdate())
        return party_roles(seats, chair_is_out=lambda: not self.is_present(SeatRole.CHAIR))

    def is_present(self, role: str) -> bool:
        """Whether a seat of this role is marked as here."""
        return self.attendance.filter(is_present=True, seat__role=role).exists()


class AgendaItemQuerySet(models.QuerySet):
    """Items by reader."""

    def visible_to(self, user: Any) -> "AgendaItemQuerySet":
        """Those of the assessments the user may see: nothing of a product she is excluded from."""
        return self.filter(assessment__in=Assessment.objects.visible_to(user))

    def for_list(self) -> "AgendaItemQuerySet":
        """With the seats assigned to score each, in the same query."""
        assigned = Assignment.objects.filter(item=OuterRef("pk")).order_by("pk").values("seat")
        found = self.select_related("assessment__dossier__product__producer", "assessment__published")
        found = found.defer("assessment__published__allowed")
        return found.annotate(assigned_seats=ArraySubquery(assigned))


class AgendaItem(TenantModel):
    """One product on the agenda."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="agenda_items")
    order = models.PositiveSmallIntegerField(default=0)
    attempt = models.PositiveSmallIntegerField(default=1)  # 2, 3 …: scored again after a wide spread
    rescored = models.PositiveSmallIntegerField(default=0)  # how often this meeting had it scored again
    agreed = models.JSONField(default=dict)  # {"1.5": 2}: levels the council agreed on, for the gates
    knock_outs = models.JSONField(default=list)  # codes of the set's knock-outs that the council found
    discussion = models.TextField(_("ý kiến thảo luận"), blank=True)

    objects = TenantManager.from_queryset(AgendaItemQuerySet)()

    class Meta:
        ordering = ("order", "pk")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "meeting", "assessment"], name="evaluation_agenda_once")
        ]

    def __str__(self) -> str:
        return str(self.assessment)

    @property
    def scorers(self) -> frozenset[int]:
        """The seats assigned to score it; none: every voting seat does."""
        if "assigned_seats" in self.__dict__:  # read by `for_list`
            return frozenset(self.__dict__["assigned_seats"])
        return frozenset(self.assignments.values_list("seat_id", flat=True))


class Assignment(TenantModel):
    """One seat scores one product. `seed` breaks the ties of its draw: the same facts draw the same again."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="assignments")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="assignments")
    seed = models.CharField(max_length=40)
    assigned_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "item", "seat"], name="evaluation_assignment_once")
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.item}"


class Attendance(TenantModel):
    """Who of the council is here; in writing, who was asked."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    is_present = models.BooleanField(default=False)
    marked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "meeting", "seat"], name="evaluation_attendance_once")
        ]

    def __str__(self) -> str:
        return str(self.seat)


class Declaration(TenantModel):
    """What a member declared on one product before its dossier opened; a conflict writes an Exclusion."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="declarations")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="declarations")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="declarations")
    has_conflict = models.BooleanField()
    ground = models.CharField(_("lý do"), max_length=300, blank=True)
    declared_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "meeting", "seat", "assessment"], name="evaluation_declaration_once"
            ),
            models.CheckConstraint(
                name="evaluation_conflict_has_ground", condition=Q(has_conflict=False) | ~Q(ground="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.assessment}"


class Pledge(TenantModel):
    """What a member promised before anything of the meeting opened, in the words she read."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="pledges")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="pledges")
    words = models.TextField()
    rules_number = models.PositiveSmallIntegerField(default=0)  # the version of the Quy chế she accepted
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "meeting", "seat"], name="evaluation_pledge_once")
        ]

    def __str__(self) -> str:
        return str(self.seat)
