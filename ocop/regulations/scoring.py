"""Points of one sheet or of a council's sheets together, exact to the last fraction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from .regimes import Policy
from .sets import CriteriaSet
from .sheets import Sheet


@dataclass(frozen=True)
class Result:
    """Means of the sheets, unrounded; of a single sheet its own points. `totals` are one for each sheet."""

    set_code: str
    total: Fraction
    parts: Mapping[str, Fraction]
    sections: Mapping[str, Fraction]
    criteria: Mapping[str, Fraction]
    unanswered: tuple[str, ...]
    totals: tuple[int, ...]
    sheets: tuple[Sheet, ...] = field(repr=False)

    @property
    def spread(self) -> int:
        """How far apart the highest and the lowest total are."""
        return max(self.totals) - min(self.totals)


def score(criteria_set: CriteriaSet, sheet: Sheet) -> Result:
    """The points of one sheet by criterion, section and part (Annex II)."""
    return _result(criteria_set, (sheet,))


def combine(criteria_set: CriteriaSet, sheets: Sequence[Sheet], policy: Policy | None = None) -> Result:
    """The plain mean of every criterion and so of the totals (Art 3.3, "tổng điểm trung bình")."""
    if not sheets:
        raise ValueError("no sheet to combine")
    assert (policy or criteria_set.regime.council).combine == "mean"
    return _result(criteria_set, tuple(sheets))


def needs_rescore(result: Result, policy: Policy) -> bool:
    """Whether the totals lie further apart than the council's rules allow."""
    return result.spread > policy.max_spread


def quorum_needed(policy: Policy, seats: int) -> int:
    """How many of the seats must be there: the share rounded up."""
    return -(-policy.quorum.numerator * seats // policy.quorum.denominator)


def _result(criteria_set: CriteriaSet, sheets: tuple[Sheet, ...]) -> Result:
    for sheet in sheets:
        if sheet.set_code != criteria_set.code:
            raise ValueError(f"a sheet of {sheet.set_code} cannot be scored as {criteria_set.code}")
    count = len(sheets)
    criteria = {
        it.code: Fraction(sum(sheet.points(it.code) for sheet in sheets), count)
        for it in criteria_set.criteria
    }
    sections = {
        section.code: sum((criteria[it.code] for it in section.criteria), Fraction())
        for section in criteria_set.sections
    }
    parts = {
        part.code: sum((sections[section.code] for section in part.sections), Fraction())
        for part in criteria_set.parts
    }
    missing = {code for sheet in sheets for code in sheet.unanswered}
    return Result(
        set_code=criteria_set.code,
        total=sum(parts.values(), Fraction()),
        parts=parts,
        sections=sections,
        criteria=criteria,
        unanswered=tuple(it.code for it in criteria_set.criteria if it.code in missing),
        totals=tuple(sheet.total for sheet in sheets),
        sheets=sheets,
    )


def shown(points: Fraction | int, digits: int = 2) -> str:
    """For people, in the Vietnamese manner and cut, never rounded up: 89.999 is "89,99", not "90"."""
    scaled = points * 10**digits
    cut = scaled.numerator // scaled.denominator
    whole, rest = divmod(cut, 10**digits)
    decimals = f"{rest:0{digits}d}".rstrip("0") if digits else ""
    return f"{whole},{decimals}" if decimals else str(whole)


def json_number(points: Fraction) -> int | str:
    """A whole number where it is one, else the exact fraction as text ("269/3"), as JSON has no fractions."""
    return points.numerator if points.denominator == 1 else str(points)
