"""When something is due: working or calendar days, and what asking for a supplement does to the clock."""

from __future__ import annotations

import calendar as months
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from .regimes import DeadlineRule

DAY = timedelta(days=1)


class Calendar(Protocol):
    """Says which days are worked; holidays, swapped days and a tenant's own days are its business."""

    def is_working_day(self, day: date) -> bool: ...


@dataclass(frozen=True)
class Supplement:
    """Something asked for on one day and brought on another, or not yet."""

    asked_on: date
    answered_on: date | None = None


def deadline(
    start: date,
    rule: DeadlineRule,
    calendar: Calendar,
    supplements: Iterable[Supplement] = (),
    pauses: Iterable[Supplement] = (),
) -> date | None:
    """The last day of the term; the day of receipt does not count; `None` while the clock stands still.

    A clock that pauses counts the day of asking and goes on the day after the answer; one that restarts
    begins anew with the answer. `pauses` stop it whatever the rule says of supplements.
    """
    asked, stands = sorted(supplements, key=lambda it: it.asked_on), list(pauses)
    own = [] if rule.clock == "runs" else asked
    if any(it.answered_on is None for it in [*own, *stands]):
        return None
    if rule.clock == "restarts":
        last = max((it.answered_on for it in asked if it.answered_on), default=start)
        return _counted(max(start, last), rule, calendar, stands)
    return _counted(start, rule, calendar, [*own, *stands])


def days_left(today: date, due: date, rule: DeadlineRule, calendar: Calendar) -> int:
    """Days of the rule's own kind from tomorrow to the due day; below zero by the days overdue."""
    first, last = min(today, due), max(today, due)
    days = (first + DAY * number for number in range(1, (last - first).days + 1))
    count = sum(1 for day in days if _counts(day, rule, calendar))
    return count if due >= today else -count


def _counted(start: date, rule: DeadlineRule, calendar: Calendar, pauses: list[Supplement]) -> date:
    day, left = start, rule.amount
    while left:
        day += DAY
        if _counts(day, rule, calendar) and not any(_stands(day, pause) for pause in pauses):
            left -= 1
    return day


def _counts(day: date, rule: DeadlineRule, calendar: Calendar) -> bool:
    return rule.unit == "days" or calendar.is_working_day(day)


def _stands(day: date, pause: Supplement) -> bool:
    return pause.answered_on is not None and pause.asked_on < day <= pause.answered_on


def add_months(day: date, amount: int) -> date:
    """The same day so many months later, the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))
