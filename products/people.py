"""Who is told, and who may act: the people of a unit by permission."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone

from ocop.orgs.models import Governed, Membership, OrgUnit, UnitSuccession, User
from ocop.orgs.roles import roles_with
from products.models import Dossier, Exclusion, Producer


def demand(by: User, permission: str, obj: models.Model) -> None:
    """PermissionDenied unless this user may do this to this object."""
    if not by.has_perm(permission, obj):
        raise PermissionDenied


def as_whom(by: User, obj: Governed) -> str:
    """The party role in which this user acts on the object, for the log; "" for an official."""
    return next(iter(obj.roles_of(by)), "")


def holders(permission: str, unit: OrgUnit, *, on: dt.date | None = None) -> list[User]:
    """Those who hold the permission over the unit by a role: in it, above it, or in what it became."""
    return _users(_held(permission, _with_successors(unit), on or timezone.localdate()))


def nearest_holders(permission: str, unit: OrgUnit) -> list[User]:
    """Those of the unit itself where there are any, else those above it."""
    line = _with_successors(unit)
    held, own = _held(permission, line, timezone.localdate()), {one.pk for one in line}
    return _users([one for one in held if one.unit_id in own] or held)


def _held(permission: str, line: list[OrgUnit], on: dt.date) -> list[Membership]:
    """The roles that day in these units and all above them."""
    ids = {int(part) for one in line for part in one.path.strip("/").split("/")}
    held = Membership.objects.filter(role__in=roles_with(permission), unit_id__in=ids, user__is_active=True)
    return list(held.held_on(on).select_related("user"))


def _users(held: list[Membership]) -> list[User]:
    return list({one.user_id: one.user for one in held}.values())


def not_excluded(dossier: Dossier, people: list[User]) -> list[User]:
    """Without those a declared conflict shuts out."""
    shut = set(Exclusion.objects.in_force().filter(dossier=dossier).values_list("user_id", flat=True))
    return [user for user in people if user.pk not in shut]


def people_of(producer: Producer) -> list[User]:
    """Those who act for the producer today."""
    return [member.user for member in producer.people.current().select_related("user")]


def with_predecessors(unit: OrgUnit) -> list[OrgUnit]:
    """The unit and those whose work it took over."""
    return _line(unit, "later", "earlier")


def _with_successors(unit: OrgUnit) -> list[OrgUnit]:
    return _line(unit, "earlier", "later")


def _line(unit: OrgUnit, near: str, far: str) -> list[OrgUnit]:
    """The unit and all that successions lead to from it."""
    found, open_ends = {unit.pk: unit}, [unit.pk]
    while open_ends:
        steps = UnitSuccession.objects.filter(**{f"{near}__in": open_ends}).select_related(far)
        reached: list[OrgUnit] = [getattr(step, far) for step in steps]
        new = {one.pk: one for one in reached if one.pk not in found}
        found |= new
        open_ends = list(new)
    return list(found.values())
