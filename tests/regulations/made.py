"""Small sets made up for the tests, and strategies that fill sheets of any set."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from hypothesis import strategies as st

from ocop.regulations import (
    Band,
    Case,
    CriteriaSet,
    Criterion,
    Level,
    Part,
    Policy,
    Regime,
    Section,
    Sheet,
    catalog,
    read_sheet,
    score,
    stars,
)

TODAY = catalog().regime("26/2026")
SETS = tuple(catalog().sets.values())


def points_of(criterion: Criterion) -> list[object]:
    """Every value a scorer may give a criterion, 0 among them."""
    if not criterion.cases:
        return sorted({0, *(level.points for level in criterion.levels)})
    scales = [(case.code, sorted({0, *(level.points for level in case.levels)})) for case in criterion.cases]
    return [0, *({"case": code, "points": points} for code, scale in scales for points in scale)]


def raw_sheets(criteria_set: CriteriaSet, *, whole: bool = False) -> st.SearchStrategy[dict[str, object]]:
    """Sheets as JSON, with criteria left out unless `whole`."""
    values = {it.code: st.sampled_from(points_of(it)) for it in criteria_set.criteria}
    return st.fixed_dictionaries(values) if whole else st.fixed_dictionaries({}, optional=values)


def sheets(criteria_set: CriteriaSet, *, whole: bool = False) -> st.SearchStrategy[Sheet]:
    return raw_sheets(criteria_set, whole=whole).map(lambda raw: read_sheet(criteria_set, raw))


def best_sheet(criteria_set: CriteriaSet) -> dict[str, object]:
    """The most that can be ticked, in the first case where there are cases."""
    most = {it.code: max(level.points for level in it.scales[0]) for it in criteria_set.criteria}
    return {
        it.code: {"case": it.case_codes[0], "points": most[it.code]} if it.cases else most[it.code]
        for it in criteria_set.criteria
    }


def every_sheet(criteria_set: CriteriaSet) -> list[Sheet]:
    """All sheets of a small set, for brute force."""
    codes = [it.code for it in criteria_set.criteria]
    choices = product(*(points_of(it) for it in criteria_set.criteria))
    return [read_sheet(criteria_set, dict(zip(codes, choice, strict=True))) for choice in choices]


def stars_of(criteria_set: CriteriaSet, sheet: Sheet, policy: Policy | None = None) -> int:
    return stars(criteria_set, score(criteria_set, sheet), policy).stars


def set_of(*criteria: Criterion, bands: tuple[int, ...] = (0, 3, 5, 7, 9)) -> CriteriaSet:
    """One part, one section, the given criteria; `bands` are the least totals of 1, 2, 3, … stars."""
    total = sum(it.points for it in criteria)
    made = tuple(Band(star, least, f"{star}", star >= 3) for star, least in enumerate(bands, 1))
    regime: Regime = replace(TODAY, bands=made, parts=(replace(TODAY.parts[0], points=total),))
    section = Section("1", "Phần", total, tuple(criteria))
    return CriteriaSet(
        code="QD26-99",
        set_no=99,
        version=1,
        name="Bộ thử",
        category=TODAY.categories[0],
        group=None,
        sub_group=None,
        ministries=(),
        sample_units=0,
        parts=(Part("A", "Phần A", total, (section,)),),
        regime=regime,
    )


def scale(points: list[int], marks: dict[int, int]) -> tuple[Level, ...]:
    return tuple(Level(it, f"mức {it}", marks.get(it)) for it in points)


@st.composite
def criteria(draw: st.DrawFn, code: str) -> Criterion:
    """A criterion of up to three levels, with rising gates, sometimes with two cases."""

    def one() -> tuple[Level, ...]:
        points = sorted(draw(st.sets(st.integers(0, 4), min_size=1, max_size=3)) | {4})
        marked = sorted(draw(st.sets(st.sampled_from(points), max_size=2)))
        marks = sorted(draw(st.sets(st.sampled_from([3, 4, 5]), min_size=len(marked), max_size=len(marked))))
        return scale(points, dict(zip(marked, marks, strict=True)))

    if draw(st.integers(0, 4)):
        return Criterion(code, f"tiêu chí {code}", 4, one())
    return Criterion(code, f"tiêu chí {code}", 4, cases=(Case("a", "một", one()), Case("b", "hai", one())))


@st.composite
def small_sets(draw: st.DrawFn) -> CriteriaSet:
    made = [draw(criteria(str(number))) for number in range(1, draw(st.integers(2, 4)) + 1)]
    total = 4 * len(made)
    leasts = sorted(draw(st.sets(st.integers(1, total), min_size=4, max_size=4)))
    return set_of(*made, bands=(0, *leasts))


def policies() -> st.SearchStrategy[Policy]:
    return st.builds(
        lambda gates_on, cumulative, fall_back: replace(
            TODAY.council, gates_on=gates_on, gates_cumulative=cumulative, fall_back=fall_back
        ),
        st.sampled_from(["mean", "each_ballot", "majority", "agreed"]),
        st.booleans(),
        st.sampled_from(["highest_held", "two_stars"]),
    )
