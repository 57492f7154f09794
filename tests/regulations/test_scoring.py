"""Points of a sheet and of a council: exact, between the least and the most, never a float."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocop.regulations import (
    catalog,
    combine,
    json_number,
    needs_rescore,
    quorum_needed,
    read_sheet,
    score,
    shown,
)

from .made import SETS, TODAY, best_sheet, sheets

FRUIT = catalog().criteria_set("QD26-01")
COUNCIL = st.sampled_from(SETS).flatmap(
    lambda it: st.tuples(st.just(it), st.lists(sheets(it), min_size=1, max_size=9))
)


def test_points_by_section_and_part() -> None:
    result = score(FRUIT, read_sheet(FRUIT, {"1.1": 3, "2.2": 2, "4.1": 5, "12": 1}))
    assert result.total == 11
    assert result.parts == {"A": 5, "B": 5, "C": 1}
    assert {code: points for code, points in result.sections.items() if points} == {
        "1": 3,
        "2": 2,
        "4": 5,
        "12": 1,
    }


def test_full_marks_are_a_hundred_but_where_the_source_has_less() -> None:
    full = {it.code: score(it, read_sheet(it, best_sheet(it))).total for it in SETS}
    less = {"QD1048-19": 98, "QD148-07": 99, "QD148-11": 97, "QD148-12": 97, "QD148-13": 98}
    assert full == {it.code: less.get(it.code, 100) for it in SETS}


def test_the_mean_is_not_rounded() -> None:
    ballots = [read_sheet(FRUIT, {"1.1": points}) for points in (3, 3, 2)]
    result = combine(FRUIT, ballots)
    assert result.total == result.criteria["1.1"] == Fraction(8, 3)
    assert (result.totals, result.spread) == ((3, 3, 2), 1)


@settings(deadline=None)
@given(COUNCIL)
def test_mean_lies_between_least_and_most(pair: Any) -> None:
    criteria_set, ballots = pair
    result = combine(criteria_set, ballots)
    assert min(result.totals) <= result.total <= max(result.totals)
    assert result.total == Fraction(sum(result.totals), len(ballots))
    assert (
        sum(result.criteria.values())
        == sum(result.sections.values())
        == sum(result.parts.values())
        == result.total
    )
    for code, mean in result.criteria.items():
        each = [ballot.points(code) for ballot in ballots]
        assert min(each) <= mean <= max(each)
    figures = [result.total, *result.criteria.values(), *result.sections.values(), *result.parts.values()]
    assert not any(isinstance(it, float) for it in figures)


@settings(deadline=None)
@given(COUNCIL)
def test_order_of_ballots_does_not_matter(pair: Any) -> None:
    criteria_set, ballots = pair
    assert combine(criteria_set, ballots).criteria == combine(criteria_set, ballots[::-1]).criteria


def test_a_spread_of_ten_is_not_yet_too_far() -> None:
    low = read_sheet(FRUIT, {"1.1": 1})
    ten = read_sheet(FRUIT, {"1.1": 1, "4.1": 5, "4.3": 5})
    eleven = read_sheet(FRUIT, {"1.1": 2, "4.1": 5, "4.3": 5})
    assert not needs_rescore(combine(FRUIT, [low, ten]), TODAY.council)
    assert needs_rescore(combine(FRUIT, [low, eleven]), TODAY.council)


@pytest.mark.parametrize(("seats", "needed"), [(9, 7), (8, 6), (7, 6), (1, 1), (4, 3)])
def test_quorum_is_rounded_up(seats: int, needed: int) -> None:
    assert quorum_needed(TODAY.council, seats) == needed
    assert quorum_needed(replace(TODAY.council, quorum=Fraction(1)), seats) == seats


def test_refuses_no_sheet_and_another_sets_sheet() -> None:
    with pytest.raises(ValueError, match="no sheet"):
        combine(FRUIT, [])
    with pytest.raises(ValueError, match="QD26-01 cannot be scored as QD26-02"):
        score(catalog().criteria_set("QD26-02"), read_sheet(FRUIT, {}))


@pytest.mark.parametrize(
    ("points", "text"),
    [
        (Fraction(8999, 100), "89,99"),
        (Fraction(89999, 1000), "89,99"),
        (Fraction(269, 3), "89,66"),
        (Fraction(90), "90"),
        (Fraction(141, 2), "70,5"),
        (7, "7"),
    ],
)
def test_shown_points_are_cut_and_never_rounded_up(points: Fraction, text: str) -> None:
    assert shown(points) == text


def test_json_numbers() -> None:
    assert (json_number(Fraction(90)), json_number(Fraction(269, 3))) == (90, "269/3")
