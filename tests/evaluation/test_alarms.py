"""What the chair is warned of, against brute force on sheets of every set; pure functions, no database."""

from dataclasses import replace
from fractions import Fraction
from statistics import median as plain_median
from statistics import pvariance

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.meetings.alarms import alarms, apart, near_edge, severe, severities, turning
from evaluation.meetings.figures import deviation, edges, median
from ocop.regulations import band_of, catalog, combine, gate_standings, read_sheet, stars
from tests.regulations import made

TEA = catalog().sets["QD26-11"]
POLICY = TEA.regime.council
NAMES = ["Trung", "Hồ", "Phương", "Thu", "Khánh", "Chín", "Quế", "Ngọc", "Na"]
READINGS = ["mean", "each_ballot", "majority"]


def councils(least: int = 2, most: int = 6):
    return st.lists(made.sheets(TEA), min_size=least, max_size=most)


def sheet(**changed: int):
    """The best sheet but for these: c1_5=2 is 2 points for 1.5."""
    best = made.best_sheet(TEA)
    for name, points in changed.items():
        code = name[1:].replace("_", ".")
        case = TEA.by_code[code].case_codes
        best[code] = {"case": case[0], "points": points} if case else points
    return read_sheet(TEA, best)


def found(sheets, policy=POLICY, agreed=None):
    combined = combine(TEA, sheets, policy)
    return alarms(TEA, combined, policy, agreed=agreed or {}, names=NAMES[: len(sheets)])


@given(st.lists(st.integers(0, 100), min_size=1, max_size=15))
def test_the_middle_and_the_deviation_are_those_of_the_books(totals):
    assert median(totals) == plain_median(map(Fraction, totals))
    cut, exact = deviation(totals), pvariance(map(Fraction, totals))
    assert cut**2 <= exact < (cut + Fraction(1, 10**4)) ** 2


@given(st.integers(0, 900), st.integers(1, 9))
def test_the_distances_lead_exactly_to_the_edges(points, sheets):
    total = min(Fraction(points, sheets), Fraction(100))
    at = edges(TEA.regime, total)
    assert at.band == band_of(TEA.regime, total)
    assert at.over >= 0
    if at.above:
        assert band_of(TEA.regime, total + at.to_next) == at.above
        assert band_of(TEA.regime, total + at.to_next - Fraction(1, 10**9)) == at.band
    if at.can_fall:
        assert band_of(TEA.regime, total - at.over) == at.band
        assert band_of(TEA.regime, total - at.over - Fraction(1, 10**9)).star < at.band.star


@settings(max_examples=60, deadline=None)
@given(councils())
def test_near_an_edge_means_a_point_away_on_either_side(sheets):
    combined = combine(TEA, sheets, POLICY)
    near = {band.star for band in TEA.regime.bands if band.least and abs(combined.total - band.least) <= 1}
    assert bool(list(near_edge(TEA.regime, combined))) == bool(near)


def test_just_below_an_edge_the_missing_is_named_and_never_nothing():
    (alarm,) = near_edge(TEA.regime, replace(combine(TEA, [sheet()], POLICY), total=Fraction(89999, 1000)))
    assert alarm.what == "Điểm trung bình 89,99 chỉ thiếu chưa đến 0,01 điểm để vào khung 5 sao."


@settings(max_examples=60, deadline=None)
@given(councils(), st.integers(0, 30))
def test_apart_is_said_exactly_when_the_totals_are(sheets, most):
    policy = replace(POLICY, max_spread=Fraction(most))
    combined = combine(TEA, sheets, policy)
    said = list(apart(TEA, combined, policy, NAMES[: len(sheets)]))
    assert bool(said) == (max(combined.totals) - min(combined.totals) > most)


@settings(max_examples=40, deadline=None)
@given(councils(2, 5), st.sampled_from(READINGS))
def test_a_sheet_turns_a_gate_exactly_if_its_other_vote_does(sheets, reading):
    """Brute force: with the other vote on the sheet, the law's own function finds the gate on the other side."""
    policy = replace(POLICY, gates_on=reading)
    combined = combine(TEA, sheets, policy)
    for gate in gate_standings(TEA, combined, policy, {}):
        criterion = TEA.by_code[gate.criterion]
        for n in turning(TEA, combined, policy, gate):
            below = [
                it.points for it in criterion.scale(sheets[n].case(criterion.code)) if it.points < gate.least
            ]
            other = gate.least if not gate.holds else max(below, default=0)
            marks = {code: {"case": it.case, "points": it.points} if it.case else it.points
                     for code, it in sheets[n].marks.items()}  # fmt: skip
            case = sheets[n].case(criterion.code)
            if criterion.cases and case is None:
                continue  # no level can be ticked without its case
            marks[criterion.code] = {"case": case, "points": other} if case else other
            turned = [*sheets[:n], read_sheet(TEA, marks), *sheets[n + 1 :]]
            missed = {
                (it.criterion, it.star)
                for it in gate_standings(TEA, combine(TEA, turned, policy), policy, {})
                if not it.holds
            }
            assert ((gate.criterion, gate.star) in missed) == gate.holds


