"""What works beside a running product, and what is refused."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bin.conftest import Copy, Running, free_port

pytestmark = pytest.mark.slow
WHO = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute(
        "SELECT current_user, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb,"
        " (SELECT count(*) FROM pg_class WHERE relowner = r.oid) FROM pg_roles r WHERE rolname = current_user"
    )
    print(cursor.fetchone())
"""
PROBE = """
import os
def test_probe():
    print("AT", *(os.environ[name] for name in ("DATABASE_OWNER_URL", "REDIS_URL", "OCOP_TEST")))
"""


@pytest.fixture(scope="module")
def running(copy: Copy) -> Iterator[Running]:
    run = copy.start()
    yield run
    run.stop()


def test_manage_py_works_as_the_app_role(running: Running) -> None:
    copy = running.copy
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", WHO],
        cwd=copy.folder,
        env=copy.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines()[-1] == "('ocop_app', False, 0)", done.stderr
    assert (copy.folder / "var" / "env").stat().st_mode & 0o777 == 0o600


def test_a_second_start_in_the_same_folder_says_so(running: Running) -> None:
    done = running.copy.call("run", "--port", str(free_port()))
    assert done.returncode == 18
    assert f"bin/run already runs in this folder (process {running.supervisor})" in done.stdout
    assert running.get("/healthz") == 200


def test_the_tests_have_servers_of_their_own(running: Running, tmp_path: Path) -> None:
    probe = tmp_path / "test_probe.py"
    probe.write_text(PROBE)
    plain = ("-c", os.devnull, "--rootdir", str(tmp_path), "-p", "no:django", "-p", "no:cacheprovider")
    done = running.copy.call("test", "--no-browser", *plain, "-s", str(probe))
    assert done.returncode == 0, done.stdout
    (line,) = [line for line in done.stdout.splitlines() if "AT " in line]
    database, broker, mark = line.split()[-3:]
    ours = running.copy.settings()
    assert mark == "1"
    assert database.partition("?")[2] != ours["DATABASE_OWNER_URL"].partition("?")[2]
    assert broker != ours["REDIS_URL"]
    assert not Path(database.partition("host=")[2]).exists()
    assert running.get("/healthz") == 200
