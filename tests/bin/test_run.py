"""bin/run starts everything, keeps it together, and leaves nothing behind however it ends."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.bin.conftest import Copy, Running, alive

pytestmark = pytest.mark.slow


def busyness() -> float:
    """How much longer than alone a process takes now: its time on the wall by its time on a processor."""
    before, begin = os.times(), time.monotonic()
    subprocess.run([sys.executable, "-c", "sum(range(3 * 10**7))"], check=True)
    used = os.times()
    wall = time.monotonic() - begin
    return max(
        1.0,
        wall / (used.children_user + used.children_system - before.children_user - before.children_system),
    )


def test_a_second_start_does_no_step_again_and_answers_within_five_seconds(copy: Copy) -> None:
    for _ in range(3):
        allowed = 5 * busyness()
        run = copy.start()
        assert run.get("/healthz") == 200
        run.stop()
        assert "Bringing the database up to date" not in copy.output()
        if run.seconds <= allowed:
            return
    pytest.fail(f"The last start took {run.seconds:.1f} s where {allowed:.1f} s were allowed.")


def test_a_taken_port_is_named(copy: Copy) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = copy.call("run", "--port", str(port))
    assert done.returncode == 17
    assert f"Port {port} cannot be had" in done.stdout


def test_sigterm_stops_all_in_order(running: Running) -> None:
    family = running.wait_for_family()
    os.kill(running.supervisor, signal.SIGTERM)
    code, output = running.ended()
    assert (code, output.splitlines()[-2:]) == (0, ["Stopping (SIGTERM) …", "Stopped."])
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
    code, output = run.ended()
    assert (code, "Stopping (SIGINT)" in output) == (0, True)
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
    again.stop()


@pytest.mark.parametrize(
    ("name", "command"),
    [("worker", "celery -A ocop worker"), ("postgres", "postgres -D")],
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


def test_a_var_that_the_servers_cannot_reach_is_handled_and_said(prepared: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    (closed / "venv").symlink_to(sys.prefix)  # the binaries cannot be reached there either
    copy = Copy(closed / "copy", prepared, closed / "venv")
    run = copy.start()
    data = next((copy.folder / "var").glob("pg*")).resolve()
    try:
        assert run.get("/healthz") == 200
        if os.geteuid() == 0:
            assert f"cannot enter {copy.folder / 'var'}: the data is in {data.parent}." in copy.output()
            assert not data.is_relative_to(copy.folder)
        else:
            assert data.is_relative_to(copy.folder)
    finally:
        os.kill(run.supervisor, signal.SIGTERM)
        run.ended()
        shutil.rmtree(data if data.is_relative_to(copy.folder) else data.parent)
