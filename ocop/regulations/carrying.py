"""A sheet of one set read into another: only where criterion and level read the same does a mark carry over."""

from __future__ import annotations

from collections import Counter

from .sets import CriteriaSet, Criterion
from .sheets import Mark, Sheet


def carry_over(old: CriteriaSet, new: CriteriaSet, sheet: Sheet) -> dict[str, tuple[str, Mark]]:
    """{code in `new`: (code in `old`, mark)}; a law that words a level otherwise asks for a new answer."""
    if old == new:
        return {code: (code, mark) for code, mark in sheet.marks.items()}
    named = _unambiguous(new)
    carried = {}
    for criterion in old.criteria:
        mark, same = sheet.marks.get(criterion.code), named.get(criterion.name.casefold())
        if mark is None or same is None or criterion.name.casefold() not in _unambiguous(old):
            continue
        found = _same_level(criterion, same, mark)
        if found is not None:
            carried[same.code] = (criterion.code, found)
    return carried


def _unambiguous(it: CriteriaSet) -> dict[str, Criterion]:
    """Criteria by name, without names that stand twice in the set."""
    count = Counter(criterion.name.casefold() for criterion in it.criteria)
    return {one.name.casefold(): one for one in it.criteria if count[one.name.casefold()] == 1}


def _same_level(old: Criterion, new: Criterion, mark: Mark) -> Mark | None:
    label = next((it.label for it in old.scale(mark.case) if it.points == mark.points), None)
    cases = new.case_codes or (None,)
    found = [
        Mark(level.points, case)
        for case in cases
        for level in new.scale(case)
        if label and level.label == label
    ]
    return found[0] if len(found) == 1 else None
