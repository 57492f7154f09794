"""Who and where: the units a person plans for, the people a plan concerns."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils import timezone

from ocop.orgs.models import OrgUnit, User
from ocop.orgs.rights import held_roles
from ocop.orgs.roles import roles_with


def units_held(user: Any, permission: str) -> Any:
    """The units in which the user's own memberships give this permission: whose plans and rounds she makes."""
    roles = roles_with(permission)
    held = [one.unit.pk for one in held_roles(user) if one.role in roles]
    return OrgUnit.objects.filter(pk__in=held)


def people_with(permission: str, unit: OrgUnit) -> Iterable[User]:
    """Those whose roles cover this unit today."""
    return _people(roles_with(permission), memberships__unit__path__in=_path_and_above(unit))


def people_under(role: str, unit: OrgUnit) -> Iterable[User]:
    """Those who hold this role in the unit or below it today."""
    return _people([role], memberships__unit__path__startswith=unit.path)


def _people(roles: Iterable[str], **where: Any) -> Iterable[User]:
    today = timezone.localdate()
    return User.objects.filter(
        Q(memberships__ends_on__isnull=True) | Q(memberships__ends_on__gte=today),
        memberships__role__in=roles,
        memberships__starts_on__lte=today,
        **where,
    ).distinct()


def _path_and_above(unit: OrgUnit) -> list[str]:
    """The unit's path and those over it: "/1/37/" gives "/1/" and "/1/37/"."""
    parts = unit.path.strip("/").split("/")
    return [f"/{'/'.join(parts[:count])}/" for count in range(1, len(parts) + 1)]
