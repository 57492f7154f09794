"""What every page knows: who is here, where she may go, what she has not read, and the demo's people."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Subquery
from django.http import HttpRequest

from evaluation.models import Seat
from ocop.menu import entries
from ocop.notices.models import Notice
from ocop.orgs.models import User
from ocop.orgs.rights import held_roles
from ocop.orgs.roles import ROLES
from products.models import ProducerMember


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of every template."""
    tenant = getattr(request, "tenant", None)
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"tenant": tenant, "nav": [], "unread": 0, **_demo()}
    if tenant is None:
        return {"tenant": None, "nav": [], "unread": 0}
    held, here = held_roles(user), _here(user)
    permissions = {permission for one in held for permission in ROLES[one.role].permissions}
    parties = {party for party in ("council", "producer") if here[party]}
    return {
        "tenant": tenant,
        "person": user.person,
        "nav": entries(permissions | parties, request.path_info),
        "unread": here["unread"] or 0,
        "held_roles": held,
    }


def _here(user: User) -> dict[str, Any]:
    """Unread notices, seats and producers of this person in this tenant, in one query."""
    unread = (
        Notice.objects.for_user(user).unread().order_by().values("user").annotate(n=Count("pk")).values("n")
    )
    mine = {"user_id": OuterRef("pk")}
    found = (
        User.objects.filter(pk=user.pk)
        .annotate(
            unread=Subquery(unread),
            council=Exists(Seat.objects.filter(**mine)),
            producer=Exists(ProducerMember.objects.current().filter(**mine)),
        )
        .values("unread", "council", "producer")
        .get()
    )
    return dict(found)


def _demo() -> dict[str, Any]:
    """The people of the demo data, where it was loaded; never in production."""
    file = Path(settings.DEMO_PEOPLE)
    if settings.PRODUCTION or not file.is_file():
        return {}
    demo = json.loads(file.read_text(encoding="utf-8"))
    return {"demo_people": demo["people"], "demo_password": demo["password"]}
