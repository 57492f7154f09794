"""Rows of the law that are known by their code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Coded(Protocol):
    """Anything with a code."""

    @property
    def code(self) -> str: ...


Row = TypeVar("Row", bound=Coded)


def named(rows: Iterable[Row], code: str) -> Row:
    """The row of this code; KeyError without one."""
    for row in rows:
        if row.code == code:
            return row
    raise KeyError(code)
