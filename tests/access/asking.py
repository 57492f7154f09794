"""Knocking at an address as each of the cast; nothing of it is left behind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import get_script_prefix, reverse, set_script_prefix

from ocop.orgs.models import User
from tests.access.rows import LOGIN, Row, wrong
from tests.access.world import Thing, World

HANDLER = ClientHandler(enforce_csrf_checks=False)


class Browser(RequestFactory):
    """Of one person: her session and nothing that an answer would change.

    Django's own test client copies the context of every template that an answer is made of, which here is
    most of the time.
    """

    def __init__(self, user: User | None = None) -> None:
        super().__init__()
        if user is not None:
            client = Client()
            client.force_login(user, backend="ocop.orgs.backends.LoginBackend")
            self.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value

    def request(self, **request: Any) -> HttpResponseBase:  # type: ignore[override]
        return HANDLER(self._base_environ(**request))


def browsers(people: dict[str, User]) -> dict[str, Browser]:
    return {"anonymous": Browser(), **{name: Browser(user) for name, user in people.items()}}


def address(slug: str, row: Row, things: dict[str, Thing], urlconf: str = "ocop.urls") -> str:
    """What the row names, below the tenant (outside every tenant without a slug)."""
    with _below(f"/{slug}/" if slug else "/"):
        return reverse(row.name.partition(" ")[0], urlconf=urlconf, kwargs={**things[row.thing], **row.more})


@contextmanager
def _below(prefix: str) -> Iterator[None]:
    before = get_script_prefix()
    set_script_prefix(prefix)
    try:
        yield
    finally:
        set_script_prefix(before)


def hold(rows: list[Row], world: World, knocking: dict[str, Browser]) -> None:
    """Fail with one line for each person who was answered otherwise than her row says."""
    found = []
    for row in rows:
        url = address(world.slug, row, world.things)
        body = row.body(world.things) if row.body else {}
        for method in row.methods():
            given = {who: ask(knocking[who], method, url, body) for who in row.who}
            found += wrong(row, method, given, "/api/" in url)
    if found:
        pytest.fail("\n".join(found), pytrace=False)


def ask(browser: Browser, method: str, url: str, body: Any = None) -> int | str:
    """A form, or JSON where the address is the API's; what it writes is rolled back."""
    how: dict[str, Any] = {}
    if method == "get":
        body = None
    elif "/api/" in url:
        body, how = json.dumps(body or {}), {"content_type": "application/json"}
    with transaction.atomic():
        answer = getattr(browser, method)(url, body, **how)
        transaction.set_rollback(True)
    if answer.streaming:
        for close in answer._resource_closers:  # closing the answer itself would close the test's connection
            close()
    if answer.status_code == 302 and "/accounts/login/" in answer.headers["Location"]:
        return LOGIN
    return answer.status_code
