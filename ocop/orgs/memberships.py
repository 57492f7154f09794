"""Granting and ending roles."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from ocop.orgs.models import Membership, OrgUnit, Person, User
from ocop.orgs.rights import forget_roles
from ocop.tenancy.scope import active_tenant_id


@transaction.atomic
def grant_membership(
    user: User,
    role: str,
    unit: OrgUnit,
    *,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    decision_number: str = "",
    decision_on: dt.date | None = None,
    signs_as: str = "",
) -> Membership:
    """Give a role in a unit for a term; granting the same again changes nothing."""
    membership, _ = Membership.objects.get_or_create(
        user=user,
        role=role,
        unit=unit,
        starts_on=starts_on or timezone.localdate(),
        defaults={
            "ends_on": ends_on,
            "decision_number": decision_number,
            "decision_on": decision_on,
            "signs_as": signs_as,
        },
    )
    user.tenants.add(active_tenant_id())
    forget_roles(user)
    return membership


def end_membership(membership: Membership, *, on: dt.date) -> None:
    """The role is held up to and including that day."""
    membership.ends_on = on
    membership.save(update_fields=["ends_on"])
    forget_roles(membership.user)


def make_person(user: User, name: str, *, position: str = "", phone: str = "") -> Person:
    """Say who is behind the login in this tenant."""
    person, _ = Person.objects.update_or_create(
        user=user, defaults={"name": name, "position": position, "phone": phone}
    )
    user.tenants.add(active_tenant_id())
    forget_roles(user)
    return person


def known_people() -> Any:
    """The accounts of the people known in the tenant in scope, their names at hand."""
    return User.objects.filter(persons__in=Person.objects.all()).prefetch_related("persons")
