"""What the access table names: addresses that are there, with what may be sent to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.access.api import API
from tests.access.asking import address
from tests.access.world import World

WORDS = ("name", "key", "code", "item", "criterion")


def _argument(found: re.Match[str]) -> str:
    """Most are keys of rows, and numbers: `/certificates/legacy/` is an address of its own."""
    spelt = "[^/]+" if found[1] in WORDS else r"\d+"
    return f"(?P<{found[1]}>{spelt})"


@dataclass(frozen=True)
class Known:
    """`url` below the tenant, `arguments` by their names in the description."""

    url: str
    arguments: dict[str, str]
    body: dict[str, Any]


class Addresses:
    """Of one world, by the description's own spelling."""

    def __init__(self, world: World) -> None:
        self.rows = [
            (address(world.slug, row, world.things).removeprefix(f"/{world.slug}"), row) for row in API
        ]
        self.things = world.things

    def named(self, path: str, method: str) -> list[Known]:
        """Those of `/api/plans/{id}/` that the table says something of, first those asked by this method."""
        pattern = re.compile(re.sub(r"\\{(\w+)\\}", _argument, re.escape(path)))
        rows = sorted(self.rows, key=lambda it: method not in it[1].methods())
        return list(self._matched(pattern, rows))

    def _matched(self, pattern: re.Pattern[str], rows: Any) -> Iterator[Known]:
        for url, row in rows:
            if found := pattern.fullmatch(url):
                yield Known(url, found.groupdict(), row.body(self.things) if row.body else {})
