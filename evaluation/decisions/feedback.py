"""What a producer learns of her result once it is decided: every criterion, what held the star back, the way up.

Means and agreed levels only: no sheet, no name, no word of the discussion.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils import timezone

from evaluation.models import Ballot, BallotState, DecisionItem, DecisionState, Result
from evaluation.models.result import KNOWN_TO_ALL
from evaluation.rules import read_levels, read_rules
from ocop.orgs.models import User
from ocop.regulations import (
    CriteriaSet,
    Criterion,
    KnockOut,
    Policy,
    Step,
    combine,
    path_from_mean,
    round_for,
)
from ocop.regulations import Result as Combined
from plans.models import Round
from products import law
from products.models import Dossier, SelfScore

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """One criterion: what the council gave on average, what it agreed on, what the producer had given herself."""

    criterion: Criterion
    mean: Fraction
    agreed: int | None
    claim: int | None


@dataclass(frozen=True)
class Part:
    code: str
    name: str
    most: int
    points: Fraction
    lines: list[Line]


@dataclass(frozen=True)
class Raise:
    """One step of the way, with what the level to reach reads."""

    step: Step
    name: str
    text: str


@dataclass(frozen=True)
class WayUp:
    star: int
    raises: list[Raise]

    @property
    def added(self) -> int:
        return sum(it.step.gain for it in self.raises)


@dataclass(frozen=True)
class NextRound:
    """When a dossier may be filed again; `name` is empty where only the law's own calendar is known yet."""

    name: str
    last_day: dt.date


@dataclass(frozen=True)
class Feedback:
    result: Result
    item: DecisionItem | None
    decimals: int
    parts: list[Part]
    knock_outs: list[KnockOut]
    way: WayUp | None
    next_round: NextRound | None

    @property
    def sentences(self) -> list[str]:
        return list(self.result.reasons.get("sentences", []))


def known_results(dossier: Dossier, user: User) -> Any:
    """The results of this dossier that this reader may know and its producer knows too, newest first."""
    return explained_to(user).filter(assessment__dossier=dossier).order_by("-assessment")


def explained_to(user: User) -> Any:
    """The results that this reader may know, once there is a decision: before it nothing is explained to anybody."""
    return Result.objects.visible_to(user).filter(assessment__state__in=KNOWN_TO_ALL)


def read_feedback(result: Result, *, on: dt.date | None = None) -> Feedback:
    """Of a result with its assessment, dossier and meeting; results of before may have no means, then none are said."""
    assessment, reasons = result.assessment, result.reasons
    of_set = law.criteria_set(assessment.published.code)
    kept = result.meeting.rules or result.meeting.council.rules
    rules = read_rules(kept) if kept else None
    found = [of_set.knock_outs[code] for code in reasons.get("knock_outs", []) if code in of_set.knock_outs]
    combined = _combined(result, of_set)
    way = None
    if rules and combined and not found and not _went_on(result):
        way = _way(of_set, combined, result, rules.policy)
    return Feedback(
        result=result,
        item=_item(result),
        decimals=rules.decimals if rules else 2,
        parts=_parts(of_set, reasons, assessment.dossier),
        knock_outs=found,
        way=way,
        next_round=_next_round(assessment.dossier, assessment.tier, on or timezone.localdate())
        if result.stars < max(band.star for band in of_set.regime.bands)
        else None,
    )


def _item(result: Result) -> DecisionItem | None:
    decided = DecisionItem.objects.filter(
        assessment=result.assessment_id, decision__state=DecisionState.ISSUED
    )
    return decided.select_related("decision").order_by("-decision__dated_on", "-pk").first()


def _went_on(result: Result) -> bool:
    """Another council of ours looked at this dossier after this one: its result shows the way."""
    later = Result.objects.filter(assessment__dossier=result.assessment.dossier_id)
    return later.filter(assessment__gt=result.assessment_id).exists()


def _combined(result: Result, of_set: CriteriaSet) -> Combined | None:
    """The mean as it was concluded: of the sheets the result counted."""
    seats = [it["seat"] for it in result.reasons.get("counted", [])]
    sheets = Ballot.objects.filter(
        meeting=result.meeting_id,
        assessment=result.assessment_id,
        attempt=result.attempt,
        state=BallotState.SEALED,
        seat__in=seats,
    )
    levels = [read_levels(of_set, sheet.levels) for sheet in sheets]
    return combine(of_set, levels) if levels else None


def _parts(of_set: CriteriaSet, reasons: Mapping[str, Any], dossier: Dossier) -> list[Part]:
    means = {code: Fraction(points) for code, points in reasons.get("criteria", {}).items()}
    if not means:
        return []
    agreed = reasons.get("agreed", {})
    own = SelfScore.objects.filter(dossier=dossier).first()
    claims = own.levels if own else {}

    def line(it: Criterion) -> Line:
        claim = claims.get(it.code, {}).get("p")
        return Line(it, means.get(it.code, Fraction()), agreed.get(it.code), claim)

    parts = []
    for part in of_set.parts:
        lines = [line(it) for section in part.sections for it in section.criteria]
        points = sum((it.mean for it in lines), Fraction())
        parts.append(Part(part.code, part.name, part.points, points, lines))
    return parts


def _way(of_set: CriteriaSet, combined: Combined, result: Result, policy: Policy) -> WayUp | None:
    """To the next star that is recognised; none above the highest."""
    star = max(result.stars + 1, of_set.regime.least_recognised)
    path = path_from_mean(of_set, combined, star, policy, agreed=result.reasons.get("agreed", {}))
    return WayUp(star, [_raise(of_set, step) for step in path]) if path else None


def _raise(of_set: CriteriaSet, step: Step) -> Raise:
    criterion = of_set.by_code[step.criterion]
    labels = (level.label for level in criterion.scale(step.case) if level.points == step.after)
    return Raise(step, criterion.name, next(labels, ""))


def _next_round(dossier: Dossier, tier: str, on: dt.date) -> NextRound | None:
    """The first round over the commune that a dossier still reaches, else the one the law in force has that day."""
    in_force = law.law().regime_on(on)
    if in_force is None:
        return None
    above = [unit.pk for unit in law.line_of(dossier.unit)]
    ahead = Round.objects.filter(unit_id__in=above, regime=in_force.code, cutoff_on__gte=on)
    found = ahead.order_by("cutoff_on", "pk").first()
    if found:
        return NextRound(found.name, found.cutoff_on)
    if tier not in {it.code for it in in_force.tiers}:
        return None
    window = round_for(in_force, tier, on)
    return NextRound("", window.cut_off - ONE_DAY) if window else None
