import datetime as dt

import pytest

from ocop.orgs.calendar import CALENDAR


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        ("2026-11-20", True),  # a Friday
        ("2026-11-21", False),  # a Saturday
        ("2026-02-17", False),  # Tết
        ("2026-08-31", False),  # swapped off …
        ("2026-08-22", True),  # … for this Saturday
        ("2026-01-02", False),
        ("2026-01-10", True),
    ],
)
def test_a_day_is_worked_or_not(day, is_worked):
    assert CALENDAR.is_working_day(dt.date.fromisoformat(day)) is is_worked
