"""gunicorn with the words and settings of production, behind a door that stays open while it is killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from bench.server import WEB, children
from tests.e2e.site import free_port
from tests.worker import PATIENCE, environment, wait_until

HOST = "127.0.0.1"
HEADERS = {
    "Host": HOST,
    "Referer": f"https://{HOST}/",
    "X-Forwarded-Proto": "https",
}  # as the proxy says them


class Web:
    """Starts as often as it is killed; who knocks meanwhile waits at the door."""

    def __init__(self, door: socket.socket, static: Path, log: Path) -> None:
        self.door, self.log = door, log
        self.environ = environment() | {
            "OCOP_PRODUCTION": "True", "OCOP_SITE_URL": f"https://{HOST}", "OCOP_STATIC_ROOT": str(static),
        }  # fmt: skip
        self.start()

    @property
    def port(self) -> int:
        return int(self.door.getsockname()[1])

    def start(self) -> None:
        words = [sys.executable, "-m", *WEB, "--bind", f"fd://{self.door.fileno()}"]
        with self.log.open("ab") as written:
            self.process = subprocess.Popen(
                words, env=self.environ, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL, stdout=written,
                stderr=subprocess.STDOUT, pass_fds=[self.door.fileno()], start_new_session=True,
            )  # fmt: skip
        wait_until(lambda: len(self.workers) == 2 or self.process.poll() is not None)
        assert self.process.poll() is None, self.log.read_text()

    @property
    def workers(self) -> list[int]:
        return children(self.process.pid)

    def kill_workers(self) -> None:
        """In the middle of whatever they do; gunicorn starts others."""
        before = self.workers
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        wait_until(lambda: len(self.workers) == 2 and not set(before) & set(self.workers))

    def kill(self) -> None:
        """As a power cut does."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE)


@contextmanager
def web(folder: Path, static: Path) -> Iterator[Web]:
    with free_port() as door:
        door.listen(64)
        served = Web(door, static, folder / "web.log")
        try:
            yield served
        finally:
            served.stop()
