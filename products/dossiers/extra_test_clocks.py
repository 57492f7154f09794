"""What an extra test does to a legal clock: the regime's word, or what the tenant's own rules say over it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from ocop.audit.log import record
from ocop.orgs.models import User
from ocop.regulations import DeadlineRule, Regime
from products.dossiers.guidance import may_write, root
from products.models import ExtraTestClock


@dataclass(frozen=True)
class ExtraTestRule:
    """Whether the clock stands while a result is waited for, who decided that, and whether the tenant did."""

    rule: DeadlineRule
    pauses: bool
    basis: str
    is_own: bool


def extra_test_rule(rule: DeadlineRule, regime: str) -> ExtraTestRule:
    """Of one deadline of the regime."""
    own = ExtraTestClock.objects.filter(regime=regime, rule=rule.code).first()
    return _rule(rule, own)


def extra_test_rules(regime: Regime) -> list[ExtraTestRule]:
    """Of every deadline that runs at a tier which gives points: only those may ask for a test."""
    own = {it.rule: it for it in ExtraTestClock.objects.filter(regime=regime.code)}
    tiers = {it.code for it in regime.tiers if it.scores}
    return [_rule(it, own.get(it.code)) for it in regime.deadlines if it.tier in tiers]


def _rule(rule: DeadlineRule, own: ExtraTestClock | None) -> ExtraTestRule:
    if own is not None:
        return ExtraTestRule(rule, own.pauses, own.basis, is_own=True)
    return ExtraTestRule(rule, rule.extra_test == "pauses", rule.extra_test_basis or "", is_own=False)


@transaction.atomic
def write_test_clock(regime: Regime, rule: str, given: Mapping[str, Any], *, by: User) -> ExtraTestClock:
    """Keep the tenant's word with its basis; PermissionDenied for anybody but its officers.

    Clocks that run take it up at the next deed on their dossier.
    """
    if not may_write(by):
        raise PermissionDenied
    values = {
        "pauses": given["pauses"],
        "basis": given["basis"],
        "written_by": by,
        "written_at": timezone.now(),
    }
    row, _is_new = ExtraTestClock.objects.update_or_create(regime=regime.code, rule=rule, defaults=values)
    facts = {"regime": regime.code, "rule": rule, "pauses": row.pauses}
    record("test_clock.write", root(), by=by, note=row.basis, data=facts)
    return row
