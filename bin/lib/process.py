"""Child processes that never outlive us: own session, parent-death signal, orderly stop."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import folders
from account import Account, identity

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def before_exec(death_signal: signal.Signals) -> Callable[[], None]:
    """Runs in the child after it dropped its user: changing the user would clear the signal."""
    parent = os.getpid()

    def set_signal() -> None:
        if _libc is None:
            return
        _libc.prctl(PR_SET_PDEATHSIG, int(death_signal))
        if os.getppid() != parent:  # we were killed in between
            os._exit(1)

    return set_signal


@dataclass(frozen=True)
class Home:
    """Where the logs of children go, who they run as, which files they keep open."""

    logs: Path
    account: Account | None = None
    keep_open: tuple[int, ...] = ()


@dataclass
class Child:
    name: str
    popen: subprocess.Popen[bytes]
    log: Path
    stop_signal: signal.Signals
    grace: float

    def is_running(self) -> bool:
        return self.popen.poll() is None

    def stop(self) -> None:
        """Ask, wait, then kill; the rest of its process group goes in any case."""
        if self.is_running():
            self.popen.send_signal(self.stop_signal)
            self._wait(self.grace)
        if self.is_running():
            os.killpg(self.popen.pid, signal.SIGKILL)
            self.popen.wait()
        kill_group(self.popen.pid)

    def last_lines(self, count: int = 20) -> str:
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-count:])

    def _wait(self, seconds: float) -> None:
        try:
            self.popen.wait(seconds)
        except subprocess.TimeoutExpired:
            return


def kill_group(group: int) -> None:
    """Kill what is left of a process group and see it gone."""
    for _ in range(100):
        try:
            os.killpg(group, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return
        time.sleep(0.02)


def start(
    name: str,
    command: Sequence[str | Path],
    home: Home,
    *,
    environ: dict[str, str],
    stop_signal: signal.Signals = signal.SIGTERM,
    death_signal: signal.Signals = signal.SIGTERM,
    grace: float = 10,
) -> Child:
    """Start a child that gets `death_signal` when we are killed."""
    log = home.logs / f"{name}.log"
    if log.exists():
        log.replace(log.with_suffix(".log.1"))  # the run before is kept
    with log.open("wb") as output:
        popen = subprocess.Popen(
            command,
            env=environ,
            cwd="/" if home.account else folders.ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=before_exec(death_signal),  # noqa: PLW1509 - this process has one thread
            pass_fds=home.keep_open,
            **identity(home.account),
        )
    return Child(name, popen, log, stop_signal, grace)