GATED = next(it for it in TEA.criteria if it.gates and not it.cases)
STAR, LEAST = max(GATED.gates.items())
LOWER = max(level.points for level in GATED.levels if level.points < LEAST)


def votes(yes: int, no: int):
    name = "c" + GATED.code.replace(".", "_")
    return [*(sheet(**{name: LEAST}) for _ in range(yes)), *(sheet(**{name: LOWER}) for _ in range(no))]


def one_vote(sheets, reading):
    said = [it for it in found(sheets, replace(POLICY, gates_on=reading)) if it.kind == "one_vote"]
    return [it.names for it in said if f"tiêu chí {GATED.code} " in it.what]


def test_a_majority_of_one_is_an_alarm_that_names_those_who_could_turn_it():
    assert one_vote(votes(3, 2), "majority") == [("Trung", "Hồ", "Phương")]
    assert one_vote(votes(2, 3), "majority") == [("Phương", "Thu", "Khánh")]
    assert one_vote(votes(4, 1), "majority") == []


def test_where_all_must_reach_it_the_single_one_against_is_the_alarm():
    assert one_vote(votes(4, 1), "each_ballot") == [("Khánh",)]
    assert one_vote(votes(3, 2), "each_ballot") == []
    assert one_vote(votes(5, 0), "each_ballot") == []


def test_a_level_agreed_on_leaves_no_vote_to_decide():
    said = found(votes(3, 2), replace(POLICY, gates_on="majority"), {GATED.code: LEAST})
    assert [it for it in said if it.kind == "one_vote" and f"tiêu chí {GATED.code} " in it.what] == []


@settings(max_examples=60, deadline=None)
@given(councils(4, 6))
def test_severities_weigh_out_and_follow_the_sheet_not_the_seat(sheets):
    combined = combine(TEA, sheets, POLICY)
    by_seat = severities(TEA, combined)
    assert sum(by_seat) == pytest.approx(0, abs=1e-9)
    turned = severities(TEA, combine(TEA, sheets[::-1], POLICY))
    assert turned[::-1] == pytest.approx(by_seat)


def test_who_is_far_from_all_on_everything_is_named_to_the_leaders_alone():
    low = {
        f"c{it.code.replace('.', '_')}": min(level.points for level in it.scales[0]) for it in TEA.criteria
    }
    (alarm,) = severe(TEA, combine(TEA, [sheet(), sheet(), sheet(), sheet(**low)], POLICY), NAMES[:4])
    assert (alarm.names, alarm.is_private) == (("Thu",), True)
    assert "thấp hơn" in alarm.what


def test_alone_on_two_criteria_or_among_three_nobody_is_severe():
    two = [it for it in TEA.criteria if not it.cases][:2]
    alone = sheet(**{f"c{it.code.replace('.', '_')}": 0 for it in two})
    assert list(severe(TEA, combine(TEA, [sheet()] * 8 + [alone], POLICY), NAMES)) == []
    none = read_sheet(TEA, {})
    assert list(severe(TEA, combine(TEA, [sheet(), sheet(), none], POLICY), NAMES[:3])) == []


def test_all_alike_and_far_from_every_edge_there_is_nothing_to_say():
    assert found([sheet()] * 9) == []


@settings(max_examples=40, deadline=None)
@given(made.sheets(TEA))
def test_every_alarm_says_what_why_and_what_to_do(one):
    said = found([one, sheet(), sheet(), sheet()])
    assert all(it.what and it.why and it.todo for it in said)
    assert {it.kind for it in said if it.is_private} <= {"severe"}


@settings(max_examples=40, deadline=None)
@given(councils(2, 5), st.sampled_from(READINGS))
def test_the_gates_of_the_summary_are_those_of_the_verdict(sheets, reading):
    policy = replace(POLICY, gates_on=reading)
    combined = combine(TEA, sheets, policy)
    verdict = stars(TEA, combined, policy)
    lost = {(it.criterion, it.star) for it in gate_standings(TEA, combined, policy, {}) if not it.holds}
    assert {(it.criterion, it.star) for it in verdict.missed} <= lost
    assert all(it.lacks == it.least - it.have for it in gate_standings(TEA, combined, policy, {}) if it.lacks)
