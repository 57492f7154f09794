"""Where things lie: the repository, var/, the virtual environment, the short-lived socket folder."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from failures import Code, Failure, say

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"
LOGS = VAR / "log"
VENV = Path(os.environ.get("OCOP_VENV") or ROOT / ".venv")
PYTHON = VENV / "bin" / "python"
MEGABYTE = 1024 * 1024


def short_name() -> str:
    """A name for this checkout and user, the same at every start."""
    return f"ocop-{os.getuid()}-{hashlib.sha256(bytes(ROOT)).hexdigest()[:8]}"


def make_var() -> None:
    try:
        for folder in (VAR, LOGS):
            if not folder.exists():
                folder.mkdir(parents=True, exist_ok=True)
                folder.chmod(0o755)  # whatever the umask: the database's user passes through
    except OSError as error:
        raise Failure(Code.NO_DISK, f"{VAR} cannot be written: {error.strerror}.") from error


def require_space(folder: Path, megabytes: int, what: str) -> None:
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free // MEGABYTE
    if free < megabytes:
        raise Failure(
            Code.NO_DISK, f"{what} needs {megabytes} MB in {folder}, where only {free} MB are free."
        )


def socket_folder(parent: Path = Path("/tmp")) -> Path:
    """A short folder of ours for sockets (their paths may not pass 100 characters), emptied."""
    folder = parent / short_name()
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(mode=0o711)
        folder.chmod(0o711)
    except OSError as error:
        raise Failure(Code.NO_DISK, f"{folder} cannot be made: {error.strerror}.") from error
    if not stat.S_ISDIR(folder.lstat().st_mode) or folder.lstat().st_uid != os.getuid():
        raise Failure(Code.NO_DISK, f"{folder} belongs to somebody else.")
    return folder


@contextmanager
def set_up_lock() -> Iterator[None]:
    """One set-up at a time: bin/run and bin/test may start together on a fresh checkout."""
    make_var()
    with (VAR / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another command that is setting up this folder …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class RunLock:
    """Held by bin/run and by every process it starts, so it is free only when all of them are gone."""

    def __init__(self, command: str, wait: float = 20) -> None:
        make_var()
        self.file: IO[str] = (VAR / "run.lock").open("a+")
        deadline = time.monotonic() + wait
        while not self._taken():
            holder = self._holder()
            if holder and _is_alive(int(holder[0])):
                raise Failure(
                    Code.ALREADY_RUNNING,
                    f"{holder[1]} already runs in this folder (process {holder[0]}); stop it first.",
                )
            if time.monotonic() > deadline:
                raise Failure(
                    Code.ALREADY_RUNNING,
                    f"Processes of an earlier bin/run still hold {self.file.name}; stop them first.",
                )
            time.sleep(0.1)
        self.file.truncate(0)
        self.file.write(f"{os.getpid()} {command}\n")
        self.file.flush()

    def _taken(self) -> bool:
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _holder(self) -> list[str] | None:
        self.file.seek(0)
        words = self.file.read().split()
        return words if len(words) == 2 else None


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
