"""PostgreSQL and Valkey as the environment gives them, else our own, and the settings that follow."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

import account as accounts
import folders
import postgres
import process
import roles
import valkey
from process import Home

SECRETS = ("superuser", "owner", "app", "django")


@dataclass
class Servers:
    """What was started (in order) and the addresses to reach it."""

    addresses: dict[str, str] = field(default_factory=dict)
    children: list[process.Child] = field(default_factory=list)
    superuser: str = ""
    binaries: postgres.Binaries | None = None

    def stop(self) -> None:
        for child in reversed(self.children):
            child.stop()


@dataclass(frozen=True)
class Place:
    """Where one set of servers lives: bin/run's stays in var/, bin/test's is thrown away."""

    temporary: Path
    home: Home
    data: Path | None = None  # None: var/pg<major>
    throw_away: bool = False
    system: bool = False


def start(place: Place, passwords: dict[str, str]) -> Servers:
    """Start what the environment does not give."""
    servers = Servers()
    try:
        if "DATABASE_URL" in os.environ or "DATABASE_OWNER_URL" in os.environ:
            servers.addresses |= given_database(passwords)
        else:
            start_postgres(servers, place, passwords)
        if "REDIS_URL" in os.environ:
            servers.addresses["REDIS_URL"] = os.environ["REDIS_URL"]
        else:
            _start_valkey(servers, place)
    except BaseException:
        servers.stop()
        raise
    return servers


def given_database(passwords: dict[str, str]) -> dict[str, str]:
    """The addresses of the environment; a privileged one alone is split into the two roles."""
    app, owner = os.environ.get("DATABASE_URL"), os.environ.get("DATABASE_OWNER_URL")
    if not (app and owner):
        app, owner = roles.split_privileged(str(app or owner), passwords["app"])
    return {"DATABASE_URL": app, "DATABASE_OWNER_URL": owner}


def kept_passwords() -> dict[str, str]:
    """The passwords of this folder, made at the first start."""
    folders.make_var()
    path = folders.VAR / "secrets.json"
    if path.is_file():
        return dict(json.loads(path.read_text()))
    made = new_passwords()
    fresh = path.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(made, indent=2) + "\n")
    fresh.replace(path)
    return made


def new_passwords() -> dict[str, str]:
    return {name: secrets.token_urlsafe(48) for name in SECRETS}


def start_postgres(servers: Servers, place: Place, passwords: dict[str, str]) -> None:
    account = place.home.account
    sockets = accounts.private_folder(place.temporary / "pg", account)
    found = postgres.binaries(place.temporary, account, system=place.system)
    data = place.data or postgres.data_folder(found.major, account)
    password = passwords["superuser"]
    if not data.exists():
        folders.require_space(data, 300, "The database")
        postgres.create_cluster(found, data, password, account, safe=not place.throw_away)
    child = postgres.start(found, data, sockets, password, place.home, throw_away=place.throw_away)
    servers.children.append(child)
    servers.binaries = found
    servers.superuser = _address(postgres.SUPERUSER, password, sockets, "postgres")
    roles.prepare(servers.superuser, passwords["owner"], passwords["app"])
    servers.addresses |= {
        "DATABASE_URL": _address(roles.APP, passwords["app"], sockets),
        "DATABASE_OWNER_URL": _address(roles.OWNER, passwords["owner"], sockets),
    }


def _start_valkey(servers: Servers, place: Place) -> None:
    account = place.home.account
    sockets = accounts.private_folder(place.temporary / "valkey", account)
    servers.children.append(valkey.start(valkey.binary(place.temporary, account), sockets, place.home))
    servers.addresses["REDIS_URL"] = f"redis+socket://{sockets / 'valkey.sock'}"


def _address(user: str, password: str, sockets: Path, database: str = roles.DATABASE) -> str:
    return roles.to_url({"user": user, "password": password, "host": str(sockets), "dbname": database})
