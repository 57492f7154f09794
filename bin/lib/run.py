"""bin/run: the servers, the steps, then web, worker and beat until one of them or somebody stops us."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path

import account as accounts
import env_file
import folders
import process
import servers
import signals
import steps
from failures import Code, Failure, say
from process import Home
from supervisor import Supervisor

HOST = "127.0.0.1"
PATIENCE = 60  # seconds the web server may take to answer
WEB = ("gunicorn", "ocop.wsgi:application", "--worker-class", "gthread", "--workers", "2", "--threads", "8",
       "--preload")  # fmt: skip
WORKER = ("celery", "-A", "ocop", "worker", "--concurrency", "2", "--without-gossip", "--without-mingle")
BEAT = ("celery", "-A", "ocop", "beat", "--pidfile=")


def main(options: argparse.Namespace) -> int:
    signals.raise_on_stop()
    try:
        lock = folders.RunLock("bin/run")
        _require_port(options.port)
        _supervise(options, lock.file.fileno())
    except signals.Stopped:
        signals.ignore()
    say("Stopped.")
    return 0


def _supervise(options: argparse.Namespace, lock: int) -> None:
    """Start everything in the order of need and keep it together; whatever happens, all of it ends."""
    supervisor = Supervisor()
    temporary = folders.socket_folder()
    try:
        environ = _start_servers(supervisor, temporary, options.port, lock)
        steps.run(environ, demo=not options.empty)
        _start_programs(supervisor, environ, options.port, lock)
        say(f"Ready at http://{HOST}:{options.port}/ (Ctrl-C stops it; logs are in {folders.LOGS}).")
        supervisor.watch()
    except signals.Stopped as stopped:
        say(f"Stopping ({stopped.signal.name}) …")
        raise
    finally:
        signals.ignore()
        supervisor.stop()
        shutil.rmtree(temporary, ignore_errors=True)


def _start_servers(supervisor: Supervisor, temporary: Path, port: int, lock: int) -> dict[str, str]:
    passwords = servers.kept_passwords()
    home = Home(folders.LOGS, accounts.current(), (lock,))
    started = servers.start(servers.Place(temporary, home), passwords)
    supervisor.add(*started.children)
    settings = env_file.settings(started.addresses, passwords["django"], f"http://{HOST}:{port}")
    env_file.write(settings)
    return os.environ | settings


def _start_programs(supervisor: Supervisor, environ: dict[str, str], port: int, lock: int) -> None:
    """The web first: somebody waits for it."""
    address = ("--bind", f"{HOST}:{port}", "--graceful-timeout", "8", "--no-control-socket")
    supervisor.add(_program("web", (*WEB, *address), environ, lock))
    _wait_for_web(supervisor, port)
    _begin_schedule_anew(environ["OCOP_BEAT_SCHEDULE"])
    supervisor.add(_program("worker", WORKER, environ, lock), _program("beat", BEAT, environ, lock))


def _program(name: str, words: tuple[str, ...], environ: dict[str, str], lock: int) -> process.Child:
    return process.start(
        name,
        [folders.PYTHON, "-m", *words],
        Home(folders.LOGS, keep_open=(lock,)),
        environ=environ,
        # Nobody is left to lose patience with a worker that ends its tasks first, as SIGTERM asks.
        death_signal=signal.SIGKILL if name == "worker" else signal.SIGTERM,
    )


def _require_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Failure(
                Code.PORT_TAKEN,
                f"Port {port} cannot be had ({error.strerror}); stop who uses it or take another: --port N.",
            ) from error


def _wait_for_web(supervisor: Supervisor, port: int) -> None:
    """Until any answer comes; a page that fails is the product's to report."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        supervisor.require_all()
        try:
            urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=10).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise Failure(Code.CHILD_DIED, "The web server does not answer.", supervisor.children["web"].last_lines())


def _begin_schedule_anew(path: str) -> None:
    """A kill can leave beat's file half written, and beat then ends; every sweep makes up for a day that was missed."""
    schedule = Path(path)
    for left in schedule.parent.glob(f"{schedule.name}*"):
        left.unlink()
