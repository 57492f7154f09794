"""Who may show at a fair, and how a certificate stands on a day. No Django here."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Standing = Literal["valid", "soon", "expired", "revoked", "replaced", "future"]
SOON_DAYS = 60  # house rule: from here on the public reads "expires soon"


@dataclass(frozen=True)
class Facts:
    """What of a certificate the rules ask: all of it is printed or published."""

    state: Literal["in_force", "revoked", "replaced"]
    stars: int
    issued_on: dt.date
    last_day: dt.date
    revoked_on: dt.date | None = None


@dataclass(frozen=True)
class Refusal:
    """Why not: a code of `promotion.sentences` and what its sentence is filled with."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


def standing(facts: Facts, on: dt.date) -> Standing:
    """How the certificate stands on that day, the authority's word before the calendar's."""
    if facts.state != "in_force":
        return facts.state
    if on < facts.issued_on:
        return "future"
    if on > facts.last_day:
        return "expired"
    return "soon" if (facts.last_day - on).days <= SOON_DAYS else "valid"


def refusals(facts: Facts, *, starts_on: dt.date, ends_on: dt.date, least_stars: int) -> list[Refusal]:
    """Every reason why this certificate may not show at an event of these days; none: it may.

    It must hold on each day of the event, both ends counted, with the stars the event asks for.
    """
    found = []
    if facts.state == "revoked":
        found.append(Refusal("revoked", {"day": facts.revoked_on}))
    if facts.state == "replaced":
        found.append(Refusal("replaced"))
    if facts.stars < least_stars:
        found.append(Refusal("stars", {"stars": facts.stars, "least": least_stars}))
    if starts_on < facts.issued_on:
        found.append(Refusal("not_yet", {"day": facts.issued_on, "starts": starts_on}))
    if facts.last_day < starts_on:
        found.append(Refusal("expired", {"day": facts.last_day}))
    elif facts.last_day < ends_on:
        found.append(Refusal("expires_during", {"day": facts.last_day, "ends": ends_on}))
    return found
