"""bin/backup FILE: a dump by the owner and the files, in one file."""

from __future__ import annotations

import argparse
import datetime as dt
import tempfile
from pathlib import Path

import archive
import database
import digests
import folders
import signals
from failures import Code, Failure, say


def main(options: argparse.Namespace) -> int:
    target: Path = options.file.absolute()
    _require_new(target)
    signals.raise_on_stop()
    try:
        with database.opened("bin/backup", may_run=True) as source:
            count = _write(source, target)
    except signals.Stopped as stopped:
        target.with_name(f"{target.name}.partial").unlink(missing_ok=True)
        say(f"Stopped by {stopped.signal.name}; nothing was written.")
        return 128 + stopped.signal
    say(f"Wrote {target}: the database and {count} files ({target.stat().st_size // folders.MEGABYTE} MB).")
    return 0


def _require_new(target: Path) -> None:
    if target.exists():
        raise Failure(Code.USAGE, f"{target} is there already; a backup never overwrites one.")
    if not target.parent.is_dir():
        raise Failure(Code.USAGE, f"The folder {target.parent} is not there.")


def _write(source: database.Database, target: Path) -> int:
    """The dump first: whatever file its rows name is there when the files are read after it."""
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as folder:
        dump = Path(folder, archive.DUMP)
        found = digests.recompute(source)
        say("Dumping the database …")
        words = ("--format=custom", "--file", dump)
        source.tool("pg_dump", *words, code=Code.STEP_FAILED, sentence="The database could not be dumped.")
        made_at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        facts = {"made_at": made_at, "postgres": source.tools.major, "ballots_and_papers": found}
        return archive.write(target, dump, source.files, facts)
