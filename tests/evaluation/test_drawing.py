"""The draw itself: sector, load, a seed; no database."""

from collections import Counter

import pytest

from evaluation.meetings.drawing import Scorer, Wanted, draw


def pairs(products, scorers, seed="a", **more):
    return draw(products, scorers, seed, **more)


def test_everybody_carries_the_same_to_within_one():
    scorers = [Scorer(n) for n in range(9)]
    drawn = pairs([Wanted(n, "I", 5) for n in range(30)], scorers)
    loads = Counter(key for keys in drawn.values() for key in keys)
    assert {len(keys) for keys in drawn.values()} == {5}
    assert max(loads.values()) - min(loads.values()) <= 1


def test_who_knows_the_sector_comes_before_who_does_not():
    scorers = [
        Scorer(1, frozenset(["IV"])),
        Scorer(2, frozenset(["I"])),
        Scorer(3),
        Scorer(4, frozenset(["II"])),
    ]
    assert set(pairs([Wanted(1, "I", 2)], scorers)[1]) == {2, 3}
    assert set(pairs([Wanted(1, "I", 3)], scorers)[1]) > {2, 3}


def test_the_rare_sector_is_served_before_the_common_one():
    """The only one who knows crafts is kept for the craft, though food comes first on the agenda."""
    scorers = [Scorer(1, frozenset(["I"])), Scorer(2, frozenset(["I", "IV"]))]
    assert pairs([Wanted(1, "I", 1), Wanted(2, "IV", 1)], scorers) == {1: [1], 2: [2]}


def test_nobody_barred_is_drawn_and_too_few_are_all():
    scorers = [Scorer(n) for n in range(4)]
    assert set(pairs([Wanted(1, "I", 4, barred=frozenset([0, 1]))], scorers)[1]) == {2, 3}


def test_who_is_kept_counts_and_is_not_drawn_again():
    scorers = [Scorer(n) for n in range(4)]
    drawn = pairs([Wanted(1, "I", 3, kept=frozenset([0, 1]))], scorers)
    assert (len(drawn[1]), set(drawn[1]) <= {2, 3}) == (1, True)


def test_the_loads_of_before_weigh():
    assert pairs([Wanted(1, "I", 1)], [Scorer(1), Scorer(2)], loads={1: 3}) == {1: [2]}


@pytest.mark.parametrize("seed", ["0", "c0ffee"])
def test_the_same_facts_and_seed_draw_the_same(seed):
    products, scorers = [Wanted(n, "I", 3) for n in range(10)], [Scorer(n) for n in range(9)]
    assert pairs(products, scorers, seed) == pairs(products[::-1], scorers[::-1], seed)


def test_another_seed_draws_otherwise():
    products, scorers = [Wanted(n, "I", 3) for n in range(10)], [Scorer(n) for n in range(9)]
    assert pairs(products, scorers, "1") != pairs(products, scorers, "2")
