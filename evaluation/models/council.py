"""The council of a tier: appointed by decision, with seats by agency and its own rules."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import Governed, OrgUnit, User
from ocop.orgs.rights import units_where
from ocop.papers.models import Paper
from ocop.tenancy.models import TenantManager, TenantModel


class CouncilState(models.TextChoices):
    DRAFT = "draft", _("Dự thảo")
    ESTABLISHED = "established", _("Đang hoạt động")
    ENDED = "ended", _("Đã kết thúc")


class CouncilQuerySet(models.QuerySet):
    """Councils by reader."""

    def visible_to(self, user: Any) -> "CouncilQuerySet":
        return self.filter(
            units_where(user, "evaluation.view_council")
            | units_where(user, "evaluation.establish_council")
            | Q(pk__in=user.council_seats.values("council"))
        )


class Council(Governed, TenantModel):
    """`rules` holds the parameters of its Quy chế; a meeting keeps those it ran under."""

    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="councils")
    tier = models.CharField(_("cấp"), max_length=20)
    regime = models.CharField(_("theo quyết định"), max_length=20)
    name = models.CharField(_("tên hội đồng"), max_length=300)
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến hết ngày"), null=True, blank=True)
    decision_number = models.CharField(_("quyết định thành lập số"), max_length=60, blank=True)
    decision_on = models.DateField(_("ngày quyết định"), null=True, blank=True)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="+")
    rules = models.JSONField(_("quy chế"), default=dict)
    state = models.CharField(
        max_length=20, choices=CouncilState.choices, default=CouncilState.DRAFT, editable=False
    )

    objects = TenantManager.from_queryset(CouncilQuerySet)()

    class Meta:
        ordering = ("-starts_on", "-pk")
        verbose_name = _("hội đồng")
        verbose_name_plural = _("hội đồng")
        constraints = [
            models.CheckConstraint(
                name="evaluation_council_established_by_decision",
                condition=Q(state="draft") | (~Q(decision_number="") & Q(decision_on__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def roles_of(self, user: Any) -> list[str]:
        return party_roles(user.council_seats.filter(council=self).held_on(timezone.localdate()))


class RulesVersion(TenantModel):
    """One version of a council's Quy chế: written once, the last one is in force (`Council.rules`)."""

    council = models.ForeignKey(Council, models.CASCADE, related_name="rules_versions")
    number = models.PositiveSmallIntegerField()
    rules = models.JSONField()
    basis = models.CharField(_("căn cứ"), max_length=200, blank=True)  # the decision that laid them down
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["tenant", "council", "number"], name="evaluation_rules_once")
        ]

    def __str__(self) -> str:
        return f"{self.council}: {self.number}"


class SeatRole(models.TextChoices):
    CHAIR = "chair", _("Chủ tịch")
    DEPUTY = "deputy", _("Phó Chủ tịch")
    SECRETARY = "secretary", _("Thư ký")
    MEMBER = "member", _("Thành viên")


class SeatQuerySet(models.QuerySet):
    """Seats by time and right."""

    def held_on(self, on: dt.date) -> "SeatQuerySet":
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)

    def voting(self) -> "SeatQuerySet":
        return self.filter(votes=True)

    def leading(self) -> "SeatQuerySet":
        """Those who see the whole agenda of their council: chair, deputies, secretary, who acts for the chair."""
        roles = [SeatRole.CHAIR, SeatRole.DEPUTY, SeatRole.SECRETARY]
        return self.filter(Q(role__in=roles) | ~Q(acts_as=""))


class Seat(TenantModel):
    """One place on the council, held by one person for a term; a secretary may or may not score."""

    council = models.ForeignKey(Council, models.CASCADE, related_name="seats")
    user = models.ForeignKey(User, models.PROTECT, related_name="council_seats")
    role = models.CharField(_("chức danh"), max_length=20, choices=SeatRole.choices, default=SeatRole.MEMBER)
    agency = models.CharField(_("cơ quan"), max_length=200, blank=True)
    # The holder's own unit where it is not the council's: shown with the name, it gives no right.
    unit = models.ForeignKey(
        OrgUnit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("đơn vị công tác")
    )
    sectors = models.JSONField(
        _("lĩnh vực"), default=list, blank=True
    )  # categories of sets; empty: every one
    order = models.PositiveSmallIntegerField(default=0)
    votes = models.BooleanField(_("chấm điểm"), default=True)
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến hết ngày"), null=True, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", editable=False
    )
    decision_number = models.CharField(_("quyết định thay thế số"), max_length=60, blank=True)
    # KT. CHỦ TỊCH HỘI ĐỒNG / PHÓ CHỦ TỊCH: who stands in for the chair, by a written delegation.
    acts_as = models.CharField(_("ký thay Chủ tịch"), max_length=200, blank=True)
    delegation = models.CharField(_("văn bản ủy quyền"), max_length=200, blank=True)

    objects = TenantManager.from_queryset(SeatQuerySet)()

    class Meta:
        ordering = ("order", "pk")
        verbose_name = _("ghế hội đồng")
        verbose_name_plural = _("ghế hội đồng")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "council", "user"], name="evaluation_seat_once"),
            models.UniqueConstraint(
                fields=["tenant", "council"],
                name="evaluation_one_chair",
                condition=Q(role="chair", ends_on__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["tenant", "council"],
                name="evaluation_one_acting_chair",
                condition=Q(ends_on__isnull=True) & ~Q(acts_as=""),
            ),
            models.CheckConstraint(
                name="evaluation_acting_by_delegation", condition=Q(acts_as="") | ~Q(delegation="")
            ),
            models.CheckConstraint(
                name="evaluation_replaced_by_decision",
                condition=Q(replaces__isnull=True) | ~Q(decision_number=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"

    @property
    def agency_line(self) -> str:
        """Role, agency and own unit, as lists show them under the name."""
        return " · ".join(str(part) for part in (self.get_role_display(), self.home) if part)

    @property
    def home(self) -> str:
        """The agency, and the holder's own unit where the agency's name does not say it."""
        own = self.unit.name if self.unit and self.unit.name != self.agency else ""
        return " · ".join(part for part in (self.agency, own) if part)

    @property
    def sees_all(self) -> bool:
        """One of `SeatQuerySet.leading`: she sees the whole agenda, whatever she scores."""
        return self.role != SeatRole.MEMBER or bool(self.acts_as)

    def is_held_on(self, on: dt.date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or self.ends_on >= on)

    @property
    def leads(self) -> bool:
        """May take the chair where the chair is out: a deputy, or who has her delegation in writing."""
        return self.role == SeatRole.DEPUTY or bool(self.acts_as)


def party_roles(seats: Iterable[Seat], *, chair_is_out: Callable[[], bool] = lambda: False) -> list[str]:
    """The roles (`roles.py`) of these seats; who leads in her stead, and only then it is asked, acts as a chair who is out."""
    seats = list(seats)
    roles = [f"council_{seat.role}" for seat in seats]
    return [*roles, "council_chair"] if any(seat.leads for seat in seats) and chair_is_out() else roles
