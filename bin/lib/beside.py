"""A program on a database and a broker of its own, thrown away afterwards: the tests, the bench."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import account as accounts
import folders
import process
import servers
import signals
from failures import say
from process import Home

LOCK = "lock"


def run(name: str, command: Sequence[str], settings: dict[str, str], *, system: bool = False) -> int:
    """Run it in a folder `/tmp/ocop-<name>-…` and answer its exit code; whatever happens, the folder goes."""
    signals.raise_on_stop()
    _remove_left_over(name)
    folder = Path(tempfile.mkdtemp(prefix=_prefix(name), dir="/tmp"))
    folder.chmod(0o711)
    try:
        with (folder / LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return _with_servers(folder, lock.fileno(), command, settings, system=system)
    except signals.Stopped as stopped:
        say(f"Stopped by {stopped.signal.name}.")
        return 128 + stopped.signal
    finally:
        signals.ignore()
        shutil.rmtree(folder, ignore_errors=True)


def _prefix(name: str) -> str:
    return f"ocop-{name}-"


def _remove_left_over(name: str) -> None:
    """What runs that were killed left in /tmp: nobody holds its lock any more."""
    for folder in Path("/tmp").glob(f"{_prefix(name)}*"):
        try:
            with (folder / LOCK).open("r") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            continue
        shutil.rmtree(folder, ignore_errors=True)


def _with_servers(
    folder: Path, lock: int, command: Sequence[str], settings: dict[str, str], *, system: bool
) -> int:
    home = Home(folder, accounts.current(), (lock,))
    place = servers.Place(folder, home, folder / "data", throw_away=True, system=system)
    passwords = servers.new_passwords()
    started = servers.start(place, passwords)
    try:
        return _in_terminal(
            command, os.environ | started.addresses | _places(folder) | _common(passwords) | settings
        )
    finally:
        signals.ignore()
        started.stop()


def _places(folder: Path) -> dict[str, str]:
    return {
        "OCOP_MEDIA_ROOT": str(folder / "files"),
        "OCOP_STATIC_ROOT": str(folder / "static"),
        "OCOP_BEAT_SCHEDULE": str(folder / "beat-schedule"),
        "OCOP_DEMO_PEOPLE": str(folder / "demo-people.json"),
    }


def _common(passwords: dict[str, str]) -> dict[str, str]:
    return {
        "DJANGO_SECRET_KEY": passwords["django"],
        "DJANGO_DEBUG": "False",
        "OCOP_ENV_FILE": os.devnull,  # nothing of a bin/run beside it leaks in
    }


def _in_terminal(command: Sequence[str], environ: dict[str, str]) -> int:
    """Run it in our own terminal, so that Ctrl-C and a debugger reach it."""
    popen = subprocess.Popen(
        [folders.PYTHON, *command],
        env=environ,
        cwd=folders.ROOT,
        preexec_fn=process.before_exec(signal.SIGTERM),  # noqa: PLW1509 - this process has one thread
    )
    try:
        return popen.wait()
    except signals.Stopped:
        popen.send_signal(signal.SIGINT)  # its orderly end; it has a report to print
        try:
            popen.wait(20)
        except subprocess.TimeoutExpired:
            popen.kill()
        raise
