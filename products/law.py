"""The law as this installation has loaded it, and what it says about one dossier."""

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ocop.orgs.models import OrgUnit
from ocop.regulations import Catalog, CriteriaSet, Regime, Tier, catalog


def law() -> Catalog:
    """Read once a process, an operator's own files included."""
    return catalog(Path(settings.REGULATIONS_DIR)) if settings.REGULATIONS_DIR else catalog()


def regime(code: str) -> Regime:
    return law().regime(code)


def criteria_set(code: str) -> CriteriaSet:
    return law().criteria_set(code)


def set_name(code: str) -> str:
    """The name of a criteria set, "" where it is not loaded."""
    found = law().sets.get(code)
    return found.name if found else ""


def regime_on(on: dt.date) -> Regime:
    """The regime of a dossier filed that day; ValidationError before the first."""
    found = law().regime_on(on)
    if found is None:
        raise ValidationError(_("Ngày này chưa có quyết định nào về đánh giá, phân hạng có hiệu lực."))
    return found


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


def line_of(unit: OrgUnit) -> list[OrgUnit]:
    """The unit and those above it, from below."""
    ids = [int(part) for part in unit.path.strip("/").split("/")]
    found = OrgUnit.objects.select_related("place").in_bulk(ids)
    return [found[pk] for pk in reversed(ids)]
