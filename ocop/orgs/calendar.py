"""Which days are worked: Viet Nam's public holidays, the yearly swapped days, Saturdays and Sundays off."""

import datetime as dt
import json
from functools import cache
from pathlib import Path

import holidays

_SWAPPED = Path(__file__).parent / "data" / "swapped_days.json"
VERSION = "vn-2026-11"  # kept with each deadline; raise it when the data below changes


@cache
def _swapped() -> dict[str, frozenset[dt.date]]:
    """Days off moved to another day by the yearly announcement, and Saturdays worked for them."""
    lists = json.loads(_SWAPPED.read_text(encoding="utf-8"))
    return {
        kind: frozenset(map(dt.date.fromisoformat, days)) for kind, days in lists.items() if kind != "source"
    }


@cache
def _holidays(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("VN", years=year))


class WorkingCalendar:
    """The calendar that deadlines in working days are reckoned with."""

    version = VERSION

    def is_working_day(self, day: dt.date) -> bool:
        if day in _swapped()["worked"]:
            return True
        return day.weekday() < 5 and day not in _holidays(day.year) and day not in _swapped()["off"]


CALENDAR = WorkingCalendar()
