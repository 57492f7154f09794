"""The way up really leads there, and none is cheaper: brute force on small sets."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocop.regulations import Case, Criterion, Policy, Sheet, after, catalog, path_to, read_sheet

from .made import SETS, TODAY, every_sheet, policies, scale, set_of, sheets, small_sets, stars_of

FRUIT = catalog().criteria_set("QD26-01")


def price(before: Sheet, then: Sheet, codes: list[str]) -> tuple[int, int] | None:
    """Points added and criteria raised; `None` unless `then` only raises, and chooses a case only where it does."""
    gains = [then.points(code) - before.points(code) for code in codes]
    kept = all(
        before.case(code) == then.case(code) or (before.case(code) is None and gain > 0)
        for code, gain in zip(codes, gains, strict=True)
    )
    return (sum(gains), sum(gain > 0 for gain in gains)) if kept and min(gains) >= 0 else None


@settings(max_examples=120, deadline=None)
@given(small_sets().flatmap(lambda it: st.tuples(st.just(it), sheets(it))), policies(), st.integers(2, 5))
def test_no_cheaper_way_exists(pair: Any, policy: Policy, star: int) -> None:
    criteria_set, sheet = pair
    codes = [it.code for it in criteria_set.criteria]
    good = [it for it in every_sheet(criteria_set) if stars_of(criteria_set, it, policy) >= star]
    if stars_of(criteria_set, sheet, policy) >= star:
        good.append(sheet)
    best = min(filter(None, (price(sheet, it, codes) for it in good)), default=None)
    path = path_to(criteria_set, sheet, star, policy)
    if best is None:
        assert path is None
        return
    assert path is not None
    reached = after(sheet, path)
    assert stars_of(criteria_set, reached, policy) >= star
    assert price(sheet, reached, codes) == best == (sum(step.gain for step in path), len(path))


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SETS).flatmap(lambda it: st.tuples(st.just(it), sheets(it))), st.integers(2, 5))
def test_on_real_sets_the_way_leads_there(pair: Any, star: int) -> None:
    criteria_set, sheet = pair
    path = path_to(criteria_set, sheet, star)
    assert path is not None
    reached = after(sheet, path)
    assert stars_of(criteria_set, reached) >= star
    assert (path == ()) == (stars_of(criteria_set, sheet) >= star)
    for step in path:
        assert step.gain > 0
        assert step.after in [lv.points for lv in criteria_set.by_code[step.criterion].scale(step.case)]
    assert path == path_to(criteria_set, sheet, star)


def test_gates_alone_may_be_the_way() -> None:
    """Ninety points without the gates of five stars: only the gated criteria are raised."""
    best = {it.code: it.points for it in FRUIT.criteria}
    sheet = read_sheet(FRUIT, {**best, "1.3": 2})
    assert (sheet.total, stars_of(FRUIT, sheet)) == (99, 4)
    path = path_to(FRUIT, sheet, 5)
    assert path is not None
    assert [(step.criterion, step.before, step.after) for step in path] == [("1.3", 2, 3)]


def test_held_already_and_out_of_reach() -> None:
    it = set_of(Criterion("1", "Một", 9, scale([4, 9], {9: 5})))
    assert path_to(it, read_sheet(it, {"1": 9}), 5) == ()
    low = set_of(Criterion("1", "Một", 4, scale([4], {})))
    assert path_to(low, read_sheet(low, {"1": 4}), 4) is None


def test_a_chosen_case_is_kept_and_an_open_one_is_chosen() -> None:
    cases = (Case("a", "một", scale([2, 5], {})), Case("b", "hai", scale([3], {})))
    it = set_of(Criterion("1", "Một", 5, cases=cases), bands=(0, 1, 2, 3, 5))
    [step] = path_to(it, read_sheet(it, {}), 4) or ()
    assert (step.case, step.after) == ("b", 3)
    [step] = path_to(it, read_sheet(it, {"1": {"case": "a", "points": 0}}), 4) or ()
    assert (step.case, step.after) == ("a", 5)
    assert path_to(it, read_sheet(it, {"1": {"case": "b", "points": 3}}), 5) is None


def test_fewest_points_before_fewest_criteria() -> None:
    it = set_of(
        Criterion("1", "Một", 4, scale([4], {})), *(Criterion(code, code, 1, scale([1], {})) for code in "234"),
        bands=(0, 1, 2, 3, 7),
    )  # fmt: skip
    path = path_to(it, read_sheet(it, {}), 4)
    assert path is not None
    assert [(step.criterion, step.gain) for step in path] == [("2", 1), ("3", 1), ("4", 1)]


@pytest.mark.parametrize("fall_back", ["highest_held", "two_stars"])
def test_does_not_overshoot_into_a_band_whose_gates_are_missed(fall_back: Any) -> None:
    """A raise of 6 lands in the band of five stars, whose gate is missed: that counts only where it is forgiven."""
    it = set_of(
        Criterion("1", "Một", 6, scale([6], {})), Criterion("2", "Hai", 3, scale([1, 2, 3], {3: 5})),
        bands=(0, 1, 2, 4, 6),
    )  # fmt: skip
    path = path_to(it, read_sheet(it, {}), 4, replace(TODAY.council, fall_back=fall_back))
    assert path is not None
    gains = {step.criterion: step.gain for step in path}
    assert gains == ({"1": 6} if fall_back == "highest_held" else {"1": 6, "2": 3})
