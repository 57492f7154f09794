"""bin/test: the test suite on a database and a broker of its own, thrown away afterwards."""

from __future__ import annotations

import argparse
import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import account as accounts
import folders
import packages
import process
import servers
import signals
from failures import Code, Failure, say
from process import Home

PREFIX = "ocop-test-"
LOCK = "lock"


def main(options: argparse.Namespace) -> int:
    browser = _browser(no_browser=options.no_browser)
    signals.raise_on_stop()
    _remove_left_over()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir="/tmp"))
    folder.chmod(0o711)
    try:
        with (folder / LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return _run(folder, browser, options, lock.fileno())
    except signals.Stopped as stopped:
        say(f"Stopped by {stopped.signal.name}.")
        return 128 + stopped.signal
    finally:
        signals.ignore()
        shutil.rmtree(folder, ignore_errors=True)


def _browser(*, no_browser: bool) -> str:
    """The path of a browser; its absence is a failure, never a silent skip."""
    given = os.environ.get("OCOP_TEST_BROWSER")
    if no_browser or given == "none":
        return "none"
    if given and not Path(given).is_file():
        raise Failure(Code.NO_BROWSER, f"OCOP_TEST_BROWSER names {given}, which is not there.")
    if not given:
        with folders.set_up_lock():
            packages.ensure(packages.BROWSER)
    return given or str(packages.browser())


def _remove_left_over() -> None:
    """What runs that were killed left in /tmp: nobody holds its lock any more."""
    for folder in Path("/tmp").glob(f"{PREFIX}*"):
        try:
            with (folder / LOCK).open("r") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            continue
        shutil.rmtree(folder, ignore_errors=True)


def _run(folder: Path, browser: str, options: argparse.Namespace, lock: int) -> int:
    home = Home(folder, accounts.current(), (lock,))
    place = servers.Place(folder, home, folder / "data", throw_away=True, system=options.system)
    passwords = servers.new_passwords()
    started = servers.start(place, passwords)
    try:
        return _pytest(options.pytest, os.environ | started.addresses | _settings(folder, passwords, browser))
    finally:
        signals.ignore()
        started.stop()


def _settings(folder: Path, passwords: dict[str, str], browser: str) -> dict[str, str]:
    return {
        "DJANGO_SECRET_KEY": passwords["django"],
        "DJANGO_DEBUG": "False",
        "DJANGO_ALLOWED_HOSTS": "127.0.0.1,localhost,testserver",
        "OCOP_SITE_URL": "http://127.0.0.1:8000",
        "OCOP_MEDIA_ROOT": str(folder / "files"),
        "OCOP_STATIC_ROOT": str(folder / "static"),
        "OCOP_BEAT_SCHEDULE": str(folder / "beat-schedule"),
        "OCOP_ENV_FILE": os.devnull,  # nothing of a bin/run beside it leaks in
        "OCOP_TEST": "1",
        "OCOP_TEST_BROWSER": browser,
    }


def _pytest(words: list[str], environ: dict[str, str]) -> int:
    """Run pytest in our own terminal, so that Ctrl-C and a debugger reach it."""
    popen = subprocess.Popen(
        [folders.PYTHON, "-m", "pytest", *(words or ["-n", "2"])],
        env=environ,
        cwd=folders.ROOT,
        preexec_fn=process.before_exec(signal.SIGTERM),  # noqa: PLW1509 - this process has one thread
    )
    try:
        return popen.wait()
    except signals.Stopped:
        popen.send_signal(signal.SIGINT)  # pytest's orderly end; it has a report to print
        try:
            popen.wait(20)
        except subprocess.TimeoutExpired:
            popen.kill()
        raise
