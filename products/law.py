"""What the law of this installation says about one dossier: where it is filed and who receives it."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ocop.law import criteria_set, law, regime, regime_on, set_name
from ocop.orgs.models import OrgUnit
from ocop.regulations import Regime, Tier, finish_by

__all__ = [
    "criteria_set",
    "first_tier",
    "last_day_of",
    "law",
    "line_of",
    "receiving_tier",
    "regime",
    "regime_on",
    "set_name",
    "set_names",
    "set_numbered",
    "unit_at",
]


def first_tier(code: str) -> Tier:
    """Where the producer files: the tier that reports."""
    return regime(code).tiers[0]


def receiving_tier(code: str) -> Tier:
    """Where the first tier sends the dossier on to."""
    it = regime(code)
    return it.tier(it.tiers[0].forwards_to or it.tiers[0].code)


def unit_at(unit: OrgUnit, tier: Tier) -> OrgUnit:
    """The unit of that tier over this one: itself or an ancestor; ValidationError where there is none."""
    for one in line_of(unit):
        if one.kind == tier.unit_kind:
            return one
    raise ValidationError(
        _("%(unit)s không có đơn vị %(tier)s ở trên.") % {"unit": unit, "tier": tier.name.lower()}
    )


def last_day_of(dossier_regime: str, kind: str) -> dt.date | None:
    """The last day a dossier of this regime may be finished under it; None while the regime is in force."""
    return finish_by(regime(dossier_regime), kind, law().regimes.values())


def line_of(unit: OrgUnit) -> list[OrgUnit]:
    """The unit and those above it, from below."""
    ids = [int(part) for part in unit.path.strip("/").split("/")]
    found = OrgUnit.objects.select_related("place").in_bulk(ids)
    return [found[pk] for pk in reversed(ids)]


def set_names() -> dict[int, str]:
    """The sets of the newest law, by their number in its annex."""
    return {it.set_no: it.name for it in law().sets_of(_newest().code)}


def set_numbered(typed: str) -> str:
    """The code of a set from its number in the newest annex, or from the code itself; "" where there is none."""
    number = typed.lstrip("0")
    if number.isdecimal() and int(number) in set_names():
        return f"{_newest().set_prefix}{int(number):02d}"
    return typed.upper() if typed.upper() in law().sets else ""


def _newest() -> Regime:
    return max(law().regimes.values(), key=lambda it: it.files_from)
