"""What a block of the home page is made of."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import ngettext


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
    count: int = 1  # how many it stands for

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


def first_of(rows: Any, make: Callable[[Any], Task], most: int, url: str) -> list[Task]:
    """A task for each of the first rows, and one that opens the list where there are more."""
    tasks = [make(row) for row in rows[:most]]
    if len(tasks) < most or (left := rows.count() - most) <= 0:
        return tasks
    label = ngettext("Còn %(count)s việc như vậy", "Còn %(count)s việc như vậy", left) % {"count": left}
    return [*tasks, Task(label, url, count=left)]
