"""Who the servers run as: PostgreSQL refuses root, so root drops to an unprivileged user."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAME = "nobody"


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int

    def can_enter(self, folder: Path) -> bool:
        """Whether every folder on the way lets this user through."""
        done = subprocess.run(
            ["/bin/sh", "-c", 'cd "$1" && test -x .', "sh", str(folder)],
            cwd="/",
            capture_output=True,
            check=False,
            **identity(self),
        )
        return done.returncode == 0

    def own(self, path: Path, mode: int) -> None:
        os.chown(path, self.uid, self.gid)
        path.chmod(mode)


def current() -> Account | None:
    """The account to drop to, None where we are not root."""
    if os.geteuid() != 0:
        return None
    entry = pwd.getpwnam(NAME)
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def identity(account: Account | None) -> dict[str, Any]:
    """What subprocess takes to run as the account."""
    return {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}


def reachable(account: Account | None, package: Path, copies: Path) -> Path:
    """The package folder, or a copy with its libraries where the account can run it."""
    if account is None or account.can_enter(package):
        return package
    libraries = package.with_name(f"{package.name}.libs")  # found by a relative path: side by side
    for folder in (package, libraries):
        if folder.is_dir():
            shutil.copytree(folder, copies / folder.name, symlinks=True)
    return copies / package.name


def private_folder(folder: Path, account: Account | None) -> Path:
    """A folder only its owner enters, made if need be."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if account:
        account.own(folder, 0o700)
    return folder
