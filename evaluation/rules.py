"""What a council may lay down in its own rules (Quy chế), as JSON and as the law's functions take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from fractions import Fraction
from typing import Any, Literal

from ocop.regulations import CriteriaSet, Criterion, Mark, Policy, Regime, read_sheet

MissingBallot = Literal["wait", "leave_out"]
WhyNote = Literal["no_level", "lowest", "highest", "off_claim"]
Level = Mapping[str, Any]  # {"p": 3, "case": "a", "note": "…"} as ballots and self-scores keep it
Levels = Mapping[str, Level]
FRACTIONS = ("max_spread", "quorum")


@dataclass(frozen=True)
class CouncilRules:
    """The policy of the law's functions, and how the council works; what is not said here is the default."""

    policy: Policy
    missing_ballot: MissingBallot = "wait"
    note_at_ends: bool = False  # a word why at the lowest and the highest level of a criterion
    note_off_claim: int = 0  # and so many levels or more off the producer's claim; 0: never
    may_abstain: bool = True  # on one product, with a reason; the sheet then does not count
    shows_lower_tiers: bool = False  # members see what the tiers below gave
    written_opinion: bool = True  # a re-ranking may be settled in writing (QĐ 26/2026, Điều 7 khoản 6)
    decimals: int = 2  # of a mean as it is shown; it is kept exact
    minutes_each: int = 0  # minutes for a product on the hall's timer; 0: none


WORKING = tuple(it.name for it in fields(CouncilRules) if it.name != "policy")


def default_rules(regime: Regime) -> dict[str, Any]:
    """The regime's defaults as a council keeps them."""
    return rules_json(CouncilRules(regime.council))


def rules_json(rules: CouncilRules) -> dict[str, Any]:
    """Plain values; fractions as text ("3/4"), so that none is ever a float."""
    values = asdict(rules.policy)
    del values["sources"]
    own = {name: getattr(rules, name) for name in WORKING}
    return {**values, **{name: str(values[name]) for name in FRACTIONS}, **own}


def read_rules(kept: Mapping[str, Any]) -> CouncilRules:
    """The other way round."""
    names = {it.name for it in fields(Policy)} - {"sources"}
    values = {name: kept[name] for name in names}
    values |= {name: Fraction(values[name]) for name in FRACTIONS}
    return CouncilRules(Policy(**values), **{name: kept[name] for name in WORKING if name in kept})


def sheet_json(levels: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The levels of a ballot or self-score as the law's functions read a sheet; notes alone count as nothing."""
    return {code: _value(level) for code, level in levels.items() if level.get("p") is not None}


def _value(level: Mapping[str, Any]) -> Any:
    return {"case": level["case"], "points": level["p"]} if level.get("case") else level["p"]


def read_levels(criteria_set: CriteriaSet, levels: Mapping[str, Mapping[str, Any]]) -> Any:
    """The sheet that a ballot's levels make."""
    return read_sheet(criteria_set, sheet_json(levels))


def why_a_note(
    criterion: Criterion, level: Level, claim: Level | None, rules: CouncilRules
) -> WhyNote | None:
    """Why these points want a word: 0 that the annex does not print always, the rest as the rules say."""
    points = level.get("p")
    if points is None:
        return None
    scale = [it.points for it in criterion.scale(level.get("case"))] or [0]
    if points == 0 and not prints_zero(criterion, level.get("case")):
        return "no_level"
    if rules.note_at_ends and points == min(scale):
        return "lowest"
    if rules.note_at_ends and points == max(scale):
        return "highest"
    if not rules.note_off_claim or claim is None:
        return None
    return "off_claim" if _steps_between(criterion, level, claim) >= rules.note_off_claim else None


def notes_missing(
    criteria_set: CriteriaSet, levels: Levels, claims: Levels, rules: CouncilRules
) -> dict[str, WhyNote]:
    """The criteria of a sheet whose points want a word that is not there, each with the reason."""
    bare = [it for it in criteria_set.criteria if not str(levels.get(it.code, {}).get("note", "")).strip()]
    asked = {it.code: why_a_note(it, levels.get(it.code, {}), claims.get(it.code), rules) for it in bare}
    return {code: why for code, why in asked.items() if why is not None}


def _steps_between(criterion: Criterion, one: Level, other: Level) -> int:
    """How many levels lie from one to the other; scales of two cases have nothing in common but 0."""
    if other.get("p") is None:
        return 0
    if one.get("case") != other.get("case") and one["p"] and other["p"]:
        return len(criterion.scale(one.get("case")))
    case = one.get("case") or other.get("case")
    scale = sorted({0, *(it.points for it in criterion.scale(case))})
    reached = [scale.index(it["p"]) for it in (one, other) if it["p"] in scale]
    return max(reached) - min(reached) if len(reached) == 2 else 0


def prints_zero(criterion: Criterion, case: str | None = None) -> bool:
    """Whether the annex prints a level of 0 points for this criterion."""
    scales = [criterion.scale(case)] if case or not criterion.cases else criterion.scales
    return any(level.points == 0 for scale in scales for level in scale)


def level_of(mark: Mark | None, revision: int, note: str) -> dict[str, Any]:
    """One criterion as a ballot keeps it."""
    level: dict[str, Any] = {"r": revision}
    if mark is not None:
        level["p"] = mark.points
        if mark.case is not None:
            level["case"] = mark.case
    if note.strip():
        level["note"] = note.strip()
    return level
