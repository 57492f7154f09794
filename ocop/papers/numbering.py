"""Numbers: one series a unit, letters and year, from 1 on 1 January; locked, so without gaps or doubles."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ocop.orgs.models import OrgUnit
from ocop.papers.kinds import KINDS, Kind
from ocop.papers.letterhead import Letterhead, letterhead
from ocop.papers.models import NumberSeries, Paper
from ocop.papers.signing import Signer


def next_number(unit: OrgUnit, series: str, year: int) -> int:
    """The next number, taken. Its row stays locked until the transaction ends: one rolled back leaves no gap."""
    locked = _lock(unit, series, year)
    locked.last += 1
    locked.save(update_fields=["last"])
    return locked.last


def take_number(unit: OrgUnit, series: str, year: int, number: int) -> int:
    """A number that came back from outside (the authority's document system): our own go on after the highest."""
    locked = _lock(unit, series, year)
    if number > locked.last:
        locked.last = number
        locked.save(update_fields=["last"])
    return number


def _lock(unit: OrgUnit, series: str, year: int) -> NumberSeries:
    NumberSeries.objects.get_or_create(unit=unit, kind=series, year=year)
    return NumberSeries.objects.select_for_update(of=("self",)).get(unit=unit, kind=series, year=year)


def symbol_of(kind: Kind, head: Letterhead, number: int) -> str:
    """05/QĐ-UBND, 12/BB-HĐOCOP; a letter has no letters of its kind: 05/UBND-NNMT (NĐ 30/2020)."""
    return f"{number:02d}/{letters_of(kind, head)}"


def letters_of(kind: Kind, head: Letterhead) -> str:
    """What follows the number."""
    owner = kind.body or head.symbol
    return f"{kind.abbreviation}-{owner}" if kind.abbreviation else f"{owner}-{head.drafted_by}"


def give_number(paper: Paper, *, on: dt.date, number: int | None, signer: Signer) -> tuple[str, ...]:
    """Set number, date and signer on an unsaved change of the paper; the names of the fields set."""
    kind, head = KINDS[paper.kind], letterhead(paper.unit)
    if number is None:
        paper.number = next_number(paper.unit, kind.series, on.year)
    else:
        paper.number = take_number(paper.unit, kind.series, on.year, number)
    paper.year, paper.dated_on = on.year, on
    paper.symbol = symbol_of(kind, head, paper.number)
    if reason := taken(paper.unit, paper.symbol, on.year):
        raise ValidationError({"number": reason})
    paper.signer_name, paper.signer_title = signer.name, signer.title
    paper.signs_as = signer.signs_as or head.head
    return ("number", "year", "dated_on", "symbol", "signer_name", "signer_title", "signs_as")


def taken(unit: OrgUnit, symbol: str, year: int) -> str:
    """Why this symbol may not be given again, or ""."""
    other = Paper.objects.filter(unit=unit, symbol=symbol, year=year).first()
    if other is None:
        return ""
    return _("Số %(symbol)s năm %(year)s đã cấp cho văn bản “%(title)s”.") % {
        "symbol": symbol, "year": str(year), "title": other.title,
    }  # fmt: skip


def frozen(paper: Paper) -> dict[str, Any]:
    """The content with the letterhead of this day: a unit renamed later changes no paper."""
    return {**paper.content, "letterhead": letterhead(paper.unit).as_data()}
