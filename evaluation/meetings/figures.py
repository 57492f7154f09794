"""What the sealed sheets say together beside their mean: middle, deviation, distances, gates. Pure functions."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ocop.regulations import Band, Regime, band_of

EXACT = 10**4  # a root is irrational: it is cut after four decimals


def median(numbers: Sequence[int]) -> Fraction:
    """The middle one, or half-way between the two in the middle."""
    ordered = sorted(numbers)
    half = len(ordered) // 2
    return Fraction(ordered[half] + ordered[-half - 1], 2)


def deviation(numbers: Sequence[int]) -> Fraction:
    """The standard deviation of these sheets themselves, cut after four decimals."""
    mean = Fraction(sum(numbers), len(numbers))
    variance = sum((it - mean) ** 2 for it in numbers) / len(numbers)
    return Fraction(math.isqrt(math.floor(variance * EXACT**2)), EXACT)


@dataclass(frozen=True)
class Edges:
    """How far a mean lies from its band's ends; None at the end of the scale."""

    band: Band
    above: Band | None

    total: Fraction

    @property
    def to_next(self) -> Fraction | None:
        """What is missing to the next band."""
        return self.above.least - self.total if self.above else None

    @property
    def over(self) -> Fraction:
        """What it has over the edge below: a hair more lost, and it falls."""
        return self.total - self.band.least

    @property
    def can_fall(self) -> bool:
        return self.band.least > 0


def edges(regime: Regime, total: Fraction) -> Edges:
    """The band of an exact total and the one above."""
    band = band_of(regime, total)
    higher = sorted((it for it in regime.bands if it.star > band.star), key=lambda it: it.star)
    return Edges(band, higher[0] if higher else None, Fraction(total))
