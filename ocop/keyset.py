"""Long lists page by page, without counting what was skipped."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

SIZE = 50


@dataclass(frozen=True)
class Page:
    """The rows of one page, the cursors of its neighbours ("" where there is none), and how many rows there are."""

    rows: list[Any]
    before: str
    after: str
    total: int


def order_of(query: Mapping[str, str], columns: Iterable[Mapping[str, Any]], usual: str) -> str:
    """The order that `?sort=` asks for where a column offers it (`sort`), else the usual one."""
    asked = query.get("sort", "")
    offered = {column["sort"] for column in columns if "sort" in column}
    return asked if asked.removeprefix("-") in offered else usual


def in_order(rows: Any, order: str) -> Any:
    """All rows by one column, the newest first among equals."""
    return rows.order_by(order, "-pk")


def page_of(rows: Any, query: Mapping[str, str], *, order: str = "-pk", size: int = SIZE) -> Page:
    """The page that `?after=` or `?before=` asks for, in the order of `in_order`; the column is never NULL.

    A cursor is the key of the last (first) row shown; one that is gone or was never there shows the start.
    """
    total = rows.count()
    column, falls = order.lstrip("-"), order.startswith("-")
    back = bool(query.get("before")) and not query.get("after")
    start = _found(rows, column, query.get("before" if back else "after", ""))
    if start is None:
        found = list(in_order(rows, order)[: size + 1])
        return _page(found[:size], total, has_before=False, has_after=len(found) > size)
    rows = in_order(rows.filter(_beyond(column, *start, up=falls == back, newer=back)), order)
    found = list((rows.reverse() if back else rows)[: size + 1])
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    return _page(found, total, has_before=more or not back, has_after=more or back)


def _page(rows: list[Any], total: int, *, has_before: bool, has_after: bool) -> Page:
    before = str(rows[0].pk) if rows and has_before else ""
    return Page(rows, before, str(rows[-1].pk) if rows and has_after else "", total)


def _found(rows: Any, column: str, cursor: str) -> tuple[Any, int] | None:
    if not cursor.isdecimal() or len(cursor) > 18:
        return None
    return rows.filter(pk=int(cursor)).order_by().values_list(column, "pk").first()


def _beyond(column: str, value: Any, pk: int, *, up: bool, newer: bool) -> Q:
    past, among_equals = "gt" if up else "lt", "gt" if newer else "lt"
    if column == "pk":
        return Q(**{f"pk__{past}": pk})
    return Q(**{f"{column}__{past}": value}) | Q(**{column: value, f"pk__{among_equals}": pk})
