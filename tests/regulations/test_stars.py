"""Bands are half-open, gates hold a product back, knock-outs end it, and every reason is said."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocop.regulations import (
    CriteriaSet,
    Criterion,
    KnockOut,
    MissedGate,
    Policy,
    Sheet,
    band_of,
    catalog,
    combine,
    read_sheet,
    score,
    stars,
)

from .made import SETS, TODAY, policies, scale, set_of, sheets, small_sets

RULES = TODAY.council
FREE = Criterion("1", "Không mức tối thiểu", 6, scale(list(range(7)), {}))
GATED = Criterion("2", "Có mức tối thiểu", 4, scale([1, 2, 3, 4], {1: 3, 2: 4, 4: 5}))
SMALL = set_of(FREE, GATED)  # bands from 0, 3, 5, 7, 9


def verdict(free: int, gated: int, policy: Policy = RULES, **more: Any) -> Any:
    return stars(SMALL, score(SMALL, read_sheet(SMALL, {"1": free, "2": gated})), policy, **more)


@pytest.mark.parametrize(
    ("total", "star"),
    [
        (Fraction(100), 5),
        (Fraction(90), 5),
        (Fraction(90) - Fraction(1, 10**12), 4),
        (Fraction(70), 4),
        (Fraction(6999999, 100000), 3),
        (Fraction(50), 3),
        (Fraction(4999, 100), 2),
        (Fraction(30), 2),
        (Fraction(2999, 100), 1),
        (Fraction(0), 1),
    ],
)
def test_bands_are_half_open(total: Fraction, star: int) -> None:
    assert band_of(TODAY, total).star == star


def test_a_missed_gate_holds_a_product_below_its_band() -> None:
    held = verdict(6, 3)
    assert (held.band, held.stars, held.recognised) == (5, 4, True)
    assert held.missed == (MissedGate("2", 5, 4, Fraction(3)),)
    assert [str(reason) for reason in held.reasons] == [
        "Tổng điểm 9 thuộc khung 5 sao.",
        "Tiêu chí 2 (Có mức tối thiểu) cần ít nhất 4 điểm để đạt 5 sao, hiện có 3.",
        "Vì chưa đạt mức tối thiểu nên xếp 4 sao.",
    ]


def test_without_the_gates_of_three_stars_it_is_two() -> None:
    held = verdict(6, 0)
    assert (held.band, held.stars, held.recognised) == (3, 2, False)
    assert held.missed == (MissedGate("2", 3, 1, Fraction(0)),)
    assert str(held.reasons[-1]) == "Dưới 3 sao không được công nhận."


def test_below_three_stars_no_gate_counts() -> None:
    held = verdict(4, 0)
    assert (held.band, held.stars, held.missed) == (2, 2, ())


def test_cumulative_or_not() -> None:
    other = Criterion("3", "Chỉ 3 sao", 1, scale([0, 1], {1: 3}))
    both = set_of(FREE, GATED, other)
    result = score(both, read_sheet(both, {"1": 6, "2": 4}))
    assert stars(both, result, RULES).stars == 2
    loose = stars(both, result, replace(RULES, gates_cumulative=False))
    assert (loose.stars, loose.missed) == (5, ())


def test_fall_back_to_two_stars() -> None:
    assert verdict(6, 3, replace(RULES, fall_back="two_stars")).stars == 2
    assert verdict(6, 4, replace(RULES, fall_back="two_stars")).stars == 5


@pytest.mark.parametrize(
    ("reading", "awarded"), [("mean", 3), ("each_ballot", 2), ("majority", 4), ("agreed", 3)]
)
def test_how_gates_are_read(reading: Any, awarded: int) -> None:
    """Five ballots of a criterion that needs 1 for three stars and 2 for four: mean 1.4, least 0, most of them 2."""
    marks = (2, 2, 2, 0, 1)
    ballots = [read_sheet(SMALL, {"1": 6, "2": mark}) for mark in marks]
    result = combine(SMALL, ballots)
    assert result.total == Fraction(37, 5)
    held = stars(SMALL, result, replace(RULES, gates_on=reading))
    assert (held.band, held.stars) == (4, awarded)
    assert held.unagreed == (("2",) if reading == "agreed" else ())


def test_a_majority_is_more_than_half() -> None:
    ballots = [read_sheet(SMALL, {"1": 6, "2": mark}) for mark in (2, 2, 0, 0)]
    assert stars(SMALL, combine(SMALL, ballots), replace(RULES, gates_on="majority")).stars == 2


@pytest.mark.parametrize("reading", ["mean", "each_ballot", "majority", "agreed"])
def test_an_agreed_level_overrides_every_reading(reading: Any) -> None:
    policy = replace(RULES, gates_on=reading)
    assert verdict(6, 3, policy, agreed={"2": 4}).stars == 5
    assert verdict(6, 4, policy, agreed={"2": 1}).stars == 3
    assert verdict(6, 4, policy, agreed={"2": 1}).unagreed == ()


def test_a_knock_out_ends_it() -> None:
    foreign = KnockOut("tap-chat", "Có tạp chất nguy hại", zero_of=("2",))
    it = set_of(FREE, replace(GATED, knock_outs=(foreign,)))
    clean = score(it, read_sheet(it, {"1": 6, "2": 4}))
    out = stars(it, clean, RULES, knocked_out=["tap-chat"])
    assert (out.stars, out.band, out.recognised, out.knock_outs) == (0, 5, False, (foreign,))
    assert "Bị loại: Có tạp chất nguy hại." in [str(reason) for reason in out.reasons]
    with pytest.raises(KeyError):
        stars(it, clean, RULES, knocked_out=["khac"])


def test_a_zero_that_is_a_knock_out_is_an_alert_until_the_council_says_so() -> None:
    foreign = KnockOut("tap-chat", "Có tạp chất nguy hại", zero_of=("2",))
    it = set_of(FREE, replace(GATED, knock_outs=(foreign,)))
    given_zero = stars(it, score(it, read_sheet(it, {"1": 6, "2": 0})), RULES)
    assert (given_zero.stars, given_zero.alerts) == (2, (foreign,))
    left_out = stars(it, score(it, read_sheet(it, {"1": 6})), RULES)
    assert left_out.alerts == ()


def test_water_set_alerts_at_a_zero_in_any_safety_indicator() -> None:
    water = catalog().criteria_set("QD26-16")
    [knock_out] = [it for it in water.knock_outs.values() if it.zero_of]
    assert knock_out.zero_of == ("6.1", "6.2", "6.3", "6.4")
    assert stars(water, score(water, read_sheet(water, {"6.1": 0}))).alerts == (knock_out,)
    assert stars(water, score(water, read_sheet(water, {"6.1": 3}))).alerts == ()


def test_gates_of_the_chosen_case() -> None:
    from_case = catalog().criteria_set("QD26-26")
    assert all(it.gates == {} for it in from_case.criteria if it.cases)


@settings(deadline=None)
@given(
    st.sampled_from(SETS).flatmap(lambda it: st.tuples(st.just(it), sheets(it, whole=True), st.data())),
    policies(),
)
def test_more_points_never_lower_the_stars(triple: Any, policy: Policy) -> None:
    """Holds for every reading and cumulative gates with the fall-back; other rules may punish a higher band."""
    criteria_set, sheet, data = triple
    policy = replace(policy, gates_cumulative=True, fall_back="highest_held")
    better = _raised(criteria_set, sheet, data)
    before, after = (stars(criteria_set, score(criteria_set, it), policy).stars for it in (sheet, better))
    assert before <= after


def _raised(criteria_set: CriteriaSet, sheet: Sheet, data: st.DataObject) -> Sheet:
    raw: dict[str, object] = {}
    for it in criteria_set.criteria:
        have, case = sheet.points(it.code), sheet.case(it.code)
        more = data.draw(st.sampled_from([have, *(lv.points for lv in it.scale(case) if lv.points > have)]))
        raw[it.code] = {"case": case, "points": more} if case else more
    return read_sheet(criteria_set, raw)


@settings(deadline=None)
@given(
    small_sets().flatmap(lambda it: st.tuples(st.just(it), st.lists(sheets(it), min_size=1, max_size=5))),
    policies(),
)
def test_a_verdict_always_agrees_with_itself(pair: Any, policy: Policy) -> None:
    criteria_set, ballots = pair
    held = stars(criteria_set, combine(criteria_set, ballots), policy)
    assert 1 <= held.stars <= held.band <= 5
    assert held.recognised == (held.stars >= 3)
    assert (held.stars < held.band) == bool(held.missed)
    assert all(held.stars < gate.star <= held.band and gate.have < gate.least for gate in held.missed)
    assert len(held.reasons) >= 1 + len(held.missed)
