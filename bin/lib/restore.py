"""bin/restore FILE: beside what is there first, compared, and only then put in its place."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

import archive
import database
import digests
import roles
import signals
from database import Database
from failures import Code, Failure, say

FRESH = "restoring"
FORMER = "before_restore"
REFUSED = "The restored database cannot be put in its place; stop web, worker and beat first."


def main(options: argparse.Namespace) -> int:
    source: Path = options.file.absolute()
    if not source.is_file():
        raise Failure(Code.USAGE, f"{source} is not there.")
    signals.raise_on_stop()
    try:
        with database.opened("bin/restore", may_run=False) as target:
            _restore(source, target)
    except signals.Stopped as stopped:
        say(f"Stopped by {stopped.signal.name}; what was there is unchanged.")
        return 128 + stopped.signal
    return 0


def _restore(source: Path, target: Database) -> None:
    target.files.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=target.files.parent) as name:
        folder = Path(name)
        say("Unpacking and comparing digests …")
        facts = archive.extract(source, folder)
        fresh = target.named(f"{_name(target)}_{FRESH}")
        try:
            say("Restoring the database …")
            _fill(fresh, folder / archive.DUMP, target)
            _compare(facts["ballots_and_papers"], fresh, folder / archive.FILES)
            signals.ignore()  # the two moves belong together
            _swap_databases(target, fresh)
        finally:
            with roles.opened(target.owner_url, dbname="postgres") as run:
                roles.drop_database(run, _name(fresh))  # still there only when something failed
        _swap_files(target.files, folder / archive.FILES)
    say(f"Restored the backup of {facts['made_at']}.")
    say(f"What was there before is kept until the next restore: database {_former(target)}, {_kept(target)}.")


def _fill(fresh: Database, dump: Path, target: Database) -> None:
    """Extensions are there already: only a superuser could touch those it made."""
    name = _name(fresh)
    owner = roles.parts(target.owner_url)["user"]
    with roles.opened(target.owner_url, dbname="postgres") as run:
        roles.drop_database(run, name)
        roles.create_database(run, name, owner)
    with roles.opened(fresh.owner_url) as run:
        roles.ensure_extensions(run)
    contents = dump.with_suffix(".list")
    listed = fresh.list_dump(dump)
    contents.write_text(
        "".join(line for line in listed.splitlines(keepends=True) if " EXTENSION " not in line)
    )
    fresh.tool(
        "pg_restore",
        *("--exit-on-error", "--no-owner", "--use-list", contents, dump),
        code=Code.STEP_FAILED,
        sentence="The database could not be restored; nothing was changed.",
    )


def _compare(before: object, fresh: Database, files: Path) -> None:
    """The product recomputes ballots and papers on what was restored; it must say what it said before."""
    settings = fresh.settings | {"OCOP_MEDIA_ROOT": str(files)}
    after = digests.recompute(Database(settings, fresh.tools))
    if before is None or after is None:
        say("Ballots and papers were not compared: the backup or this version has no verify_digests.")
        return
    if before != after:
        raise Failure(
            Code.DIGESTS_DIFFER,
            "Ballots or papers differ from those of the backup; nothing was changed.",
            f"before: {before}\nafter:  {after}",
        )
    say("Ballots and papers are those of the backup.")


def _swap_databases(target: Database, fresh: Database) -> None:
    with roles.opened(target.owner_url, refused=REFUSED, dbname="postgres") as run:
        roles.drop_database(run, _former(target))
        roles.rename_database(run, _name(target), _former(target))
        roles.rename_database(run, _name(fresh), _name(target))


def _swap_files(place: Path, fresh: Path) -> None:
    former = place.with_name(f"{place.name}.{FORMER}")
    shutil.rmtree(former, ignore_errors=True)
    if place.exists():
        place.rename(former)
    fresh.rename(place)


def _name(database_: Database) -> str:
    return roles.parts(database_.owner_url)["dbname"]


def _former(target: Database) -> str:
    return f"{_name(target)}_{FORMER}"


def _kept(target: Database) -> Path:
    return target.files.with_name(f"{target.files.name}.{FORMER}")
