"""The country's administrative units as committed in `data/places.csv`, which `bin/make-places` writes.

One line a unit and era: `code,level,kind,name,parent,valid_from,valid_to,predecessors`.

- The key is (code, valid_from): most of today's commune codes stood for another commune before 01/07/2025.
  Codes are text; a province has 2 digits, a district 3, a commune 5.
- `valid_to` is the last day, 2025-06-30 for every old unit, and empty today.
- `valid_from` of the old units is 2004-07-08, the day of the register QĐ 124/2004/QĐ-TTg; the file shows them
  as they last were and does not know when each was founded, renamed or merged in between.
- `parent` is a code of the same era (the same `valid_from`): commune → district → province before, commune →
  province today.
- `predecessors` are codes of the era that ended the day before this unit's `valid_from`, separated by a
  space; `*` after a code says that only a part of that unit came here. Communes and provinces have them; a
  đặc khu made of an island district without communes names the district. Other districts have no successor.
- Kinds and names of today include what was raised since (Đồng Nai, Quảng Ninh, Bắc Ninh and their wards);
  `places.meta.json` has the former names with dates and resolutions, and the source with its dates.

Rows stand in an order in which parents and predecessors come before those that name them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

PLACES = Path(__file__).parent / "data" / "places.csv"
_ONLY_A_NUMBER = re.compile(r"\d+[A-Z]?|[IVX]+")


@dataclass(frozen=True, slots=True)
class Predecessor:
    code: str
    valid_from: date
    partial: bool

    @property
    def key(self) -> tuple[str, date]:
        return self.code, self.valid_from


@dataclass(frozen=True, slots=True)
class PlaceRow:
    code: str
    valid_from: date
    valid_to: date | None
    level: str
    kind: str
    name: str
    parent: str
    predecessors: tuple[Predecessor, ...]

    @property
    def key(self) -> tuple[str, date]:
        return self.code, self.valid_from

    @property
    def parent_key(self) -> tuple[str, date] | None:
        return (self.parent, self.valid_from) if self.parent else None

    @property
    def short_name(self) -> str:
        """The name without its kind, but “Phường 14” whole: a number alone says nothing."""
        own = self.name[len(self.kind) + 1 :]
        return self.name if _ONLY_A_NUMBER.fullmatch(own) else own


def read_places(path: Path = PLACES) -> Iterator[PlaceRow]:
    """Every unit of every era, parents and predecessors first; KeyError if the file lacks a predecessor."""
    ended: dict[tuple[str, date], date] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            row = _row(line, ended)
            if row.valid_to:
                ended[row.code, row.valid_to] = row.valid_from
            yield row


def _row(line: dict[str, str], ended: dict[tuple[str, date], date]) -> PlaceRow:
    valid_from = date.fromisoformat(line["valid_from"])
    day_before = valid_from - timedelta(days=1)
    return PlaceRow(
        code=line["code"],
        valid_from=valid_from,
        valid_to=date.fromisoformat(line["valid_to"]) if line["valid_to"] else None,
        level=line["level"],
        kind=line["kind"],
        name=line["name"],
        parent=line["parent"],
        predecessors=tuple(
            Predecessor(code.rstrip("*"), ended[code.rstrip("*"), day_before], code.endswith("*"))
            for code in line["predecessors"].split()
        ),
    )
