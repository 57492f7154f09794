"""The tables have a row for every address, and no row without one."""

from __future__ import annotations

from ocop.tenant_admin import tenant_admin_site
from tests.access.accounts import OPEN, OWN
from tests.access.api import API
from tests.access.asking import address, ask
from tests.access.pages import PAGES
from tests.access.steps import STEPS
from tests.access.walk import actions, addresses

URLCONF = "ocop.urls"


def addressed(rows) -> set[str]:
    return {row.name.partition(" ")[0] for row in rows}


def test_every_address_inside_a_tenant_has_its_row():
    there = addresses(URLCONF).keys()
    # Django's redirects from an old address of one row to …/change/
    old = {
        f"admin/{model._meta.app_label}/{model._meta.model_name}/<path:object_id>/"
        for model in tenant_admin_site._registry
    }
    tables = addressed(PAGES) | addressed(API) | OPEN | OWN | old
    assert (there - tables, tables - there) == (set(), set())


def test_every_method_of_the_api_has_its_row():
    there = {
        (name, method)
        for name, view in addresses(URLCONF).items()
        for method in actions(view)
        if method != "head"
    }
    rows = {(row.name.partition(" ")[0], method) for row in API for method in row.methods()} - {
        ("api-root", "get")
    }
    assert (there - rows, rows - there) == (set(), set())


def test_every_step_of_every_workflow_has_its_row():
    rows = {(id(it.workflow), step) for it in STEPS for step in it.may}
    steps = {(id(it.workflow), step) for it in STEPS for step in it.workflow}
    assert rows == steps
    pages = {name for name in addresses(URLCONF) if name.endswith((":step", "_step"))}
    assert pages == {it.page for it in STEPS if it.page}
    assert {name for name in addresses(URLCONF) if name.endswith("take-step")} == {
        f"{it.api}-take-step" for it in STEPS
    }


def test_a_page_takes_only_the_methods_of_its_row(world, knocking):
    """As those who could do it, if it were taken."""
    taken = [
        f"{method} {row.name}"
        for row in PAGES
        if not row.name.startswith("tenant_admin:")
        and row.name not in ("schema", "api_docs", "set_language")  # the frameworks' own
        for method in {"get", "post", "delete"} - row.methods().keys()
        for who in ("officer", "leader")
        if ask(knocking[who], method, address(world.slug, row, world.things)) not in (404, 405)
    ]
    assert taken == []
