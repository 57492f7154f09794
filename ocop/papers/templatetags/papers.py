"""What the tables of papers need: a head that ends in "*" is narrow and centred."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

register = template.Library()


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
