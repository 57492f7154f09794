"""Who listens to a meeting without a seat: the Fatherland Front, a commune, the producer at her hearing."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.models.meeting import AgendaItem, Meeting
from ocop.orgs.models import User
from ocop.tenancy.models import TenantModel


class Guest(TenantModel):
    """Invited for the whole meeting, or (`item`) for one product; reads it only while it is discussed.

    `answers`: she speaks for the producer of that product, and answers what the council asks.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="guests")
    user = models.ForeignKey(User, models.PROTECT, related_name="hearings")
    item = models.ForeignKey(AgendaItem, models.CASCADE, null=True, blank=True, related_name="guests")
    answers = models.BooleanField(_("trả lời thay chủ thể"), default=False)
    capacity = models.CharField(_("tư cách"), max_length=200)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "meeting", "user", "item"],
                name="evaluation_guest_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="evaluation_guest_answers_for_a_product",
                condition=Q(answers=False) | Q(item__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.capacity}"
