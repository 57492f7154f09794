"""All that is open with one person, as this reader may see it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from ocop.leaving.kinds import KINDS, Kind, kinds_of
from ocop.orgs.models import Departure, User

Key = tuple[str, int]


@dataclass(frozen=True)
class Line:
    """One open thing: `key` names it in the form and in the deed."""

    kind: Kind
    row: Any

    @property
    def key(self) -> str:
        return f"{self.kind.code}:{self.row.pk}"

    @property
    def pair(self) -> Key:
        return self.kind.code, self.row.pk

    @property
    def label(self) -> str:
        return self.kind.label(self.row)

    @property
    def sub(self) -> str:
        return self.kind.sub(self.row)

    @property
    def url(self) -> str:
        return self.kind.url(self.row)


@dataclass(frozen=True)
class Group:
    kind: Kind
    lines: list[Line]


def open_work(leaver: User, reader: User) -> list[Group]:
    """By kind, in the order of the page: one query a kind, and one for what was handed to her or from her before."""
    came, gone = _handed(leaver)
    groups = [Group(kind, _lines(kind, leaver, reader, came[kind.code], gone[kind.code])) for kind in KINDS]
    return [it for it in groups if it.lines]


def _lines(kind: Kind, leaver: User, reader: User, came: set[int], gone: set[int]) -> list[Line]:
    hers = kind.hers(leaver) & ~Q(pk__in=gone) if gone else kind.hers(leaver)
    if kind.hand is None and came:
        hers |= Q(pk__in=came)
    return [Line(kind, row) for row in kind.seen(reader).filter(kind.open, hers).order_by("pk")]


def _handed(person: User) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
    """What came to her by earlier deeds and what went from her: of each thing the last deed counts."""
    came: dict[str, set[int]] = defaultdict(set)
    gone: dict[str, set[int]] = defaultdict(set)
    for deed in Departure.objects.filter(Q(user=person) | Q(successor=person)).order_by("pk"):
        to, off = (came, gone) if deed.successor_id == person.pk else (gone, came)
        for code, pk in deed.items:
            to[code].add(pk)
            off[code].discard(pk)
    return came, gone


def items_of(deed: Departure, reader: User) -> tuple[list[Group], int]:
    """The lines of a deed that this reader may see, by kind, and how many she may not."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for code, pk in deed.items:
        wanted[code].add(pk)
    groups = [Group(kind, _again(kind, wanted[kind.code], reader, deed)) for kind in kinds_of(wanted)]
    shown = sum(len(group.lines) for group in groups)
    return [it for it in groups if it.lines], len(deed.items) - shown


def _again(kind: Kind, keys: Iterable[int], reader: User, deed: Departure) -> list[Line]:
    """A role or a producer's person is told to the two whom it concerns as well: its row names nothing else."""
    rows = kind.seen(reader).filter(pk__in=keys)
    if kind.code in ("role", "producer") and (
        reader.pk in (deed.user_id, deed.successor_id, deed.by_id)
        or reader.has_perm("orgs.hand_over_work", deed)
    ):
        rows = rows.model._default_manager.filter(pk__in=keys)
        rows = rows.select_related("unit" if kind.code == "role" else "producer__unit")
    return [Line(kind, row) for row in rows.order_by("pk")]
