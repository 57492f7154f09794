"""The round that runs today and its dossiers, those that run out first on top."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery

from evaluation.models import Result
from ocop.reports.home.clocks import left
from ocop.reports.links import address
from plans.models import Round
from products.models import Clock, Dossier, DossierState
from products.models.dossier import FINISHED, WITH_PRODUCER

MOST = 10


@dataclass(frozen=True)
class Line:
    """One dossier of the round."""

    dossier: Dossier
    url: str
    kind: str
    stars: int | None
    days: int | None
    working: bool
    on: dt.date | None


def current_round(user: Any, on: dt.date) -> Round | None:
    """The round that still takes dossiers that day and ends first; else the first that is being evaluated."""
    running = Round.objects.visible_to(user).filter(opens_on__lte=on, ends_on__gte=on)
    shut_last = running.annotate(is_shut=Q(cutoff_on__lt=on)).order_by("is_shut", "ends_on", "pk")
    return shut_last.select_related("unit").first()


def round_table(user: Any, found: Round, on: dt.date) -> dict[str, Any]:
    """The round's filed dossiers as this person may see them: the first, and where all of them are."""
    clock = Clock.objects.running().filter(dossier=OuterRef("pk")).order_by("due_on")
    result = Result.objects.filter(assessment__dossier=OuterRef("pk")).order_by("-pk")
    rows = (
        Dossier.objects.visible_to(user)
        .filter(round=found)
        .exclude(state=DossierState.DRAFT)
        .for_list()
        .annotate(
            due_on=Subquery(clock.values("due_on")[:1]),
            rule=Subquery(clock.values("rule")[:1]),
            result_stars=Subquery(result.values("stars")[:1]),
        )
        .order_by(F("due_on").asc(nulls_last=True), "pk")
    )
    shown = list(rows[: MOST + 1])
    url = address("products:dossiers", round=found.pk) if len(shown) > MOST else ""
    return {"dossiers": [_line(row, on) for row in shown[:MOST]], "all_url": url}


def _line(row: Any, on: dt.date) -> Line:
    days, working = None, False
    if row.due_on:
        days, working = left(Clock(dossier=row, rule=row.rule, due_on=row.due_on), on)
    return Line(
        row,
        address("products:dossier", row.pk),
        _kind(row.state),
        row.result_stars,
        days,
        working,
        row.due_on,
    )


def _kind(state: str) -> str:
    """The colour of the state's word."""
    if state in WITH_PRODUCER:
        return "back"
    if state in FINISHED:
        return "live" if state == DossierState.RECOGNISED else "over"
    return "move"
