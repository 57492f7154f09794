"""bin/check: format, lint, types, layers, migrations and deployment settings, without a server."""

from __future__ import annotations

import argparse
import os
import subprocess
import time
import tomllib
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass

import folders
from failures import Code, say

# What a production start is given; nothing listens there, and nothing here asks a database.
PRODUCTION = {
    "OCOP_PRODUCTION": "True",
    "DJANGO_DEBUG": "False",
    "DJANGO_SECRET_KEY": "W4-only-for-the-check-of-deployment-settings-0123456789-abcdefghij",
    "DJANGO_ALLOWED_HOSTS": "ocop.example.vn",
    "DATABASE_URL": "postgresql://ocop_app:none@/ocop?host=/nonexistent",
    "DATABASE_OWNER_URL": "postgresql://ocop_owner:none@/ocop?host=/nonexistent",
    "REDIS_URL": "redis+socket:///nonexistent/valkey.sock",
    "OCOP_SITE_URL": "https://ocop.example.vn",
    "OCOP_ENV_FILE": os.devnull,
}


@dataclass(frozen=True)
class Check:
    name: str
    command: tuple[str, ...]
    tool: str = ""  # runs only where pyproject.toml configures it


MYPY = ("-m", "mypy")
MANAGE = ("-W", "ignore:Got an error checking a consistent migration history:RuntimeWarning", "manage.py")
CHECKS = (  # the longest first: two run at a time
    Check("types", MYPY, "mypy"),
    Check(
        "types of bin/lib",
        (*MYPY, "--config-file=", "--strict", "--disable-error-code=import-untyped", "bin/lib"),
    ),
    Check("deployment settings", (*MANAGE, "check", "--deploy", "--fail-level", "WARNING")),
    Check("migrations", (*MANAGE, "makemigrations", "--check", "--dry-run")),
    Check("layers", ("-c", "from importlinter.cli import lint_imports_command as c; c()"), "importlinter"),
    Check("format", ("-m", "ruff", "format", "--check", ".")),
    Check("lint", ("-m", "ruff", "check", ".")),
    Check("templates: format", ("-m", "djlint", "--check", "--quiet", "templates"), "djlint"),
    Check("templates: lint", ("-m", "djlint", "--lint", "--quiet", "templates"), "djlint"),
)


def main(options: argparse.Namespace) -> int:
    configured = tomllib.loads((folders.ROOT / "pyproject.toml").read_text())["tool"]
    checks = [
        check
        for check in CHECKS
        if (not check.tool or check.tool in configured) and (not options.names or check.name in options.names)
    ]
    with ThreadPoolExecutor(max_workers=2) as lanes:
        running = {lanes.submit(_run, check): check for check in checks}
        good = [_report(running[done], done) for done in as_completed(running)]
    return 0 if all(good) else Code.FAILED


def _run(check: Check) -> tuple[int, str, float]:
    start = time.monotonic()
    done = subprocess.run(
        [str(folders.PYTHON), *check.command],
        env=os.environ | PRODUCTION,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, time.monotonic() - start


def _report(check: Check, done: Future[tuple[int, str, float]]) -> bool:
    code, output, seconds = done.result()
    say(f"{'ok' if code == 0 else 'FAILED':6} {check.name} ({seconds:.1f} s)")
    if code != 0:
        say(output.rstrip())
    return code == 0
