"""What the templates of papers need: tables whose head in "*" is narrow and centred, and how lines end."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

from ocop.papers import sentences
from ocop.papers.pictures import pictures

register = template.Library()
register.filter("enumerated", sentences.enumerated)
register.filter("closed", sentences.closed)
register.filter("pictures", pictures)


@register.filter
def head(column: str) -> str:
    return column.removesuffix("*")


@register.filter
def is_narrow(column: str) -> bool:
    return column.endswith("*")


@register.filter
def cells(table: Mapping[str, Any], row: Iterable[Any]) -> list[tuple[str, Any]]:
    """Each cell with its column; a row of another length is a fault of the paper's data."""
    return list(zip(table["columns"], row, strict=True))
