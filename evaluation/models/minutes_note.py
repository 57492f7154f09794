"""Words the secretary adds to the minutes: written once; a better wording replaces an earlier one and both are kept."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.models.assessment import Assessment
from evaluation.models.meeting import Meeting
from ocop.orgs.models import User
from ocop.orgs.rights import units_where
from ocop.tenancy.models import TenantManager, TenantModel
from products.models import Exclusion


class MinutesNoteQuerySet(models.QuerySet):
    """Notes by reader and by what is printed."""

    def visible_to(self, user: Any) -> "MinutesNoteQuerySet":
        """Who leads the meeting or plans it. A general word may name any product: who is recused from one of the
        meeting reads only her own.
        """
        seats = user.council_seats.leading().held_on(timezone.localdate())
        leads = units_where(user, "evaluation.change_meeting", "meeting__council__unit") | Q(
            meeting__council__in=seats.values("council")
        )
        out_of_one = Exclusion.objects.in_force().filter(
            user_id=user.pk, dossier__assessments__agenda_items__meeting=OuterRef("meeting")
        )
        return self.filter(leads).filter(
            Q(assessment__in=Assessment.objects.visible_to(user))
            | Q(assessment__isnull=True) & (Q(written_by_id=user.pk) | ~Exists(out_of_one))
        )

    def in_force(self) -> "MinutesNoteQuerySet":
        """The last wording of each; one that was taken out has none."""
        return self.filter(replaced_by__isnull=True).exclude(text="")


class MinutesNote(TenantModel):
    """On one product, or on the meeting as a whole where it names none."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="minutes_notes")
    assessment = models.ForeignKey(
        Assessment, models.PROTECT, null=True, blank=True, related_name="minutes_notes"
    )
    text = models.TextField(_("ghi chép"), blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", editable=False
    )
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects = TenantManager.from_queryset(MinutesNoteQuerySet)()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("ghi chép biên bản")
        verbose_name_plural = _("ghi chép biên bản")
        constraints = [
            models.CheckConstraint(
                name="evaluation_minutes_note_says_something",
                condition=~Q(text="") | Q(replaces__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.text
