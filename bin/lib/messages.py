"""The translations, compiled where their sources are newer (the compiled files are not committed)."""

from __future__ import annotations

import subprocess
from pathlib import Path

import folders
from failures import Code, Failure

COMPILE = ("-m", "babel.messages.frontend", "-q", "compile")


def compile_all() -> None:
    """Compile every locale/*/LC_MESSAGES/*.po of the project that changed."""
    for po in folders.ROOT.glob("locale/*/LC_MESSAGES/*.po"):
        compiled = po.with_suffix(".mo")
        if _is_current(compiled, po):
            continue
        command = [str(folders.PYTHON), *COMPILE, "-i", str(po), "-o", str(compiled), "-l", po.parts[-3]]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Failure(Code.STEP_FAILED, f"{po.relative_to(folders.ROOT)} is faulty.", done.stderr)


def _is_current(compiled: Path, source: Path) -> bool:
    return compiled.is_file() and compiled.stat().st_mtime >= source.stat().st_mtime
