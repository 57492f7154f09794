"""A second scorer, written naively over the reference figures alone, against ours: every set of every regime.

It knows nothing of the data files or of the scorer's code: loops, integers, fractions and the numbers of the decision.
"""

from __future__ import annotations

import json
import random
from dataclasses import replace
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from ocop.regulations import catalog, combine, read_sheet, score, stars

HERE = Path(__file__).parents[1] / "reference"
SETS = catalog().sets
Figures = dict[str, Any]
Ballot = dict[str, Any]
COUNCILS = (1, 3, 9, 20)  # twenty members make 89.95 of nineteen times 90 and once 89
READINGS = tuple(product(("mean", "each_ballot", "majority"), (True, False), ("highest_held", "two_stars")))


def figures_of(code: str) -> Figures:
    figures: Figures = json.loads((HERE / f"{code}.json").read_text())
    return figures


def criteria_of(figures: Figures) -> list[Figures]:
    return [it for part in figures["parts"] for section in part["sections"] for it in section["criteria"]]


def points_on(ballot: Ballot, code: str) -> int:
    given = ballot.get(code, 0)
    return given["points"] if isinstance(given, dict) else given


def mean_of(ballots: list[Ballot], code: str) -> Fraction:
    total = 0
    for ballot in ballots:
        total += points_on(ballot, code)
    return Fraction(total, len(ballots))


def band_of(total: Fraction) -> int:
    for star, least in ((5, 90), (4, 70), (3, 50), (2, 30)):
        if total >= least:
            return star
    return 1


def gates_of(criterion: Figures, ballots: list[Ballot]) -> dict[int, int]:
    """Of the case that all chose; where they did not agree on one, the lowest of all cases."""
    if "cases" not in criterion:
        return {int(star): least for star, least in criterion.get("gates", {}).items()}
    chosen = set()
    for ballot in ballots:
        given = ballot.get(criterion["code"], 0)
        chosen.add(given["case"] if isinstance(given, dict) else None)
    agreed = next(iter(chosen)) if len(chosen) == 1 else None
    gates: dict[int, int] = {}
    for case in criterion["cases"]:
        if agreed in (None, case["code"]):
            for star, least in case.get("gates", {}).items():
                gates[int(star)] = min(least, gates.get(int(star), least))
    return gates


def read_gate(ballots: list[Ballot], code: str, reading: str) -> Fraction:
    each = [points_on(ballot, code) for ballot in ballots]
    if reading == "each_ballot":
        return Fraction(min(each))
    if reading == "majority":
        most = 0
        for points in each:
            if sum(1 for other in each if other >= points) * 2 > len(each):
                most = max(most, points)
        return Fraction(most)
    return Fraction(sum(each), len(each))


def holds(figures: Figures, ballots: list[Ballot], star: int, reading: str, *, cumulative: bool) -> bool:
    for criterion in criteria_of(figures):
        have = read_gate(ballots, criterion["code"], reading)
        for at, least in gates_of(criterion, ballots).items():
            counts = at <= star if cumulative else at == star
            if counts and have < least:
                return False
    return True


def naive_stars(
    figures: Figures, ballots: list[Ballot], reading: str, *, cumulative: bool, fall_back: str
) -> int:
    total = Fraction(0)
    for criterion in criteria_of(figures):
        total += mean_of(ballots, criterion["code"])
    star = band_of(total)
    while star >= 3:
        if holds(figures, ballots, star, reading, cumulative=cumulative):
            return star
        star = 2 if fall_back == "two_stars" else star - 1
    return star


def choices_of(criterion: Figures, least: int = 0) -> list[Any]:
    if "cases" not in criterion:
        return sorted({it for it in (0, *criterion["levels"]) if it >= least})
    return [
        {"case": case["code"], "points": points}
        for case in criterion["cases"]
        for points in sorted({0, *case["levels"]})
    ]


def ballot_with(rng: random.Random, figures: Figures, total: int, gates_up_to: int) -> Ballot | None:
    """A random ballot of exactly this total that meets the gates up to a star; None where there is none."""
    criteria = criteria_of(figures)
    options = []
    for criterion in criteria:
        gates = [least for star, least in criterion.get("gates", {}).items() if int(star) <= gates_up_to]
        options.append(choices_of(criterion, max(gates, default=0)))
    reachable = [{0}]
    for each in reversed(options):
        amounts = {points_on({"": one}, "") for one in each}
        reachable.append({rest + amount for rest in reachable[-1] for amount in amounts})
    reachable.reverse()
    if total not in reachable[0]:
        return None
    ballot: Ballot = {}
    for criterion, each, rest in zip(criteria, options, reachable[1:], strict=True):
        good = [one for one in each if total - points_on({"": one}, "") in rest]
        ballot[criterion["code"]] = rng.choice(good)
        total -= points_on(ballot, criterion["code"])
    return ballot


