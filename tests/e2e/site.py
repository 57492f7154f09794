"""The product as production runs it, beside a test: gunicorn with collected files, and a worker that makes the papers."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tests.worker import PATIENCE, environment, wait_until

WEB = ("gunicorn", "ocop.wsgi:application", "--worker-class", "gthread", "--workers", "1", "--threads", "8")


@dataclass
class Site:
    """Where it answers, and what the server wrote."""

    url: str
    log: Path

    def faults(self) -> list[str]:
        """What went wrong inside, whatever the browser was told."""
        return [
            line for line in self.log.read_text().splitlines() if " ERROR " in line or "Traceback" in line
        ]


def free_port() -> socket.socket:
    """A port that is ours as long as the socket lives: the server inherits it."""
    door = socket.socket()
    door.bind(("127.0.0.1", 0))
    return door


def collect_static(folder: Path) -> None:
    """Once a session: the files with their hashed names, as a deployment has them."""
    unseen = [f"--ignore={folder}" for folder in ("admin", "drf_spectacular_sidecar", "rest_framework")]
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0", *unseen]
    environ = {**os.environ, "OCOP_STATIC_ROOT": str(folder)}
    subprocess.run(command, cwd=settings.BASE_DIR, env=environ, check=True, capture_output=True)


@contextmanager
def real_site(folder: Path, door: socket.socket) -> Iterator[Site]:
    """A web server that answers; the environment names its database, files, queue and address."""
    site = Site(os.environ["OCOP_SITE_URL"], folder / "web.log")
    words = [sys.executable, "-m", *WEB, "--bind", f"fd://{door.fileno()}", "--no-control-socket"]
    with site.log.open("wb") as written:
        process = subprocess.Popen(
            words, env=environment(), cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL,
            stdout=written, stderr=subprocess.STDOUT, pass_fds=[door.fileno()],
        )  # fmt: skip
    try:
        wait_until(lambda: _answers(site) or process.poll() is not None)
        assert process.poll() is None, site.log.read_text()
        yield site
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _answers(site: Site) -> bool:
    try:
        urllib.request.urlopen(f"{site.url}/healthz", timeout=10).close()
    except urllib.error.HTTPError:
        return False
    except OSError:
        return False
    return True
