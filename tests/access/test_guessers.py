"""Who types a number that she knows from elsewhere finds nothing."""

from __future__ import annotations

from dataclasses import replace

from tests.access.api import API
from tests.access.asking import address, ask, browsers, hold
from tests.access.cast import CAST
from tests.access.pages import PAGES
from tests.access.rows import May

GUESSERS = ("officer", "leader")  # who see the most
NO_METHOD = dict.fromkeys(("get", "post", "put", "patch", "delete"))
NAMED = [row for row in (*PAGES, *API) if row.thing]  # by rows of the tenant


def test_a_row_of_another_tenant_is_nowhere_here(world, foreign):
    knocking, found = browsers(world.people), []
    for row in NAMED:
        url, body = address(world.slug, row, foreign.things), row.body(foreign.things) if row.body else {}
        for method, may in row.methods().items():
            in_admin = row.name.startswith("tenant_admin:")
            for who in ("tenant_admin",) if in_admin else GUESSERS:
                given = ask(knocking[who], method, url, body)
                # Django's admin leads back to its index, and refuses a deletion before it looks
                if given not in ((302, 403) if in_admin else (404, may.rest)):
                    found.append(f"{method} {row.name} {row.thing} as {who}: {given}")
    assert found == []


def test_the_same_addresses_are_there_in_their_own_tenant(foreign):
    """The test above would prove nothing of rows that are nowhere."""
    knocking = browsers(foreign.people)
    rows = [
        replace(row, who=(who_may(may),), **{**NO_METHOD, method: may})
        for row in NAMED
        for method, may in row.methods().items()
        if may.let_in
    ]
    assert len(rows) > 150
    hold(rows, foreign, knocking)


def who_may(may: May) -> str:
    return next(who for who in CAST if who in may.let_in)
