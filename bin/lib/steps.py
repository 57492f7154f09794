"""What bin/run does to database and files before the product answers, and when it need not."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import folders
import process
import psycopg2
from failures import Code, Failure, say

STAMPS = folders.VAR / "steps.json"
MIGRATED = "SELECT md5(string_agg(app || name || applied, ',' ORDER BY id)) FROM django_migrations"
NOT_OURS = {"var", "tests", "bench", "docs"}


@dataclass(frozen=True)
class Step:
    command: tuple[str, ...]
    says: str
    inputs: str  # the paths whose content decides whether to run again
    target: str = ""  # the setting that names the folder it fills
    ours: bool = False  # a command of the project, left out until it is there
    demo: bool = False


STEPS = (
    Step(
        ("migrate", "--noinput"),
        "Bringing the database up to date …",
        r"/migrations/\w+\.py$|^requirements\.txt$|^ocop/regulations/",
    ),
    Step(("load_places",), "Loading the country's units …", r"^ocop/orgs/data/", ours=True),
    Step(
        ("collectstatic", "--noinput"),
        "Collecting static files …",
        r"(^|/)static/|^requirements\.txt$",
        target="OCOP_STATIC_ROOT",
    ),
    Step(("load_demo",), "Loading the demo data …", r"/demo/|/load_demo\.py$", ours=True, demo=True),
)


def run(environ: dict[str, str], *, demo: bool) -> None:
    """Run the steps whose inputs, or whose database, are not those of their last run."""
    files = dict(project_files())
    stamps = json.loads(STAMPS.read_text()) if STAMPS.is_file() else {}
    for step in STEPS:
        name = step.command[0]
        if (step.demo and not demo) or (step.ours and not is_there(name, files)):
            continue
        if stamps.get(name) == _state(step, files, environ):
            continue
        say(step.says)
        manage(step.command, environ)
        stamps[name] = _state(step, files, environ)
        STAMPS.write_text(json.dumps(stamps, indent=2) + "\n")


def manage(command: tuple[str, ...], environ: dict[str, str]) -> None:
    """Run a management command to its end, or fail with what it printed."""
    name = command[0]
    child = process.start(
        name, [folders.PYTHON, "manage.py", *command], process.Home(folders.LOGS), environ=environ
    )
    try:
        code = child.popen.wait()
    finally:
        child.stop()
    if code != 0:
        raise Failure(Code.STEP_FAILED, f"manage.py {' '.join(command)} failed.", child.last_lines(40))


def _state(step: Step, files: dict[str, Path], environ: dict[str, str]) -> str:
    """A digest of inputs, target and database: another one was migrated at other moments."""
    digest = hashlib.sha256()
    for name, path in files.items():
        if re.search(step.inputs, name):
            digest.update(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    if step.target:
        target = environ[step.target]
        digest.update(f"{os.path.relpath(target, folders.ROOT)} {Path(target).is_dir()}".encode())
    digest.update(_database(environ["DATABASE_OWNER_URL"]).encode())
    return digest.hexdigest()


def project_files() -> Iterator[tuple[str, Path]]:
    """Every file of the product, by its path in the repository."""
    for folder, names, files in os.walk(folders.ROOT):
        top = Path(folder) == folders.ROOT
        names[:] = sorted(n for n in names if n[0] not in "._" and not (top and n in NOT_OURS))
        for file in sorted(files):
            path = Path(folder, file)
            yield path.relative_to(folders.ROOT).as_posix(), path


def is_there(name: str, files: Iterable[str]) -> bool:
    """Whether the product has this management command."""
    return any(path.endswith(f"management/commands/{name}.py") for path in files)


def _database(owner_url: str) -> str:
    link = psycopg2.connect(owner_url)
    try:
        with link.cursor() as cursor:
            cursor.execute("SELECT to_regclass('django_migrations') IS NOT NULL")
            if cursor.fetchone() != (True,):
                return ""
            cursor.execute(MIGRATED)
            return str(cursor.fetchone())
    finally:
        link.close()
