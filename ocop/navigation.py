"""What every page knows: who is here, where she may go, what she has not read, and the demo's people."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from ocop.menu import entries
from ocop.orgs.models import User
from ocop.orgs.rights import held_roles
from ocop.orgs.roles import ROLES
from ocop.tenancy.scope import active_tenant_id


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
        "unread": here["unread"],
        "held_roles": held,
    }


# By hand, as every page asks it: Django took three times longer to put it together than PostgreSQL to answer it.
# Who acts for a producer is `ProducerMember.objects.current()`.
_HERE = """
SELECT (SELECT count(*) FROM notices_notice
         WHERE tenant_id = %(tenant)s AND user_id = %(user)s AND read_at IS NULL) AS unread,
       EXISTS (SELECT FROM evaluation_seat WHERE tenant_id = %(tenant)s AND user_id = %(user)s) AS council,
       EXISTS (SELECT FROM products_producermember
                WHERE tenant_id = %(tenant)s AND user_id = %(user)s AND starts_on <= %(today)s
                  AND (ends_on IS NULL OR ends_on >= %(today)s) AND ended_at IS NULL) AS producer
"""


def _here(user: User) -> dict[str, Any]:
    """Unread notices, seats and producers of this person in this tenant, in one query."""
    asked: dict[str, Any] = {"tenant": active_tenant_id(), "user": user.pk, "today": timezone.localdate()}
    with connection.cursor() as cursor:
        cursor.execute(_HERE, asked)
        return dict(zip(("unread", "council", "producer"), cursor.fetchone(), strict=True))


def _demo() -> dict[str, Any]:
    """The people of the demo data, where it was loaded; never in production."""
    file = Path(settings.DEMO_PEOPLE)
    if settings.PRODUCTION or not file.is_file():
        return {}
    demo = json.loads(file.read_text(encoding="utf-8"))
    return {"demo_people": demo["people"], "demo_password": demo["password"]}
