"""What every page knows: who is here, where she may go, what she has not read."""

from typing import Any

from django.http import HttpRequest

from ocop.notices.models import Notice
from ocop.orgs.rights import held_roles
from ocop.orgs.roles import ROLES
from ocop.menu import entries


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of every template."""
    tenant = getattr(request, "tenant", None)
    user = getattr(request, "user", None)
    if tenant is None or user is None or not user.is_authenticated:
        return {"tenant": tenant, "nav": [], "unread": 0, "held_roles": []}
    held = held_roles(user)
    permissions = frozenset(p for one in held for p in ROLES[one.role].permissions)
    return {
        "tenant": tenant,
        "nav": entries(user, permissions, request.path_info),
        "unread": Notice.objects.for_user(user).unread().count(),
        "held_roles": held,
    }
