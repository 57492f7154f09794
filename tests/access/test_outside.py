"""Outside every tenant, and the group of one's own pages: public, hers after a login, or the system's."""

from __future__ import annotations

import pytest
from django.urls import get_resolver

from ocop import public_urls
from ocop.orgs.models import User
from ocop.tenancy.models import RESERVED_SLUGS
from tests.access.accounts import KEYS, OPEN, OWN
from tests.access.asking import Browser, address, ask, browsers
from tests.access.rows import LOGIN, Row
from tests.access.walk import addresses

PUBLIC = {"home": {}, "healthz": {}, "score_preview": {}, "calculator": {}, "calculator_sheet": {"code": "QD26-01"}, "set_language": {}}  # fmt: skip
OUTSIDE = "ocop.urls_global"


@pytest.fixture
def people(officer: User, nobody: User, tenant_admin: User) -> dict[str, Browser]:
    return browsers({"officer": officer, "nobody": nobody, "tenant_admin": tenant_admin})


@pytest.fixture
def root(django_user_model) -> Browser:
    """Who runs the whole system, and stands in no tenant."""
    return Browser(django_user_model.objects.create_superuser("root", "root@example.vn", "mat-khau-thu-2026"))


def test_every_address_outside_is_public_ones_own_or_the_global_admin():
    there = {name for name in addresses(OUTSIDE) if not name.startswith(("admin:", "admin/"))}
    assert there == PUBLIC.keys() | OPEN | OWN | {"account"}


def test_no_tenant_can_take_an_address_outside():
    segments = {str(one.pattern).partition("/")[0] for one in get_resolver(OUTSIDE).url_patterns}
    nested = {str(one.pattern).partition("/")[0] for one in public_urls.urlpatterns}
    assert (segments | nested) - {""} <= RESERVED_SLUGS


def test_the_public_addresses_are_open(people):
    for name, more in PUBLIC.items():
        given = ask(people["anonymous"], "get", address("", Row(name, more=more), {"": {}}, OUTSIDE))
        assert given == {"score_preview": 405, "set_language": 302}.get(name, 200), name


@pytest.mark.parametrize("slug", ["", "lai-chau"])
def test_ones_own_pages_ask_for_a_login(people, slug):
    things, urlconf = {"": {}}, "ocop.urls" if slug else OUTSIDE
    for name in sorted(OPEN | OWN):
        url = address(slug, Row(name, more=KEYS.get(name, {})), things, urlconf)
        given = ask(people["anonymous"], "get", url)
        assert given == LOGIN if name in OWN else given in (200, 302, LOGIN), name
        assert ask(people["officer"], "get", url) in (200, 302, 404), name


def test_the_global_admin_is_for_who_runs_the_system(people, root):
    things = {"": {}}
    for name in addresses(OUTSIDE):
        if not name.startswith("admin:") or name == "admin:login":
            continue
        more = (
            {"object_id": 1}
            if name.endswith(("history", "delete", "change")) and "password" not in name
            else {}
        )
        more |= {"admin:auth_user_password_change": {"id": 1}, "admin:app_list": {"app_label": "orgs"},
                 "admin:view_on_site": {"content_type_id": 1, "object_id": 1}}.get(name, {})  # fmt: skip
        url = address("", Row(name, more=more), things, OUTSIDE)
        asked = {
            who: ask(people[who], "get", url) for who in ("anonymous", "nobody", "officer", "tenant_admin")
        }
        assert asked == {"anonymous": LOGIN, "nobody": 404, "officer": 404, "tenant_admin": 404}, name
        assert ask(root, "get", url) != LOGIN, name
    assert ask(root, "get", "/admin/") == 200
    assert ask(root, "get", "/lai-chau/admin/") == 404  # a tenant's people are its own
