"""System packages: looked for by what they bring, installed where we may, else named."""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from failures import Code, Failure, say

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "~/Library/Fonts",
)


@dataclass(frozen=True)
class Need:
    what: str
    package: str
    is_present: Callable[[], bool]
    code: Code = Code.NO_SYSTEM_LIBRARY


def library(name: str) -> Callable[[], bool]:
    """Whether WeasyPrint's dlopen would find it; ldconfig alone does not say."""

    def is_present() -> bool:
        for file in (f"lib{name}.so.0", ctypes.util.find_library(name)):
            try:
                if file and ctypes.CDLL(file):
                    return True
            except OSError:
                continue
        return False

    return is_present


def font(file_name: str) -> Callable[[], bool]:
    folders = [Path(folder).expanduser() for folder in FONT_FOLDERS]
    return lambda: any(next(folder.rglob(file_name), None) for folder in folders if folder.is_dir())


def program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def can_make_environments() -> bool:
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")) or bool(shutil.which("uv"))


def browser() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


ENVIRONMENT = (Need("Python's venv module", "python3-venv", can_make_environments, Code.NO_VENV),)
PRODUCT = (
    Need("Pango", "libpango-1.0-0", library("pango-1.0")),
    Need("PangoFT2", "libpangoft2-1.0-0", library("pangoft2-1.0")),
    Need("HarfBuzz subset", "libharfbuzz-subset0", library("harfbuzz-subset")),
    Need("the Liberation fonts", "fonts-liberation", font("LiberationSerif-Regular.ttf")),
)
TESTS = (
    Need("pdftotext and pdftoppm", "poppler-utils", program("pdftotext")),
    Need("zbarimg", "zbar-tools", program("zbarimg")),
)
BROWSER = (Need("Chromium", "chromium", lambda: bool(browser()), Code.NO_BROWSER),)


def ensure(needs: tuple[Need, ...]) -> None:
    """Install what is missing by apt-get where we may; name what cannot be had."""
    missing = [need for need in needs if not need.is_present()]
    if not missing:
        return
    names = [need.package for need in missing]
    apt = _apt()
    output = _install(apt, names) if apt else "There is no apt-get here that may be used (root or sudo)."
    still = [need for need in missing if not need.is_present()]
    if still:
        raise Failure(
            still[0].code,
            f"Missing: {', '.join(need.what for need in still)}. Install them first "
            f"(Debian, Ubuntu: apt install {' '.join(need.package for need in still)}).",
            output,
        )


def _apt() -> list[str] | None:
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n", "apt-get"]
    return None


def _install(apt: list[str], names: list[str]) -> str:
    say(f"Installing system packages: {' '.join(names)} …")
    install = [*apt, "install", "-y", "--no-install-recommends", *names]
    output = ""
    for command in (install, [*apt, "update"], install):  # a fresh container has no lists yet
        done = subprocess.run(
            command,
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        output = done.stdout
        if command is install and done.returncode == 0:
            break
    return output
