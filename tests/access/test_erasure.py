"""Recused is erased: at every address of the product, of its meeting and of the house nothing tells of it or counts it."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from ocop.tenancy.scope import tenant_scope
from tests.access.api import API
from tests.access.asking import address, browsers
from tests.access.erased import HIDDEN, RECUSED, Hall, close_hall, make_hall, undone
from tests.access.pages import ADMIN_PAGES, ADMIN_REST, PAGES
from tests.access.saying import answer, same, told
from tests.access.world import World

pytestmark = [pytest.mark.django_db(databases=["default", "owner"]), pytest.mark.slow]

# who has a seat has no admin; what every visitor reads knows no meeting
ROWS = [
    row
    for row in [*PAGES, *API]
    if row not in ADMIN_PAGES and row not in ADMIN_REST and row.name not in ("schema", "api_docs")
]
LISTS = ["assessments/", "dossiers/", "products/", "producers/", "meetings/", "councils/", "decisions/", "hand-overs/",
         "certificates/", "papers/", "events/", "ideas/", "potentials/", "plans/", "plans/rounds/"]  # fmt: skip
WORDS = ["ruou", "S%C3%B9ng+Ph%C3%A0i"]  # the product alone is found by them

# papers that name every product are not offered to who is recused from one: she knows why, and reads no more from it
WITHHELD = re.compile(
    r"^(Lập tập phiếu của cả phiên họp|Lập dự thảo: (Báo cáo|Tờ trình) của Hội đồng)\n", re.MULTILINE
)

Key = tuple[str, str, str]  # who asked what, with which body
Asked = dict[Key, tuple[int, str]]  # → status and words


def test_a_recused_member_is_answered_as_if_the_product_had_never_been(lai_chau_tenant, world):
    """While it is discussed and scored by the others, and once it was concluded and stands in a draft decision."""
    with tenant_scope(lai_chau_tenant.pk):
        with undone():
            hall = make_hall(world, with_secret=False)
            before = ask_all(world, hall, of_the_product=False)
            after = ask_all(world, close_hall(hall, world), of_the_product=False, posts=False)
        hall = make_hall(world, with_secret=True)
        faults = compare(before, ask_all(world, hall), hall)
        faults += compare(after, ask_all(world, close_hall(hall, world), posts=False), hall)
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


def ask_all(world: World, hall: Hall, *, of_the_product: bool = True, posts: bool = True) -> Asked:
    """Every address by every method, the lists as files and searched, the mail: by each of the recused."""
    knocking, asked = browsers({name: world.people[name] for name in RECUSED}), {}
    for name in RECUSED:
        for method, url, body in _everything(hall, world.slug, of_the_product, posts):
            asked[name, f"{method.upper()} {url}", json.dumps(body)] = answer(
                knocking[name], method, url, body
            )
        asked[name, "mail", ""] = 200, told(world.people[name])
    return asked


def _everything(hall: Hall, slug: str, of_the_product: bool, posts: bool) -> Iterator[tuple[str, str, Any]]:
    for row in ROWS:
        if row.thing in HIDDEN and not of_the_product:
            continue
        for method in row.methods():
            if method == "get" or posts:
                body = row.body(hall.things) if row.body and method != "get" else {}
                yield method, address(slug, row, hall.things), body
    for page in LISTS:
        for more in ("format=xlsx", *(f"q={word}" for word in WORDS), f"q={WORDS[0]}&format=xlsx"):
            yield "get", f"/{slug}/{page}?{more}", {}
    for place in hall.rest:
        yield "get", f"/{slug}/{place}", {}


def compare(without: Asked, asked: Asked, hall: Hall) -> list[str]:
    """Where the product is named, and where an answer differs from the one without it."""
    named = [
        f"{who}: {what} ({status}) says {trace!r}"
        for (who, what, _), (status, words) in asked.items()
        for trace in hall.traces
        if trace in words and trace not in what
    ]
    other = [
        f"{who}: {what} ({status} → {asked[who, what, body][0]})\n{_difference(words, asked[who, what, body][1])}"
        for (who, what, body), (status, words) in without.items()
        if (who, what, body) in asked
        and (status, same(WITHHELD.sub("", words))) != (asked[who, what, body][0], same(asked[who, what, body][1]))
    ]  # fmt: skip
    unasked = [
        f"{who}: {what} was not asked again"
        for who, what, body in without.keys() - asked.keys()
        if body == "{}"
    ]
    return named + other + unasked


def _difference(before: str, after: str) -> str:
    lines = difflib.unified_diff(same(before).splitlines(), same(after).splitlines(), lineterm="", n=1)
    return "\n".join(list(lines)[2:14])
