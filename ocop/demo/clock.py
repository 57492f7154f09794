"""The demo's days: everything is so many days before or after the day of loading."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone


@dataclass(frozen=True)
class Days:
    """`today` is the day of loading; nights and holidays do not matter here."""

    today: dt.date

    def on(self, days: int) -> dt.date:
        return self.today + dt.timedelta(days=days)

    def at(self, days: int, hour: int = 9, minute: int = 0) -> dt.datetime:
        return moment(self.on(days), hour, minute)


def moment(day: dt.date, hour: int = 9, minute: int = 0) -> dt.datetime:
    """That hour of the day, in Viet Nam."""
    return dt.datetime.combine(day, dt.time(hour, minute), timezone.get_current_timezone())
