"""Keeps the children of bin/run together: one dies, all stop; they stop in the order of dependence."""

from __future__ import annotations

import time

from failures import Code, Failure
from process import Child

STOP_ORDER = ("web", "beat", "worker", "valkey", "postgres")
GLANCE = 0.3  # seconds between two looks at the children


class Supervisor:
    def __init__(self) -> None:
        self.children: dict[str, Child] = {}

    def add(self, *children: Child) -> None:
        self.children |= {child.name: child for child in children}

    def require_all(self) -> None:
        """Fail with the last lines of the first child that is gone."""
        for child in self.children.values():
            code = child.popen.poll()
            if code is not None:
                how = f"signal {-code}" if code < 0 else f"code {code}"
                raise Failure(
                    Code.CHILD_DIED, f"{child.name} ended ({how}); all stopped.", child.last_lines()
                )

    def watch(self) -> None:
        while True:
            self.require_all()
            time.sleep(GLANCE)

    def stop(self) -> None:
        for name in STOP_ORDER:
            if name in self.children:
                self.children.pop(name).stop()
