"""What cannot be had is said in a sentence, with the exit code of docs/commands.md."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import folders
import packages
import pytest
from failures import Code, Failure

ROOT = Path(__file__).resolve().parents[2]


def few_programs(folder: Path, *names: str) -> str:
    """A PATH that holds these programs and nothing else."""
    folder.mkdir()
    for name in names:
        (folder / name).symlink_to(str(shutil.which(name)))
    return str(folder)


def call(name: str, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/bash", ROOT / "bin" / name, *words],
        env=os.environ | environ,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ["run", "test", "check", "backup", "restore"])
def test_an_old_python_is_named(name: str, tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.10.13\nexit 1\n')
    old.chmod(0o755)
    path = few_programs(tmp_path / "bin", "dirname", "head")
    done = call(name, OCOP_PYTHON=str(old), PATH=f"{tmp_path}:{path}")
    assert done.returncode == Code.PYTHON_TOO_OLD
    assert "Python 3.11 or newer is needed and none was found (found: Python 3.10.13)." in done.stderr


def test_without_a_browser_the_tests_fail(tmp_path: Path) -> None:
    path = few_programs(tmp_path / "bin", "dirname", "pdftotext", "zbarimg")
    environ = {"PATH": path, "OCOP_PYTHON": sys.executable, "OCOP_VENV": sys.prefix}
    absent = call("test", **environ, OCOP_TEST_BROWSER="")
    assert absent.returncode == Code.NO_BROWSER
    assert "Missing: Chromium. Install them first (Debian, Ubuntu: apt install chromium)." in absent.stderr
    wrong = call("test", **environ, OCOP_TEST_BROWSER="/nowhere/chromium")
    assert wrong.returncode == Code.NO_BROWSER
    assert "OCOP_TEST_BROWSER names /nowhere/chromium, which is not there." in wrong.stderr


def test_a_missing_library_is_named_where_nothing_may_be_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    need = packages.Need("Nothing", "libnothing-0", packages.library("of-that-name"))
    with pytest.raises(Failure, match=r"Missing: Nothing.*apt install libnothing-0") as refused:
        packages.ensure((need, packages.PRODUCT[0]))
    assert refused.value.code == Code.NO_SYSTEM_LIBRARY
    assert "no apt-get here that may be used" in refused.value.details


def test_a_full_disk_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        Failure, match=r"The database needs 10+ MB in .*, where only \d+ MB are free"
    ) as refused:
        folders.require_space(tmp_path / "not" / "yet", 10**12, "The database")
    assert refused.value.code == Code.NO_DISK


def test_wrong_words_are_refused_before_anything_is_set_up(tmp_path: Path) -> None:
    environ = {"OCOP_VENV": str(tmp_path / "venv"), "OCOP_PYTHON": sys.executable}
    for words in (("run", "--port", "0"), ("run", "--prot", "1"), ("backup",), ("restore",)):
        assert call(*words, **environ).returncode == Code.USAGE
    assert not (tmp_path / "venv").exists()


def test_the_table_of_exit_codes_is_complete() -> None:
    table = (ROOT / "docs" / "commands.md").read_text()
    written = {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)}
    assert written == {0, *Code}
