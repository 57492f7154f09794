"""What bin/backup wrote, bin/restore puts back; a damaged file changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from tests.bin.conftest import Copy, Running

pytestmark = pytest.mark.slow


def rows(running: Running, query: str) -> list[tuple[object, ...]]:
    link = psycopg2.connect(running.copy.settings()["DATABASE_OWNER_URL"])
    link.autocommit = True
    with link.cursor() as cursor:
        cursor.execute(query)
        found = cursor.fetchall() if cursor.description else []
    link.close()
    return found


@pytest.fixture
def backed_up(copy: Copy, tmp_path: Path) -> Iterator[Path]:
    """A backup made beside the running product, which then goes on and is stopped."""
    file = tmp_path / "of-today.ocop"
    paper = copy.folder / "var" / "files" / "lai-chau" / "quyết định.pdf"
    paper.parent.mkdir(parents=True, exist_ok=True)
    paper.write_bytes(b"as it was")
    running = copy.start()
    rows(
        running, "DROP TABLE IF EXISTS kept; CREATE TABLE kept (word text); GRANT SELECT ON kept TO ocop_app"
    )
    rows(running, "INSERT INTO kept VALUES ('as it was')")
    done = copy.call("backup", str(file))
    assert done.returncode == 0, done.stdout
    rows(running, "UPDATE kept SET word = 'later'")
    paper.write_bytes(b"later")
    running.stop()
    yield file
    paper.unlink()


def state(copy: Copy) -> tuple[object, bytes, bool]:
    running = copy.start()
    (word,) = rows(running, "SELECT word, has_table_privilege('ocop_app', 'kept', 'SELECT') FROM kept")
    running.stop()
    return (
        word,
        next((copy.folder / "var" / "files").rglob("*.pdf")).read_bytes(),
        "Bringing" in copy.output(),
    )


def test_a_restore_brings_back_database_and_files(copy: Copy, backed_up: Path) -> None:
    assert state(copy) == (("later", True), b"later", False)
    done = copy.call("restore", str(backed_up))
    assert done.returncode == 0, done.stdout
    compared = any(copy.folder.glob("*/**/management/commands/verify_digests.py"))
    assert ("Ballots and papers are those of the backup." in done.stdout) is compared
    assert state(copy) == (("as it was", True), b"as it was", False)


def test_a_damaged_backup_changes_nothing(copy: Copy, backed_up: Path) -> None:
    content = backed_up.read_bytes()
    place = content.index(b"as it was")
    backed_up.write_bytes(content[:place] + b"As it was" + content[place + 9 :])
    done = copy.call("restore", str(backed_up))
    assert done.returncode == 23
    assert "is not a whole backup" in done.stdout
    assert state(copy) == (("later", True), b"later", False)


def test_neither_overwrites_what_is_in_use(copy: Copy, backed_up: Path) -> None:
    done = copy.call("backup", str(backed_up))
    assert (done.returncode, "is there already" in done.stdout) == (2, True)
    running = copy.start()
    done = copy.call("restore", str(backed_up))
    assert (done.returncode, "already runs in this folder" in done.stdout) == (18, True)
    running.stop()
