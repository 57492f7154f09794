"""What can go wrong before the product runs, each with the exit code of docs/commands.md."""

from __future__ import annotations

import enum
import os
import sys
from pathlib import Path


class Code(enum.IntEnum):
    """Exit codes of bin/*; bin/lib/start.sh answers 10 itself."""

    FAILED = 1
    USAGE = 2
    PYTHON_TOO_OLD = 10
    NO_VENV = 11
    NO_PACKAGES = 12
    NO_POSTGRES = 13
    NO_BROKER = 14
    NO_SYSTEM_LIBRARY = 15
    NO_BROWSER = 16
    PORT_TAKEN = 17
    ALREADY_RUNNING = 18
    NO_DISK = 19
    DATABASE_REFUSED = 20
    CHILD_DIED = 21
    STEP_FAILED = 22
    DIGESTS_DIFFER = 23
    OTHER_MAJOR = 24


class Failure(Exception):
    """Stops a command with one sentence, what was last printed, and an exit code."""

    def __init__(self, code: Code, sentence: str, details: str = "") -> None:
        super().__init__(sentence)
        self.code = code
        self.details = details


def say(text: str) -> None:
    """Print a line; a terminal that has gone away must not stop the orderly end."""
    try:
        print(text, flush=True)
    except OSError:
        sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115 - as long as the process
