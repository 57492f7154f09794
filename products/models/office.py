"""Which office of the tenant stands behind which kinds of paper: it confirms once that a paper is genuine."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import OrgUnit, UnitKind, User
from ocop.orgs.rights import covered_paths
from ocop.orgs.text import unaccented
from ocop.tenancy.models import TenantModel

DATA = Path(__file__).parents[1] / "data" / "offices.yaml"
CONFIRMS = "products.confirm_paper"


class PaperOffice(TenantModel):
    """Written over what the product comes with for an office of that name; without kinds it confirms nothing."""

    unit = models.OneToOneField(OrgUnit, models.PROTECT, related_name="paper_office")
    kinds = ArrayField(
        models.CharField(max_length=40), verbose_name=_("loại giấy tờ"), default=list, blank=True
    )  # of the regimes' evidence catalogues
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.unit)


@dataclass(frozen=True)
class Office:
    """A department of the tenant and the kinds of paper that are its own."""

    unit: OrgUnit
    kinds: frozenset[str]


def offices() -> list[Office]:
    """Those that exist today, by name; in one query."""
    units = OrgUnit.objects.filter(kind=UnitKind.DEPARTMENT).open_on(timezone.localdate())
    return [Office(unit, _kinds_of(unit)) for unit in units.select_related("paper_office")]


def offices_owning(kind: str) -> list[OrgUnit]:
    """More than one where the product decides which of them gave the paper."""
    return [it.unit for it in offices() if kind in it.kinds]


def kinds_confirmed_by(user: Any) -> frozenset[str]:
    """The kinds of the offices that this person speaks for; nothing is asked of whoever speaks for none."""
    paths = covered_paths(user, CONFIRMS)
    if not paths:
        return frozenset()
    return frozenset().union(*(it.kinds for it in offices() if it.unit.path.startswith(paths)))


def _kinds_of(unit: OrgUnit) -> frozenset[str]:
    written = getattr(unit, "paper_office", None)
    if written is not None:
        return frozenset(written.kinds)
    name = unit.name_ascii.lower()
    return frozenset().union(*(kinds for words, kinds in _given() if words in name))


@cache
def _given() -> tuple[tuple[str, frozenset[str]], ...]:
    rows = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return tuple((unaccented(it["named"]).lower(), frozenset(it["kinds"])) for it in rows)
