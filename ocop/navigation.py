"""What every page knows: who is here, where she may go, what she has not read, and the demo's people."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from ocop.menu import entries
from ocop.notices.models import Notice
from ocop.orgs.rights import held_roles
from ocop.orgs.roles import ROLES


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of every template."""
    tenant = getattr(request, "tenant", None)
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"tenant": tenant, "nav": [], "unread": 0, **_demo()}
    if tenant is None:
        return {"tenant": None, "nav": [], "unread": 0}
    held = held_roles(user)
    permissions = frozenset(permission for one in held for permission in ROLES[one.role].permissions)
    return {
        "tenant": tenant,
        "person": user.person,
        "nav": entries(user, permissions, request.path_info),
        "unread": Notice.objects.for_user(user).unread().count(),
        "held_roles": held,
    }


def _demo() -> dict[str, Any]:
    """The people of the demo data, where it was loaded; never in production."""
    file = Path(settings.DEMO_PEOPLE)
    if settings.PRODUCTION or not file.is_file():
        return {}
    demo = json.loads(file.read_text(encoding="utf-8"))
    return {"demo_people": demo["people"], "demo_password": demo["password"]}
