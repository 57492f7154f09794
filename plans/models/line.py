"""Who reads what a unit plans: those over it and those under it."""

from typing import Any

from django.db.models import Q

from ocop.orgs.models import OrgUnit
from ocop.orgs.rights import covered_paths


def units_in_line(user: Any, permission: str) -> Any:
    """The units in which the user has this permission, all below them, and those over them."""
    where = Q(pk__in=[])
    for path in covered_paths(user, permission):
        above = [int(part) for part in path.strip("/").split("/")]
        where |= Q(path__startswith=path) | Q(pk__in=above)
    return OrgUnit.objects.filter(where)


def line_where(user: Any, permission: str) -> Q:
    """A filter for the rows of those units."""
    return Q(unit__in=units_in_line(user, permission))
