"""How concluded councils of this programme scored the same criterion for like products: counts, no product, no name."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from evaluation.ballots.saving import set_of
from evaluation.models import AgendaItem, AssessmentState, Ballot, BallotState, MeetingState, Result
from ocop.cards import levels
from ocop.orgs.models import User
from products.models import Exclusion

LEAST = 3  # products: of fewer one could tell which they are
MOST = 200  # results, the last ones: a habit is what was done lately, and no page waits for a whole archive
PRODUCT = "assessment__dossier__product"


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
    """Of `LEAST` other products of the same set at least, else None; two queries, however large the archive."""
    alike = {
        (place["assessment"], place["meeting"], place["attempt"]): place[PRODUCT]
        for place in _alike(ballot, reader)
    }
    products = len(set(alike.values()))
    if products < LEAST:
        return None
    counts: Counter[str] = Counter()
    for *place, case, points, sheets in _levels_given([key[0] for key in alike], code):
        if tuple(place) in alike:
            counts[_value(case, points)] += sheets
    given = sum(counts.values())
    printed = levels(set_of(ballot).by_code[code])
    shown = [_scored(it, counts[it["value"]], given) for it in printed]
    return Precedents(products, given, shown)


def _alike(ballot: Ballot, reader: User) -> Any:
    """Where the last results that stand for products of the same set were scored.

    Left out: this product; what is being scored here or waits for the tier above; what the reader is recused from.
    """
    scored_now = AgendaItem.objects.filter(meeting__state=MeetingState.OPEN)
    recused = Exclusion.objects.in_force().filter(user=reader)
    found = (
        Result.objects.filter(
            assessment__published=ballot.published_id, meeting__state=MeetingState.CONCLUDED
        )
        .exclude(assessment__state=AssessmentState.HANDED_UP)
        .exclude(**{PRODUCT: ballot.assessment.dossier.product_id})
        .exclude(**{f"{PRODUCT}__in": scored_now.values(PRODUCT)})
        .exclude(**{f"{PRODUCT}__in": recused.values("dossier__product")})
    )
    return found.order_by("-pk").values("assessment", "meeting", "attempt", PRODUCT)[:MOST]


def _levels_given(assessments: list[int], code: str) -> Any:
    """How many sheets gave which level, by assessment, meeting and attempt.

    Which of these count is asked afterwards: a join on the results by meeting and attempt is the one thing that made
    this query slow (both are the same for a whole agenda).
    """
    sheets = Ballot.objects.filter(assessment__in=assessments, state=BallotState.SEALED)
    level = KeyTransform(code, "levels")
    by_level = sheets.annotate(case=KeyTextTransform("case", level), points=KeyTextTransform("p", level))
    grouped = by_level.values_list("assessment", "meeting", "attempt", "case", "points")
    return grouped.annotate(sheets=Count("pk"))


def _value(case: str | None, points: str | None) -> str:
    """As the card names its level; a criterion without a level, or with 0 of no case, counts 0."""
    return f"{case}:{points}" if case else points or "0"


def _scored(level: dict[str, Any], sheets: int, given: int) -> Scored:
    return Scored(level["points"], level.get("case", ""), sheets, 100 * sheets // given)
