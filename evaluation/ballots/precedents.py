"""How concluded councils of this programme scored the same criterion for like products: counts, no product, no name."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Window
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import RowNumber

from evaluation.ballots.saving import set_of
from evaluation.models import (
    AgendaItem,
    AssessmentState,
    Ballot,
    BallotState,
    MeetingState,
    PublishedSet,
    Result,
)
from ocop.cards import levels
from ocop.orgs.models import User
from ocop.regulations import CriteriaSet, Criterion
from products.law import criteria_set
from products.models import Exclusion

LEAST = 3  # products: of fewer one could tell which they are
MOST = 200  # results, the last ones: a habit is what was done lately, and no page waits for a whole archive
PRODUCT = "assessment__dossier__product"
SET = "assessment__published"


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
    others = _results([ballot.published_id], reader, [MeetingState.OPEN])
    alike = {
        (place["assessment"], place["meeting"], place["attempt"]): place[PRODUCT]
        for place in others.exclude(**{PRODUCT: ballot.assessment.dossier.product_id})[:MOST]
    }
    if (products := len(set(alike.values()))) < LEAST:
        return None
    counts: Counter[str] = Counter()
    for *place, case, points, sheets in _levels_given([key[0] for key in alike], code):
        if tuple(place) in alike:
            counts[_value(case, points)] += sheets
    return _precedents(set_of(ballot).by_code[code], products, counts) if counts else None


def precedents_by_set(sets: Collection[PublishedSet], *, reader: User) -> dict[str, dict[str, Precedents]]:
    """The same for every criterion of these sets, to be taken along; two queries, however many sets and products.

    Left out beside the rest: what is on the agenda of a meeting to come, these products' own among them. It may be
    opened while the figures lie on the device.
    """
    keys = {it.pk: it.code for it in sets}
    soon = [MeetingState.OPEN, MeetingState.PLANNED]
    last = Window(RowNumber(), partition_by=F(SET), order_by=F("pk").desc())
    alike: dict[int, dict[tuple[int, int, int], int]] = {key: {} for key in keys}
    for place in _results(keys, reader, soon).annotate(place=last).filter(place__lte=MOST):
        where = (place["assessment"], place["meeting"], place["attempt"])
        alike[place[SET]][where] = place[PRODUCT]
    told = {key: places for key, places in alike.items() if len(set(places.values())) >= LEAST}
    counts: dict[int, dict[str, Counter[str]]] = {key: {} for key in told}
    for key, where, given in _sheets([place[0] for places in told.values() for place in places]):
        if where in told.get(key, {}):
            _count(criteria_set(keys[key]), given, counts[key])
    return {
        keys[key]: {
            code: _precedents(criteria_set(keys[key]).by_code[code], len(set(told[key].values())), counted)
            for code, counted in by_code.items()
        }
        for key, by_code in counts.items()
    }


def _results(sets: Collection[int], reader: User, scored_in: Collection[str]) -> Any:
    """Where the last results that stand for products of these sets were scored.

    Left out: what is being scored in a meeting of these states or waits for the tier above; what the reader is recused
    from.
    """
    scored_now = AgendaItem.objects.filter(meeting__state__in=scored_in)
    recused = Exclusion.objects.in_force().filter(user=reader)
    found = (
        Result.objects.filter(**{f"{SET}__in": list(sets)}, meeting__state=MeetingState.CONCLUDED)
        .exclude(assessment__state=AssessmentState.HANDED_UP)
        .exclude(**{f"{PRODUCT}__in": scored_now.values(PRODUCT)})
        .exclude(**{f"{PRODUCT}__in": recused.values("dossier__product")})
    )
    return found.order_by("-pk").values("assessment", "meeting", "attempt", PRODUCT, SET)


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


def _sheets(assessments: list[int]) -> Iterator[tuple[int, tuple[int, int, int], dict[str, Any]]]:
    """Every sealed sheet of these: its set, where it was scored, its levels; a few at a time."""
    sheets = Ballot.objects.filter(assessment__in=assessments, state=BallotState.SEALED)
    rows = sheets.values_list("published", "assessment", "meeting", "attempt", "levels")
    for key, assessment, meeting, attempt, given in rows.iterator():
        yield key, (assessment, meeting, attempt), given


def _count(of_set: CriteriaSet, given: dict[str, Any], counts: dict[str, Counter[str]]) -> None:
    for it in of_set.criteria:
        level = given.get(it.code, {})
        points = level.get("p")
        value = _value(level.get("case"), None if points is None else str(points))
        counts.setdefault(it.code, Counter())[value] += 1


def _value(case: str | None, points: str | None) -> str:
    """As the card names its level; a criterion without a level, or with 0 of no case, counts 0."""
    return f"{case}:{points}" if case else points or "0"


def _precedents(criterion: Criterion, products: int, counts: Counter[str]) -> Precedents:
    given = sum(counts.values())
    shown = [_scored(it, counts[it["value"]], given) for it in levels(criterion)]
    return Precedents(products, given, shown)


def _scored(level: dict[str, Any], sheets: int, given: int) -> Scored:
    return Scored(level["points"], level.get("case", ""), sheets, 100 * sheets // given)
