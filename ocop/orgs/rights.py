"""What a person may do here and now: roles held, units covered, and the filter that lists start from."""

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise

from ocop.orgs.models import Governed, Membership, OrgUnit, User
from ocop.orgs.roles import BY_MEMBERSHIP, BY_PARTY, ROLES, roles_with
from ocop.tenancy.scope import active_tenant_id


@dataclass(frozen=True)
class Held:
    """One role held today: where it reaches and what it is called."""

    role: str
    unit: OrgUnit
    paths: tuple[str, ...]

    @property
    def label(self) -> str | Promise:
        return ROLES[self.role].label

    def reaches(self, path: str) -> bool:
        return path.startswith(self.paths)


def held_roles(user: User | AnonymousUser, *, on: dt.date | None = None) -> list[Held]:
    """The membership roles of the user in the tenant in scope, remembered for the life of the user object."""
    if not isinstance(user, User):
        return []
    day, known = on or timezone.localdate(), user.known_roles
    key = (active_tenant_id(), day)
    if key not in known:
        known[key] = _read_held_roles(user, day)
    return list(known[key])


def forget_roles(user: User) -> None:
    """After a grant, ask anew."""
    for known in ("known_roles", "person"):
        with suppress(AttributeError):  # nothing was asked yet
            delattr(user, known)


def _read_held_roles(user: User, day: dt.date) -> list[Held]:
    memberships = list(Membership.objects.filter(user=user).held_on(day).select_related("unit"))
    inherited = _predecessor_paths({m.unit_id for m in memberships}) if memberships else {}
    return [Held(m.role, m.unit, (m.unit.path, *inherited.get(m.unit_id, ()))) for m in memberships]


def _predecessor_paths(unit_ids: set[int]) -> dict[int, list[str]]:
    """For each unit, the paths of those whose work it took over, however long ago."""
    rows = OrgUnit.objects.raw(
        """
        WITH RECURSIVE line(root, unit) AS (
            SELECT later_id, earlier_id FROM orgs_unitsuccession WHERE later_id = ANY(%s)
            UNION
            SELECT line.root, s.earlier_id FROM line JOIN orgs_unitsuccession s ON s.later_id = line.unit
        )
        SELECT u.id, u.path, line.root AS root_id FROM line JOIN orgs_orgunit u ON u.id = line.unit
        """,
        [list(unit_ids)],
    )
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row.__dict__["root_id"], []).append(row.path)
    return found


def covered_paths(user: User | AnonymousUser, permission: str) -> tuple[str, ...]:
    """The tree prefixes in which the user's memberships give this permission."""
    roles = roles_with(permission)
    return tuple(path for held in held_roles(user) if held.role in roles for path in held.paths)


def units_where(user: User | AnonymousUser, permission: str, field: str = "unit") -> Q:
    """A filter for the rows whose unit the user's memberships cover for this permission."""
    covered = [Q(**{f"{field}__path__startswith": path}) for path in covered_paths(user, permission)]
    return reduce(or_, covered) if covered else Q(pk__in=[])


def role_for(user: User, permission: str, obj: Governed | None) -> str | None:
    """The first role that gives this permission on this object (anywhere in the tenant where there is none)."""
    roles = roles_with(permission)
    held = [h for h in held_roles(user) if h.role in roles] if roles & BY_MEMBERSHIP else []
    if obj is None:
        return held[0].role if held else None
    paths = [unit.path for unit in obj.governing_units()] if held else []
    for one in held:
        if any(one.reaches(path) for path in paths):
            return one.role
    party = obj.roles_of(user) if roles & BY_PARTY else ()  # asked only where such a role could give it
    return next((role for role in party if role in roles), None)
