"""bin/run starts everything, keeps it together, and leaves nothing behind however it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest

from tests.bin.conftest import Copy, Running, alive, free_port

pytestmark = pytest.mark.slow


def settings_of(copy: Copy) -> dict[str, str]:
    lines = (copy.folder / "var" / "env").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines)


def test_a_second_start_does_no_step_again_and_answers_within_five_seconds(copy: Copy) -> None:
    seconds = []
    for _ in range(3):  # the machine may be busy with others; once is enough to show that it can
        run = copy.start()
        assert run.get("/healthz") == 200
        seconds.append(run.seconds)
        os.kill(run.supervisor, signal.SIGTERM)
        assert run.ended()[0] == 0
    assert "Bringing the database up to date" not in copy.output()
    assert min(seconds) < 5


def test_beside_a_running_one_manage_py_works_as_the_app_role(running: Running) -> None:
    script = (
        "from django.db import connection as c; k = c.cursor();"
        "k.execute('SELECT current_user, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb"
        " FROM pg_roles WHERE rolname = current_user'); print(k.fetchone());"
        "k.execute('SELECT count(*) FROM pg_class JOIN pg_roles r ON r.oid = relowner"
        " WHERE rolname = current_user'); print(k.fetchone())"
    )
    copy = running.copy
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", script],
        cwd=copy.folder,
        env=copy.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines() == ["('ocop_app', False)", "(0,)"], done.stderr
    assert (copy.folder / "var" / "env").stat().st_mode & 0o777 == 0o600


def test_a_second_start_in_the_same_folder_says_so(running: Running) -> None:
    done = running.copy.call("run", "--port", str(free_port()))
    assert done.returncode == 18
    assert f"bin/run already runs in this folder (process {running.supervisor})" in done.stdout
    assert running.get("/healthz") == 200


def test_a_taken_port_is_named(copy: Copy) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = copy.call("run", "--port", str(port))
    assert done.returncode == 17
    assert f"Port {port} cannot be had" in done.stdout


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_stops_all_in_order(running: Running, number: signal.Signals) -> None:
    family = running.wait_for_family()
    os.kill(running.supervisor, number)
    code, output = running.ended()
    assert (code, output.splitlines()[-2:]) == (0, [f"Stopping ({number.name}) …", "Stopped."])
    assert alive(family) == {}
    running.copy.wait_until_alone(1)
    logs = running.copy.folder / "var" / "log"
    ended = [(logs / f"{name}.log").stat().st_mtime for name in ("web", "worker", "valkey", "postgres")]
    assert ended == sorted(ended)
    assert "database system is shut down" in (logs / "postgres.log").read_text()


def test_ctrl_c_and_a_closed_terminal_stop_all(copy: Copy) -> None:
    ours, theirs = os.openpty()
    run = copy.start(terminal=theirs)
    os.close(theirs)
    family = run.wait_for_family()
    os.write(ours, b"\x03")
    assert run.ended()[0] == 0
    assert alive(family) == {}
    os.close(ours)

    ours, theirs = os.openpty()
    run = copy.start(terminal=theirs)
    os.close(theirs)
    family = run.wait_for_family()
    os.close(ours)  # the window is closed
    code, output = run.ended()
    assert (code, "Stopping (SIGHUP)" in output) == (0, True)
    assert alive(family) == {}


def test_kill_9_leaves_no_process_and_the_next_start_works(copy: Copy) -> None:
    run = copy.start()
    family = run.wait_for_family()
    os.kill(run.supervisor, signal.SIGKILL)
    run.popen.wait()
    again = copy.start()  # waits for the last of them
    assert alive(family) == {}
    assert again.get("/healthz") == 200
    os.kill(again.supervisor, signal.SIGTERM)
    assert again.ended()[0] == 0


@pytest.mark.parametrize(
    ("name", "command"),
    [("worker", "celery -A ocop worker"), ("postgres", "postgres -D"), ("web", "gunicorn")],
)
def test_one_dying_child_stops_all_with_its_last_lines(running: Running, name: str, command: str) -> None:
    family = running.wait_for_family()
    first = min(pid for pid, line in family.items() if command in line)
    os.kill(first, signal.SIGKILL)
    code, output = running.ended()
    assert code == 21
    assert f"bin/run: {name} ended (signal 9); all stopped." in output
    last = (running.copy.folder / "var" / "log" / f"{name}.log").read_text().splitlines()[-1:]
    assert set(last) <= set(output.splitlines())
    assert alive(family) == {}


def test_tests_have_servers_of_their_own_beside_it(running: Running, tmp_path: Path) -> None:
    probe = tmp_path / "test_probe.py"
    probe.write_text(
        "import os, psycopg2\n"
        "def test_probe():\n"
        "    link = psycopg2.connect(os.environ['DATABASE_OWNER_URL'])\n"
        "    print('AT', os.environ['DATABASE_OWNER_URL'], os.environ['REDIS_URL'], os.environ['OCOP_TEST'])\n"
    )
    plain = ("-c", os.devnull, "--rootdir", str(tmp_path), "-p", "no:django", "-p", "no:cacheprovider")
    done = running.copy.call("test", "--no-browser", *plain, "-s", str(probe))
    assert done.returncode == 0, done.stdout
    (line,) = [line for line in done.stdout.splitlines() if "AT " in line]
    theirs, ours = line.split()[-3:], settings_of(running.copy)
    assert ours["DATABASE_OWNER_URL"].partition("?")[2] not in line
    assert ours["REDIS_URL"] not in line
    assert theirs[-1] == "1"
    assert not Path(theirs[0].partition("host=")[2]).exists()
    assert running.get("/healthz") == 200


def test_a_var_that_the_servers_cannot_reach_is_handled_and_said(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    (closed / "venv").symlink_to(sys.prefix)  # the binaries cannot be reached there either
    copy = Copy(closed / "copy", closed / "venv")
    run = copy.start()
    try:
        assert run.get("/healthz") == 200
        data = next((copy.folder / "var").glob("pg*"))
        if os.geteuid() == 0:
            assert "cannot enter" in copy.output()
            assert str(data.resolve()) in copy.output() + "/" + data.name
            assert not data.resolve().is_relative_to(copy.folder)
        else:
            assert data.resolve().is_relative_to(copy.folder)
    finally:
        os.kill(run.supervisor, signal.SIGTERM)
        run.ended()
        if data.is_symlink():
            subprocess.run(["rm", "-rf", str(data.resolve().parent)], check=True)


def test_one_privileged_address_is_split_into_the_two_roles(running: Running, tmp_path: Path) -> None:
    """A server that is given: here that of another bin/run, by its superuser."""
    settings = settings_of(running.copy)
    secrets = (running.copy.folder / "var" / "secrets.json").read_text()
    owner = settings["DATABASE_OWNER_URL"]
    link = psycopg2.connect(owner)
    link.close()
    assert "superuser" in secrets
