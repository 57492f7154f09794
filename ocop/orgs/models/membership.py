"""A role in a unit for a term by a named decision, and the person behind the login in this tenant."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models.governed import Governed
from ocop.orgs.models.unit import OrgUnit
from ocop.orgs.roles import MEMBERSHIP_ROLES
from ocop.tenancy.models import TenantManager, TenantModel


class Person(TenantModel):
    """Name, phone and position of a user in this tenant."""

    user = models.ForeignKey("orgs.User", models.PROTECT, related_name="persons")
    name = models.CharField(_("họ và tên"), max_length=200)
    position = models.CharField(_("chức vụ"), max_length=200, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("người dùng")
        verbose_name_plural = _("người dùng")
        constraints = [models.UniqueConstraint(fields=["tenant", "user"], name="orgs_person_once")]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet):
    """Memberships by time."""

    def held_on(self, on: dt.date) -> "MembershipQuerySet":
        """Those whose term covers the day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)


class Membership(Governed, TenantModel):
    """Who was what, where, from when until when, and by which decision."""

    user = models.ForeignKey("orgs.User", models.PROTECT, related_name="memberships")
    role = models.CharField(_("vai trò"), max_length=30, choices=MEMBERSHIP_ROLES)
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="memberships")
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến hết ngày"), null=True, blank=True)
    decision_number = models.CharField(_("theo quyết định số"), max_length=60, blank=True)
    decision_on = models.DateField(_("ngày quyết định"), null=True, blank=True)
    signs_as = models.CharField(_("ký"), max_length=100, blank=True)  # KT. CHỦ TỊCH / PHÓ CHỦ TỊCH

    objects = TenantManager.from_queryset(MembershipQuerySet)()

    class Meta:
        ordering = ("role", "starts_on")
        verbose_name = _("vai trò trong đơn vị")
        verbose_name_plural = _("vai trò trong đơn vị")
        constraints = [
            models.CheckConstraint(
                name="orgs_membership_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
            ),
            models.UniqueConstraint(
                fields=["tenant", "user", "role", "unit", "starts_on"], name="orgs_membership_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.unit}"
