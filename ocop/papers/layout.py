"""A paper laid out as NĐ 30/2020 wants it: data, template and the words that belong to the date and the number."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from ocop.papers.kinds import DECISION, KINDS, Kind
from ocop.papers.letterhead import Letterhead, bare_place, letterhead
from ocop.papers.models import Paper
from ocop.papers.numbering import letters_of
from ocop.papers.signing import lines

BLANK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Printed:
    """Everything one paper prints, the same for the page, the PDF and the Word copy."""

    paper: Paper
    kind: Kind
    head: Letterhead
    content: Mapping[str, Any]
    date_line: str
    number_line: str
    reference: str
    sign_lines: list[str]
    is_draft: bool


def printed(paper: Paper, *, is_draft: bool = False) -> Printed:
    """A draft says so and leaves number and day open."""
    kind = KINDS[paper.kind]
    kept = paper.content.get("letterhead")
    head = Letterhead.from_data(kept) if kept else letterhead(paper.unit)
    signs_for = head.signs_for if kind.signs_for is None else kind.signs_for
    return Printed(
        paper,
        kind,
        head,
        paper.content,
        date_line(head.place, paper.dated_on),
        paper.symbol or f"{BLANK * 6}/{letters_of(kind, head)}",
        _reference(paper, kind, head),
        [line for line in (signs_for, *lines(paper.signs_as or head.head)) if line],
        is_draft,
    )


def paper_html(paper: Paper, *, is_draft: bool = False) -> str:
    """Always in Vietnamese, whoever asks."""
    what = printed(paper, is_draft=is_draft)
    with translation.override("vi"):
        return render_to_string(what.kind.template, vars(what))


def date_line(place: str, on: dt.date | None) -> str:
    """Lai Châu, ngày 05 tháng 8 năm 2026."""
    return f"{bare_place(place)}, {date_words(on)}"


def date_words(on: dt.date | None) -> str:
    """A nought leads days under 10 and the months 1 and 2 only (NĐ 30/2020)."""
    if on is None:
        return f"ngày{BLANK * 6}tháng{BLANK * 6}năm{BLANK * 8}"
    month = f"{on.month:02d}" if on.month < 3 else str(on.month)
    return f"ngày {on.day:02d} tháng {month} năm {on.year}"


def _reference(paper: Paper, kind: Kind, head: Letterhead) -> str:
    """What an annex says of the paper it belongs to."""
    name = (kind.heading or "CÔNG VĂN").capitalize()
    number = f" số {paper.symbol}" if paper.symbol else ""
    own = head.authority_in_text if kind.template == DECISION else head.in_text
    who = paper.content.get("issuer") or own
    return f"(Kèm theo {name}{number} {date_words(paper.dated_on)} của {who})"
