"""Long lists page by page, without counting what was skipped."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

SIZE = 50


@dataclass(frozen=True)
class Page:
    """The rows of one page and the cursors of its neighbours ("" where there is none)."""

    rows: list[Any]
    before: str
    after: str


def page_of(rows: Any, query: Mapping[str, str], *, order: str = "-pk", size: int = SIZE) -> Page:
    """The page that `?after=` or `?before=` asks for; `order` is one column, the key breaks its ties.

    A cursor is the key of the last (first) row shown; one that is gone or was never there shows the start.
    """
    column, falls = order.lstrip("-"), order.startswith("-")
    back = bool(query.get("before")) and not query.get("after")
    start = _found(rows, column, query.get("before" if back else "after", ""))
    if start is not None:
        rows = rows.filter(_beyond(column, *start, up=falls == back))
    sign = "-" if falls != (back and start is not None) else ""
    found = list(rows.order_by(*dict.fromkeys([f"{sign}{column}", f"{sign}pk"]))[: size + 1])
    more, found = len(found) > size, found[:size]
    if back and start is not None:
        found.reverse()
        return _page(found, has_before=more, has_after=True)
    return _page(found, has_before=start is not None, has_after=more)


def _page(rows: list[Any], *, has_before: bool, has_after: bool) -> Page:
    before = str(rows[0].pk) if rows and has_before else ""
    return Page(rows, before, str(rows[-1].pk) if rows and has_after else "")


def _found(rows: Any, column: str, cursor: str) -> tuple[Any, int] | None:
    if not cursor.isdecimal() or len(cursor) > 18:
        return None
    return rows.filter(pk=int(cursor)).order_by().values_list(column, "pk").first()


def _beyond(column: str, value: Any, pk: int, *, up: bool) -> Q:
    past = "gt" if up else "lt"
    if column == "pk":
        return Q(**{f"pk__{past}": pk})
    return Q(**{f"{column}__{past}": value}) | Q(**{column: value, f"pk__{past}": pk})
