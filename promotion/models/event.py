"""A fair, and who may show there: only what holds 3★ or more on its days."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.models import Certificate
from ocop.orgs.models import Governed, OrgUnit, User
from ocop.orgs.rights import units_where
from ocop.tenancy.models import TenantManager, TenantModel


class EventQuerySet(models.QuerySet):
    """Fairs by reader."""

    def visible_to(self, user: Any) -> "EventQuerySet":
        return self.filter(units_where(user, "promotion.view_event"))

    def with_count(self) -> "EventQuerySet":
        """Each with `count`, the products that show there."""
        return self.annotate(count=Count("participations"))


class Event(Governed, TenantModel):
    """A fair or promotion event of a unit."""

    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="events")
    name = models.CharField(_("tên sự kiện"), max_length=300)
    place = models.CharField(_("địa điểm"), max_length=300, blank=True)
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến hết ngày"))
    least_stars = models.PositiveSmallIntegerField(
        _("hạng sao thấp nhất"), default=3, validators=[MinValueValidator(3), MaxValueValidator(5)]
    )

    objects = TenantManager.from_queryset(EventQuerySet)()

    class Meta:
        ordering = ("-starts_on",)
        verbose_name = _("sự kiện")
        verbose_name_plural = _("sự kiện")
        constraints = [
            models.CheckConstraint(
                name="promotion_event_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("Ngày bế mạc không thể trước ngày khai mạc."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Participation(TenantModel):
    """One certified product at one fair."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="participations")
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="participations")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "event", "certificate"], name="promotion_shown_once")
        ]

    def __str__(self) -> str:
        return f"{self.certificate} · {self.event}"
