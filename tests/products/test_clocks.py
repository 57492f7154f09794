"""The commune's fifteen working days on the real calendar, whatever day a file comes in: Tết moves and takes its days along."""

import datetime as dt

import holidays
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ocop.orgs.calendar import CALENDAR
from ocop.regulations import Supplement, days_left, deadline
from products import law

RULE = next(it for it in law.regime("26/2026").deadlines if it.tier == "commune")
DAY = dt.timedelta(days=1)
DAYS = st.dates(dt.date(2025, 7, 1), dt.date(2034, 12, 31))
patiently = settings(
    suppress_health_check=[HealthCheck.too_slow], deadline=None
)  # a year's holidays are read once


def worked(after, until):
    """The working days from the day after the first to the second."""
    days = (after + DAY * n for n in range(1, (until - after).days + 1))
    return sum(CALENDAR.is_working_day(day) for day in days)


@patiently
@given(DAYS)
def test_fifteen_worked_days_lie_between_and_the_last_is_worked(filed):
    due = deadline(filed, RULE, CALENDAR)
    assert CALENDAR.is_working_day(due)
    assert worked(filed, due) == RULE.amount == 15
    assert days_left(filed, due, RULE, CALENDAR) == 15
    assert days_left(due + DAY * 14, due, RULE, CALENDAR) < 0


@patiently
@given(DAYS, st.integers(0, 30))
def test_who_files_later_is_never_due_earlier(filed, after):
    assert deadline(filed + DAY * after, RULE, CALENDAR) >= deadline(filed, RULE, CALENDAR)


@patiently
@given(DAYS, st.integers(0, 20), st.integers(0, 30))
def test_the_days_of_waiting_for_an_answer_are_nobodys(filed, asked, answered):
    """While it is waited for there is no day; afterwards what was worked before the question counts, and what follows the answer."""
    day = filed + DAY * asked
    assert deadline(filed, RULE, CALENDAR, [Supplement(day)]) is None
    brought = Supplement(day, day + DAY * answered)
    due = deadline(filed, RULE, CALENDAR, [brought])
    assert due >= deadline(filed, RULE, CALENDAR)
    if due > day:
        assert worked(filed, day) + worked(brought.answered_on, due) == 15


@pytest.mark.parametrize("year", range(2026, 2035))
def test_tet_is_nobodys_working_time(year):
    """Filed a week before the first day of the lunar year, wherever it falls: its days do not count."""
    named = holidays.country_holidays("VN", years=year, language="en_US")
    tet = min(day for day, name in named.items() if name.startswith("Lunar New Year"))
    filed = tet - DAY * 7
    plain = deadline(filed, RULE, Weekdays())
    shut = [day for day, name in named.items() if "Lunar New Year" in name and day.weekday() < 5]
    assert len(shut) >= 3
    assert deadline(filed, RULE, CALENDAR) >= plain + DAY * len(shut)


class Weekdays:
    """As if there were no holidays."""

    def is_working_day(self, day):
        return day.weekday() < 5
