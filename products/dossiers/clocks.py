"""Legal clocks: started by a filing or a hand-over, stopped by a supplement as the regime's rule says."""

import datetime as dt

from django.utils import timezone

from ocop.orgs.calendar import CALENDAR
from ocop.orgs.models import OrgUnit
from ocop.regulations import DeadlineRule, Supplement, Tier, days_left, deadline
from products import law
from products.dossiers.extra_test_clocks import extra_test_rule
from products.models import Clock, Dossier


def rule_of(clock: Clock) -> DeadlineRule:
    return law.regime(clock.dossier.regime).deadline(clock.rule)


def start(
    dossier: Dossier, tier: Tier, unit: OrgUnit, *, on: dt.date, rules: frozenset[str] | None = None
) -> None:
    """Start the clocks the regime has for this tier, each once; `rules` narrows them."""
    for rule in law.regime(dossier.regime).deadlines:
        if rule.tier == tier.code and (rules is None or rule.code in rules):
            due = deadline(on, rule, CALENDAR) or on  # without supplements it always stands
            Clock.objects.get_or_create(
                dossier=dossier, rule=rule.code, stopped_on=None,
                defaults={"unit": unit, "started_on": on, "due_on": due, "calendar": CALENDAR.version},
            )  # fmt: skip


def reckon(dossier: Dossier) -> None:
    """After a supplement or an extra test was asked for or brought: the clock stands, goes on or begins anew."""
    for clock in dossier.clocks.filter(stopped_on__isnull=True):
        supplements, tests = _supplements(dossier, clock), _tests(dossier, clock)
        due = deadline(clock.started_on, rule_of(clock), CALENDAR, supplements, tests)
        if due is None:
            clock.paused_on = min(it.asked_on for it in [*supplements, *tests] if it.answered_on is None)
        else:
            clock.due_on, clock.paused_on, clock.calendar = due, None, CALENDAR.version
        clock.save(update_fields=["due_on", "paused_on", "calendar"])


def _supplements(dossier: Dossier, clock: Clock) -> list[Supplement]:
    asked = dossier.supplements.filter(unit_id=clock.unit_id, asked_at__date__gte=clock.started_on).order_by(
        "asked_at"
    )
    return [Supplement(_day(it.asked_at), _day(it.answered_at) if it.answered_at else None) for it in asked]


def _tests(dossier: Dossier, clock: Clock) -> list[Supplement]:
    """The times in which a result was waited for, where an extra test stops this clock."""
    if not extra_test_rule(rule_of(clock), dossier.regime).pauses:
        return []
    rows = dossier.extra_tests.filter(unit_id=clock.unit_id).prefetch_related("results")
    waits = [
        Supplement(_day(asked), _day(brought) if brought else None)
        for it in rows
        for asked, brought in it.waits()
    ]
    return [it for it in waits if it.answered_on is None or it.answered_on > clock.started_on]


def _day(moment: dt.datetime) -> dt.date:
    return timezone.localdate(moment)


def stop(dossier: Dossier, *, on: dt.date) -> None:
    """The tier did its part, or the dossier was withdrawn."""
    dossier.clocks.filter(stopped_on__isnull=True).update(stopped_on=on)


def left(clock: Clock, on: dt.date) -> int | None:
    """Days left by the rule's own reckoning, below zero when late; None while it stands."""
    if clock.paused_on is not None or clock.stopped_on is not None:
        return None
    return days_left(on, clock.due_on, rule_of(clock), CALENDAR)


def in_working_days(clock: Clock) -> bool:
    return rule_of(clock).unit == "working_days"
