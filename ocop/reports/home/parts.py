"""What a block of the home page is made of."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Task:
    """One thing that waits, as `{% tasks %}` shows it."""

    label: str
    url: str = ""
    sub: str = ""
    status: str = "todo"
    days: int | None = None
    on: dt.date | None = None
    working: bool = False

    @property
    def order(self) -> tuple[int, dt.date]:
        """What runs out first comes first, what has no day last."""
        return (self.days if self.days is not None else 9999, self.on or dt.date.max)


@dataclass(frozen=True)
class Block:
    """What one role finds on her home page."""

    key: str
    title: str | Promise
    tasks: list[Task] = field(default_factory=list)
    template: str = ""  # what stands below the tasks
    data: dict[str, Any] = field(default_factory=dict)
