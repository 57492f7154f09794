"""The hall's clock: how long the product under discussion may still take, by the server's time."""

import datetime as dt
from dataclasses import dataclass

from evaluation.meetings.standing import Hall
from evaluation.models import Meeting


@dataclass(frozen=True)
class Clock:
    """`minutes` are those of the Quy chế for one product; without them it only counts up."""

    since: dt.datetime
    now: dt.datetime
    minutes: int

    @property
    def gone(self) -> int:
        """Seconds since it was said; never below 0."""
        return max(int((self.now - self.since).total_seconds()), 0)

    @property
    def limit(self) -> int:
        """Seconds; 0 for none."""
        return self.minutes * 60

    @property
    def left(self) -> int | None:
        """Seconds left, below 0 once the time is over; None without a limit."""
        return self.limit - self.gone if self.limit else None

    @property
    def is_over(self) -> bool:
        return self.left is not None and self.left < 0

    @property
    def until(self) -> dt.datetime | None:
        return self.since + dt.timedelta(seconds=self.limit) if self.limit else None

    @property
    def face(self) -> str:
        """Minutes and seconds left ("4:05"), over ("+0:30"), or gone where there is no limit."""
        shown = self.gone if self.left is None else abs(self.left)
        return f"{'+' if self.is_over else ''}{shown // 60}:{shown % 60:02d}"


def clock_of(meeting: Meeting, hall: Hall, *, at: dt.datetime) -> Clock | None:
    """Of what is discussed now; whose reader may know of it is asked before."""
    since = meeting.discussing_since
    return Clock(since, at, hall.rules.minutes_each) if since else None
