"""Servers of a test's own, to be stopped and crashed: the ones that bin/ brings."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import account
import postgres
import process
import pytest
import servers
from django.db import connections
from process import Home

from ocop.environment import database


def _of_bin(name: str) -> ModuleType:
    """Its own module, whatever package of that name is installed."""
    spec = importlib.util.spec_from_file_location(
        f"bin_{name}", Path(servers.__file__).with_name(f"{name}.py")
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


valkey = _of_bin("valkey")
ALIASES = {"default": "DATABASE_URL", "owner": "DATABASE_OWNER_URL"}
LIBPQ = {"HOST": "HOST", "PORT": "PORT", "USER": "USER", "PASSWORD": "PASSWORD", "DATABASE": "NAME"}
OF_THE_SERVER = ("NAME", "USER", "PASSWORD", "HOST", "PORT")


@contextmanager
def home() -> Iterator[Home]:
    """Not pytest's own folder: the user of the servers must pass, and sockets want short paths."""
    folder = Path(tempfile.mkdtemp(prefix="ocop-t-", dir="/tmp"))
    folder.chmod(0o711)
    try:
        yield Home(folder, account.current())
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class Cluster:
    """A PostgreSQL that keeps what it commits, as in production."""

    home: Home
    servers: servers.Servers
    password: str

    def crash(self) -> None:
        """`pg_ctl stop -m immediate`: no word to its clients, no checkpoint; the next start recovers."""
        self._child.popen.send_signal(signal.SIGQUIT)
        self._child.popen.wait(30)
        for alias in ALIASES:
            connections[alias].close()

    def start(self) -> None:
        found = self.servers.binaries
        assert found is not None
        folder = self.home.logs
        self.servers.children[0] = postgres.start(
            found, folder / "data", folder / "pg", self.password, self.home
        )

    @property
    def _child(self) -> process.Child:
        return self.servers.children[0]


@contextmanager
def cluster(patch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """With the tables of the test's database; this process and those that it starts are its clients."""
    passwords, found = servers.new_passwords(), servers.Servers()
    with home() as place:
        try:
            servers.start_postgres(found, servers.Place(place.logs, place, place.logs / "data"), passwords)
            for name, address in found.addresses.items():
                patch.setenv(name, address)
            _copy(found.binaries, place.logs / "tables.dump")
            with _connected():
                yield Cluster(place, found, passwords["superuser"])
        finally:
            found.stop()


def _copy(tools: postgres.Binaries | None, dump: Path) -> None:
    """Quicker than all migrations once more."""
    assert tools is not None
    here, there = connections["owner"].settings_dict, database(ALIASES["owner"])
    _run(tools / "pg_dump", here, "--format=custom", "--no-comments", f"--file={dump}")
    _run(tools / "pg_restore", there, "--no-owner", "--no-comments", f"--dbname={there['NAME']}", dump)


def _run(tool: Path, server: Mapping[str, Any], *words: str | Path) -> None:
    environ = {f"PG{name}": str(server[key]) for name, key in LIBPQ.items() if server[key]}
    subprocess.run([tool, *words], env=os.environ | environ, check=True, capture_output=True)


@contextmanager
def _connected() -> Iterator[None]:
    kept = {alias: dict(connections[alias].settings_dict) for alias in ALIASES}
    try:
        for alias, name in ALIASES.items():
            _point(alias, database(name))
        yield
    finally:
        for alias, before in kept.items():
            _point(alias, before)


def _point(alias: str, given: dict) -> None:
    connections[alias].close()
    connections[alias].settings_dict.update({key: given[key] for key in OF_THE_SERVER})


class Broker:
    """A Valkey that is there or not."""

    def __init__(self, place: Home) -> None:
        self.home = place
        self.sockets = account.private_folder(place.logs / "valkey", place.account)
        self.address = f"redis+socket://{self.sockets / 'valkey.sock'}"
        self.program = valkey.binary(place.logs, place.account)
        self.start()

    def start(self) -> None:
        self.child = valkey.start(self.program, self.sockets, self.home)

    def stop(self) -> None:
        self.child.stop()


@contextmanager
def broker() -> Iterator[Broker]:
    with home() as place:
        running = Broker(place)
        try:
            yield running
        finally:
            running.stop()
