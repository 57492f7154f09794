"""The programs that are measured, started as production starts them, and what they take of the machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

HOST = "127.0.0.1"
PATIENCE = 60  # seconds a program may take to be ready
# The words of docker-compose.yml; no proxy stands before it.
WEB = ("gunicorn", "ocop.wsgi:application", "--workers=2", "--preload", "--worker-tmp-dir=/dev/shm",
       "--access-logfile=-", "--no-control-socket")  # fmt: skip
WORKER = ("celery", "-A", "ocop", "worker", "--concurrency=2")
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Program:
    pid: int
    log: Path
    port: int = 0

    def seconds(self) -> float:
        """Processor time of the program and its children."""
        return sum(map(_seconds, (self.pid, *children(self.pid))))

    def megabytes(self) -> list[int]:
        """Resident memory of each of its children."""
        return [_megabytes(pid) for pid in children(self.pid)]

    def peak(self) -> int:
        """The most resident memory that one of its children ever had, in MB."""
        return max(_most_megabytes(pid) for pid in children(self.pid))


@contextmanager
def web() -> Iterator[Program]:
    """gunicorn, once it answers."""
    port = _free_port()
    with _started("web", (*WEB, f"--bind={HOST}:{port}"), port) as program:
        _wait_until(lambda: _answers(port), program)
        yield program


@contextmanager
def worker() -> Iterator[Program]:
    """Celery, once it waits for tasks."""
    with _started("worker", (*WORKER, "--loglevel=INFO"), 0) as program:
        _wait_until(lambda: b" ready." in program.log.read_bytes(), program)
        yield program


@contextmanager
def _started(name: str, words: tuple[str, ...], port: int) -> Iterator[Program]:
    log = Path(settings.MEDIA_ROOT).parent / f"{name}.log"
    with log.open("wb") as output:
        popen = subprocess.Popen(
            [sys.executable, "-m", *words], env=os.environ | {"OCOP_PRODUCTION": "True"},
            stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        yield Program(popen.pid, log, port)
    finally:
        popen.terminate()
        popen.wait(PATIENCE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=5).close()
    except OSError:
        return False
    return True


def _wait_until(ready: object, program: Program) -> None:
    deadline = time.monotonic() + PATIENCE
    while not ready():  # type: ignore[operator]
        if time.monotonic() > deadline:
            sys.exit(f"It is not ready: {program.log.read_text()[-2000:]}")
        time.sleep(0.1)


def postgres() -> Program:
    """PostgreSQL by its parent process; its backends stay while the connections of the others live."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return Program(_parent(cursor.fetchone()[0]), Path(os.devnull))


def _stat(pid: int) -> list[str]:
    """/proc/<pid>/stat from the state on (the name before it may hold anything); empty once it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _parent(pid: int) -> int:
    return int((_stat(pid) or ["", "0"])[1])


def _seconds(pid: int) -> float:
    """Its own time and that of children that ended."""
    return sum(int(ticks) for ticks in _stat(pid)[11:15]) / TICKS


def children(pid: int) -> list[int]:
    """The processes that it started itself."""
    every = (int(folder.name) for folder in Path("/proc").iterdir() if folder.name.isdigit())
    return [child for child in every if _parent(child) == pid]


def _most_megabytes(pid: int) -> int:
    """VmHWM of the kernel; 0 once it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0)


def _megabytes(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024**2
