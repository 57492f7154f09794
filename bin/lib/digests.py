"""What the product says about its sealed ballots and papers, before a backup and after a restore."""

from __future__ import annotations

import os
import subprocess
from typing import Any

import folders
import steps
from database import Database

COMMAND = "verify_digests"


def recompute(database: Database) -> dict[str, Any] | None:
    """The exit code and lines of `manage.py verify_digests`; None where the product has no such command."""
    if not steps.is_there(COMMAND, dict(steps.project_files())):
        return None
    done = subprocess.run(
        [str(folders.PYTHON), "manage.py", COMMAND],
        env=os.environ | database.settings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    return {"code": done.returncode, "lines": done.stdout.splitlines()}
