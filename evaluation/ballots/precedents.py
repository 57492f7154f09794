"""How concluded councils of this programme scored the same criterion for like products: counts, no product, no name."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from evaluation.ballots.saving import set_of
from evaluation.models import AgendaItem, AssessmentState, Ballot, BallotState, MeetingState
from ocop.cards import levels
from ocop.orgs.models import User
from products.models import Exclusion

LEAST = 3  # products: of fewer one could tell which they are


@dataclass(frozen=True)
class Scored:
    """One printed level, and how many sheets gave it."""

    points: int
    case: str  # the heading of its scale, where a new one begins
    sheets: int
    percent: int


@dataclass(frozen=True)
class Precedents:
    products: int
    sheets: int
    levels: list[Scored]


def read_precedents(ballot: Ballot, code: str, *, reader: User) -> Precedents | None:
    """Of `LEAST` other products of the same set at least, else None; one query."""
    counts: Counter[str] = Counter()
    products: set[int] = set()
    for row in _levels_given(ballot, code, reader):
        counts[_value(row["case"], row["points"])] += row["sheets"]
        products.update(row["products"])
    if len(products) < LEAST:
        return None
    given = sum(counts.values())
    printed = levels(set_of(ballot).by_code[code])
    return Precedents(len(products), given, [_scored(it, counts[it["value"]], given) for it in printed])


def _levels_given(ballot: Ballot, code: str, reader: User) -> Any:
    """The sheets that count in results that stand, by level.

    Left out: this product; what is being scored here or waits for the tier above; what the reader is recused from.
    """
    product = "assessment__dossier__product"
    scored_now = AgendaItem.objects.filter(meeting__state=MeetingState.OPEN)
    recused = Exclusion.objects.in_force().filter(user=reader)
    standing = Ballot.objects.filter(
        published=ballot.published_id,
        state=BallotState.SEALED,
        meeting__state=MeetingState.CONCLUDED,
        assessment__result__meeting=F("meeting"),
        assessment__result__attempt=F("attempt"),
    )
    others = (
        standing.exclude(**{product: ballot.assessment.dossier.product_id})
        .exclude(**{f"{product}__in": scored_now.values(product)})
        .exclude(**{f"{product}__in": recused.values("dossier__product")})
        .exclude(assessment__state=AssessmentState.HANDED_UP)
    )
    level = KeyTransform(code, "levels")
    by_level = others.annotate(case=KeyTextTransform("case", level), points=KeyTextTransform("p", level))
    return by_level.values("case", "points").annotate(
        sheets=Count("pk"), products=ArrayAgg(product, distinct=True)
    )


def _value(case: str | None, points: str | None) -> str:
    """As the card names its level; a criterion without a level, or with 0 of no case, counts 0."""
    return f"{case}:{points}" if case else points or "0"


def _scored(level: dict[str, Any], sheets: int, given: int) -> Scored:
    return Scored(level["points"], level.get("case", ""), sheets, 100 * sheets // given)
