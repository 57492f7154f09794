"""A real Celery worker beside a test: its own queue, the test's database, broker and files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connections

from ocop.celery import app

PATIENCE = 60  # seconds; two tests may share a slow machine


@dataclass
class Worker:
    """`pid` is the worker's main process, the leader of its own group."""

    process: subprocess.Popen[bytes]
    log: Path
    queue: str

    @property
    def pid(self) -> int:
        return self.process.pid

    def kill(self) -> None:
        """As a power cut does: no process of it is left."""
        os.killpg(self.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)

    def stop(self) -> None:
        """As the supervisor does: running tasks are finished first."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.kill()


@contextmanager
def real_worker(folder: Path, *, concurrency: int = 1, queue: str = "") -> Iterator[Worker]:
    """A worker that is ready; whatever is sent meanwhile goes to its queue, from it to itself.

    The test must commit what the worker is to see (`transactional_db`).
    """
    queue = queue or f"test-{os.getpid()}-{time.monotonic_ns()}"
    log = folder / f"{queue}.log"
    command = [
        sys.executable, "-m", "celery", "-A", "ocop", "worker", "--concurrency", str(concurrency), "-Q", queue,
        "--without-gossip", "--without-mingle", "--without-heartbeat", "-n", f"{queue}@%h", "--loglevel", "INFO",
        "--", f"task.default_queue={queue}",
    ]  # fmt: skip
    with log.open("wb") as written:
        process = subprocess.Popen(
            command, env=environment(), cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL,
            stdout=written, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    worker = Worker(process, log, queue)
    try:
        wait_until(lambda: b" ready." in log.read_bytes() or process.poll() is not None)
        assert process.poll() is None, log.read_text()
        with sending_to(queue):
            yield worker
    finally:
        worker.stop()


@contextmanager
def sending_to(queue: str) -> Iterator[None]:
    """What this process sends goes to that queue."""
    before = app.conf.task_default_queue
    app.conf.task_default_queue = queue
    app.__dict__.pop("amqp", None)  # it remembers the queue that it was made with
    try:
        yield
    finally:
        app.conf.task_default_queue = before
        app.__dict__.pop("amqp", None)


def wait_until(happened: Callable[[], Any], *, seconds: float = PATIENCE) -> Any:
    """The first true answer; an assertion after so many seconds without one."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := happened():
            return answer
        time.sleep(0.1)
    raise AssertionError(f"It did not happen in {seconds} seconds.")


def environment() -> dict[str, str]:
    """The test database by its name of this run, as the app role; the files where this test keeps them."""
    database = connections["default"].settings_dict
    where = urlencode({"host": database["HOST"], **({"port": database["PORT"]} if database["PORT"] else {})})
    user, password = quote(database["USER"], safe=""), quote(database["PASSWORD"], safe="")
    return {
        **os.environ,
        "DATABASE_URL": f"postgresql://{user}:{password}@/{database['NAME']}?{where}",
        "OCOP_MEDIA_ROOT": str(settings.MEDIA_ROOT),
    }