def random_ballot(rng: random.Random, figures: Figures) -> Ballot:
    """Some criteria left out; a bare 0 where nothing of any case applies; generous or stern as a whole."""
    ballot: Ballot = {}
    generous = rng.random()
    for criterion in criteria_of(figures):
        options = choices_of(criterion)
        if rng.random() < 0.05:
            continue
        if "cases" in criterion and rng.random() < 0.1:
            ballot[criterion["code"]] = 0
        else:
            ballot[criterion["code"]] = options[-1] if rng.random() < generous else rng.choice(options)
    return ballot


def councils_at_the_bands(rng: random.Random, figures: Figures) -> list[list[Ballot]]:
    """Means just under a band, on it and just over it, with the gates of the star met or left to chance."""
    councils = []
    for least, star in ((90, 5), (70, 4), (50, 3), (30, 2)):
        for members in COUNCILS:
            for odd in (-1, 0, 1):
                gates = star if (members + odd) % 2 else rng.choice((0, star - 1))
                kinds = [ballot_with(rng, figures, least, gates) for _kind in range(min(members - 1, 3))]
                ballots = [kinds[number % len(kinds)] for number in range(members - 1)]
                ballots.append(ballot_with(rng, figures, least + odd, gates))
                councils.append([it for it in ballots if it is not None])
    return [ballots for ballots in councils if ballots]


def compare(code: str, figures: Figures, ballots: list[Ballot], reading: tuple[Any, ...]) -> int:
    it = SETS[code]
    gates_on, cumulative, fall_back = reading
    policy = replace(it.regime.council, gates_on=gates_on, gates_cumulative=cumulative, fall_back=fall_back)
    read = {id(ballot): read_sheet(it, ballot) for ballot in ballots}
    sheets = [read[id(ballot)] for ballot in ballots]
    result = score(it, sheets[0]) if len(sheets) == 1 else combine(it, sheets)
    total = Fraction(0)
    for part in figures["parts"]:
        of_part = Fraction(0)
        for section in part["sections"]:
            of_section = Fraction(0)
            for criterion in section["criteria"]:
                of_section += mean_of(ballots, criterion["code"])
            assert result.sections[section["code"]] == of_section
            of_part += of_section
        assert result.parts[part["code"]] == of_part
        total += of_part
    verdict = stars(it, result, policy)
    expected = naive_stars(figures, ballots, gates_on, cumulative=cumulative, fall_back=fall_back)
    assert (result.total, verdict.band, verdict.stars) == (total, band_of(total), expected), ballots
    assert verdict.recognised == (expected >= 3)
    return expected


@pytest.mark.parametrize("code", sorted(SETS))
def test_the_scorer_agrees_with_the_naive_one(code: str) -> None:
    rng, figures = random.Random(code), figures_of(code)
    seen = set()
    for ballots in councils_at_the_bands(rng, figures):
        seen.add(compare(code, figures, ballots, READINGS[0]))
    for _round in range(12):
        ballots = [random_ballot(rng, figures) for _member in range(rng.choice((1, 2, 5, 9)))]
        compare(code, figures, ballots, rng.choice(READINGS))
    assert seen == {1, 2, 3, 4, 5}


@pytest.mark.parametrize("code", sorted(SETS))
def test_a_hundred_members_a_hundredth_under_a_band(code: str) -> None:
    """49.99 is two stars and 50 is three, were the gates met by everybody."""
    rng, figures = random.Random(code), figures_of(code)
    for least, star in ((50, 3), (70, 4), (90, 5)):
        on, under = (ballot_with(rng, figures, total, star) for total in (least, least - 1))
        assert on is not None
        assert under is not None
        assert compare(code, figures, [on] * 100, READINGS[0]) == star
        assert compare(code, figures, [on] * 99 + [under], READINGS[0]) == star - 1


@pytest.mark.parametrize("code", sorted(SETS))
def test_every_knock_out_ends_it_whatever_the_points(code: str) -> None:
    it, figures = SETS[code], figures_of(code)
    ballot = {c["code"]: choices_of(c)[-1] for c in criteria_of(figures)}
    result = score(it, read_sheet(it, ballot))
    for knock_out in it.knock_outs:
        assert stars(it, result, knocked_out=[knock_out]).stars == 0
    holders = [section for part in figures["parts"] for section in part["sections"]] + criteria_of(figures)
    assert sum(holder.get("knockouts", 0) for holder in holders) >= len(it.knock_outs)
    assert any("knockouts" in holder for holder in holders) == bool(it.knock_outs)
