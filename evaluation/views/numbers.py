"""Whole numbers out of what a form posted."""

from collections.abc import Iterable

LONGEST = 18  # digits: what a key of the database can be


def whole(text: object) -> int | None:
    """The number, None where it is none."""
    return int(text) if isinstance(text, str) and text.isdecimal() and len(text) <= LONGEST else None


def keys(texts: Iterable[str]) -> list[int]:
    """The numbers among these."""
    return [number for number in map(whole, texts) if number is not None]
