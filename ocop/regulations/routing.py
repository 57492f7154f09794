"""Where a product goes after a tier's part: certified here, sent up, sent back or not recognised."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from .regimes import Regime, Tier


@dataclass(frozen=True)
class Outcome:
    """`tier` receives the file; `stars` are what this tier certifies, or could should the file come back.

    `choices` are what the lower tier may do with a file that is sent back to it.
    """

    kind: Literal["forward", "certify", "send_up", "send_back", "not_recognised"]
    stars: int | None = None
    tier: str | None = None
    choices: tuple[str, ...] = ()


def next_tier(
    regime: Regime,
    tier: str,
    total: Fraction | int | None = None,
    stars: int | None = None,
    *,
    after_answer: bool = False,
) -> Outcome:
    """What follows from a tier's result; a tier that only reports forwards without total and stars.

    Sending up goes by the points, as the decisions say it, once the product would be recognised at all.
    `after_answer`: the tier above has spoken and is not asked twice; this tier certifies as far as it may.
    """
    here = regime.tier(tier)
    if not here.scores:
        return Outcome("forward", tier=here.forwards_to)
    if total is None or stars is None:
        raise ValueError(f"tier {tier} of {regime.code} scores: its total and stars are needed")
    up = None if after_answer else here.sends_up
    if after_answer:
        stars = _certifiable(here, stars) or stars
    if up and up.least <= total and (up.below is None or total < up.below) and stars >= up.least_stars:
        return Outcome("send_up", stars=_certifiable(here, stars), tier=up.to)
    if stars in here.certifies:
        return Outcome("certify", stars=stars)
    if here.sends_back_to:
        return Outcome(
            "send_back", tier=here.sends_back_to, choices=regime.tier(here.sends_back_to).on_return
        )
    return Outcome("not_recognised")


def certifier(regime: Regime, stars: int) -> Tier | None:
    """The tier that certifies this many stars, `None` where nobody does."""
    return next((tier for tier in regime.tiers if stars in tier.certifies), None)


def _certifiable(tier: Tier, stars: int) -> int | None:
    return max((star for star in tier.certifies if star <= stars), default=None)
