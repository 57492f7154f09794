"""A copy of the repository in which the commands of bin/ really run."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from process import before_exec

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "var", "node_modules", "__pycache__", ".*_cache", ".hypothesis"
)
OURS = ("DATABASE_", "REDIS_", "DJANGO_", "OCOP_", "PYTEST_")
PATIENCE = 120
FIRST_START = 600  # it migrates and loads the country's units


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Running:
    """One bin/run and everything it started."""

    def __init__(self, copy: Copy, port: int, popen: subprocess.Popen[bytes], seconds: float) -> None:
        self.copy, self.port, self.popen, self.seconds = copy, port, popen, seconds
        self.supervisor = int((copy.folder / "var" / "run.lock").read_text().split()[0])

    def family(self) -> dict[int, str]:
        """Every process below the supervisor, with its command line."""
        parents = {int(p.name): _parent(p) for p in Path("/proc").iterdir() if p.name.isdigit()}
        found = {self.supervisor}
        while more := {pid for pid, parent in parents.items() if parent in found and pid not in found}:
            found |= more
        return {pid: _command(pid) for pid in found - {self.supervisor}}

    def wait_for_family(self) -> dict[int, str]:
        """Once web, worker and beat have their own children too."""
        wanted = ("gunicorn", "worker", "beat", "valkey", "postgres -D", "checkpointer")
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            family = self.family()
            workers = [line for line in family.values() if "celery -A ocop worker" in line]
            if len(workers) >= 3 and all(any(word in line for line in family.values()) for word in wanted):
                return family
            time.sleep(0.2)
        raise AssertionError(self.family())

    def get(self, path: str) -> int:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
            return int(answer.status)

    def stop(self) -> None:
        os.kill(self.supervisor, signal.SIGTERM)
        assert self.ended()[0] == 0

    def ended(self) -> tuple[int, str]:
        code = self.popen.wait(PATIENCE)
        return code, self.copy.output()


class Copy:
    """The repository in a folder of its own, with the virtual environment of the tests."""

    def __init__(self, folder: Path, var: Path | None = None, environment: Path | None = None) -> None:
        self.folder = folder
        given = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        self.environ = given | {"OCOP_VENV": str(environment or sys.prefix)}
        shutil.copytree(ROOT, folder, ignore=LEFT_OUT, dirs_exist_ok=True)
        if var:
            subprocess.run(["cp", "-a", var, folder / "var"], check=True)

    def call(self, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.folder / "bin" / words[0], *words[1:]],
            env=self.environ | environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def start(self, *words: str, terminal: int | None = None) -> Running:
        """Start bin/run, without a terminal unless one is given, and wait until it is ready."""
        port, begin = free_port(), time.monotonic()
        die_with_us = before_exec(signal.SIGTERM)

        def prepare() -> None:
            die_with_us()
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_DFL)  # whatever nohup or a background shell left us
            if terminal is None:
                os.setsid()
            else:
                os.login_tty(terminal)

        with self._log.open("wb") as output:
            command = [self.folder / "bin" / "run", "--empty", "--port", str(port), *words]
            if terminal is not None:  # what a terminal shows is kept too
                command = ["/bin/sh", "-c", f'exec "$@" >"{self._log}" 2>&1', "sh", *command]
            popen = subprocess.Popen(
                command,
                env=self.environ,
                stdin=subprocess.DEVNULL if terminal is None else terminal,
                stdout=output,
                stderr=output,
                preexec_fn=prepare,  # noqa: PLW1509 - one thread
            )
        while "Ready at" not in self.output():
            if popen.poll() is not None or time.monotonic() > begin + FIRST_START:
                popen.terminate()
                popen.wait(PATIENCE)
                raise AssertionError(self.output())
            time.sleep(0.05)
        return Running(self, port, popen, time.monotonic() - begin)

    def settings(self) -> dict[str, str]:
        """What bin/run wrote into var/env."""
        lines = (self.folder / "var" / "env").read_text().splitlines()
        return dict(line.split("=", 1) for line in lines)

    def output(self) -> str:
        return self._log.read_text() if self._log.exists() else ""

    def wait_until_alone(self, seconds: float = 20) -> None:
        """Every process bin/run starts keeps its lock open: who can take it knows that all are gone."""
        deadline = time.monotonic() + seconds
        with (self.folder / "var" / "run.lock").open() as lock:
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    assert time.monotonic() < deadline, "processes are left"
                    time.sleep(0.1)
                else:
                    return

    @property
    def _log(self) -> Path:
        return self.folder / "output.txt"


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def alive(pids: dict[int, str]) -> dict[int, str]:
    """Those that still run what they ran."""
    return {pid: line for pid, line in pids.items() if line and _command(pid) == line}


@contextmanager
def folder_in_tmp() -> Iterator[Path]:
    """Not pytest's own: every session closes that to others, and the database's user must pass."""
    folder = Path(tempfile.mkdtemp(prefix="ocop-t-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """var/ after a first start, made once for all processes of the tests, kept as pytest keeps folders."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared if worker_id == "master" else shared.parent
    with (shared / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        target = shared / "prepared"
        if not target.exists():
            with folder_in_tmp() as folder:
                copy = Copy(folder)
                copy.start().stop()
                subprocess.run(["cp", "-a", folder / "var", target], check=True)
    return target


@pytest.fixture(scope="module")
def copy(prepared: Path) -> Iterator[Copy]:
    with folder_in_tmp() as folder:
        yield Copy(folder, prepared)


@pytest.fixture
def running(copy: Copy) -> Iterator[Running]:
    run = copy.start()
    yield run
    if run.popen.poll() is None:
        run.stop()
    copy.wait_until_alone()
