"""The translations, compiled where their sources are newer (the compiled files are not committed)."""

from __future__ import annotations

import subprocess
from pathlib import Path

import folders
import packages
from failures import Code, Failure

GETTEXT = (packages.Need("msgfmt", "gettext", packages.program("msgfmt")),)


def compile_all() -> None:
    """Compile every locale/*/LC_MESSAGES/*.po of the project that changed."""
    sources = folders.ROOT.glob("locale/*/LC_MESSAGES/*.po")
    changed = [po for po in sources if not _is_current(po.with_suffix(".mo"), po)]
    if not changed:
        return
    packages.ensure(GETTEXT)
    for po in changed:
        command = ["msgfmt", "--check-format", "-o", str(po.with_suffix(".mo")), str(po)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Failure(Code.STEP_FAILED, f"{po.relative_to(folders.ROOT)} is faulty.", done.stderr)


def _is_current(compiled: Path, source: Path) -> bool:
    return compiled.is_file() and compiled.stat().st_mtime >= source.stat().st_mtime
