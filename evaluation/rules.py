"""What a council may lay down in its own rules (Quy chế), as JSON and as the law's functions take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from fractions import Fraction
from typing import Any, Literal

from ocop.regulations import CriteriaSet, Mark, Policy, Regime, read_sheet

MissingBallot = Literal["wait", "leave_out"]
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


def zeros_without_reason(criteria_set: CriteriaSet, levels: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Criteria given 0 though the annex prints no such level, without a word why."""
    return [
        it.code
        for it in criteria_set.criteria
        if it.code in levels
        and levels[it.code].get("p") == 0
        and not prints_zero(criteria_set, it.code, levels[it.code].get("case"))
        and not str(levels[it.code].get("note", "")).strip()
    ]


def prints_zero(criteria_set: CriteriaSet, code: str, case: str | None = None) -> bool:
    """Whether the annex prints a level of 0 points for this criterion."""
    criterion = criteria_set.by_code[code]
    scales = [criterion.scale(case)] if case or not criterion.cases else [it.levels for it in criterion.cases]
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
