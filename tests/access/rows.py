"""A row of a table: an address, the thing it names, and who is let in, refused or told that nothing is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.access.cast import CAST, EVERYBODY, SIGNED_IN
from tests.access.world import Thing

OK = frozenset([200])
GONE_ON = frozenset([302])
TAKEN = frozenset([200, 201, 204, 302, 400, 409, 422])  # an empty form is taken, whatever it is told then
LOGIN = "login"


@dataclass(frozen=True)
class May:
    """`let_in` get one of `answers`, `refused` see it and get 403, `rest` is everybody else who is signed in."""

    let_in: frozenset[str]
    refused: frozenset[str] = frozenset()
    rest: int = 404
    answers: frozenset[int | str] | None = None

    def expected(self, who: str, method: str, unknown: int | str) -> frozenset[int | str] | int | str:
        if who in self.let_in:
            return self.answers or (OK if method == "get" else TAKEN)
        if who == "anonymous":
            return unknown
        return 403 if who in self.refused else self.rest


@dataclass(frozen=True)
class Row:
    """`name` is the address's own, with the step after a blank; a method that is left out is not taken."""

    name: str
    thing: str = ""
    more: Thing = field(default_factory=dict)  # arguments beside the thing's
    get: May | None = None
    post: May | None = None
    put: May | None = None
    patch: May | None = None
    delete: May | None = None
    who: tuple[str, ...] = CAST
    unasked: int | None = None  # what a script is told that has no session, where no login page would help it
    body: Callable[[dict[str, Thing]], dict[str, Any]] | None = (
        None  # what is sent, where nothing says too little
    )

    def methods(self) -> dict[str, May]:
        named = {
            "get": self.get,
            "post": self.post,
            "put": self.put,
            "patch": self.patch,
            "delete": self.delete,
        }
        return {method: may for method, may in named.items() if may is not None}


def may(*groups: frozenset[str], sees: frozenset[str] = frozenset(), answers: frozenset[int] | None = None, rest: int = 404) -> May:  # fmt: skip
    """These may; who only sees it is refused; to the rest it is not there."""
    let_in = frozenset().union(*groups)
    return May(let_in, sees - let_in, rest, answers)


def only(*groups: frozenset[str], answers: frozenset[int] | None = None) -> May:
    """An address that names no row: who may not is refused."""
    return may(*groups, rest=403, answers=answers)


def signed_in(answers: frozenset[int] | None = None) -> May:
    """Everybody with an account: the list is her own, or empty."""
    return May(SIGNED_IN, answers=answers)


def public(answers: frozenset[int | str] | None = None) -> May:
    return May(EVERYBODY, answers=answers)


def wrong(row: Row, method: str, given: dict[str, int | str], is_api: bool) -> list[str]:
    """One line for each person who was answered otherwise than the row says."""
    unknown = row.unasked or (403 if is_api else LOGIN)
    expected = {who: row.methods()[method].expected(who, method, unknown) for who in given}
    return [
        f"{method.upper()} {row.name} ({row.thing or '-'}) as {who}: {given[who]}, the table says {_said(expected[who])}"
        for who in given
        if not (
            given[who] in expected[who]
            if isinstance(expected[who], frozenset)
            else given[who] == expected[who]
        )
    ]


def _said(expected: frozenset[int | str] | int | str) -> str:
    return "/".join(map(str, sorted(expected))) if isinstance(expected, frozenset) else str(expected)
