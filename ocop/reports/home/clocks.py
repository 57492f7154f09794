"""Days left on the legal clocks of dossiers."""

import datetime as dt
from typing import Any

from ocop.orgs.calendar import CALENDAR
from ocop.regulations import days_left
from products.dossiers.clocks import rule_of
from products.models import Clock


def left(clock: Clock, on: dt.date) -> tuple[int, bool]:
    """Days until it runs out (below nought: days late), and whether they are working days."""
    rule = rule_of(clock)
    return days_left(on, clock.due_on, rule, CALENDAR), rule.unit == "working_days"


def running(dossiers: Any) -> Any:
    """The clocks that run on these dossiers, those that run out first on top."""
    return (
        Clock.objects.running()
        .filter(dossier__in=dossiers)
        .select_related("dossier__product__producer", "dossier__unit")
        .order_by("due_on", "pk")
    )
