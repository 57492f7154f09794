"""bin/test: the test suite on a database and a broker of its own."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import beside
import folders
import packages
from failures import Code, Failure


def main(options: argparse.Namespace) -> int:
    settings = {
        "DJANGO_ALLOWED_HOSTS": "127.0.0.1,localhost,testserver",
        "OCOP_SITE_URL": "http://127.0.0.1:8000",
        "OCOP_TEST": "1",
        "OCOP_TEST_BROWSER": _browser(no_browser=options.no_browser),
    }
    command = ("-m", "pytest", *(options.pytest or ("-n", "2")))
    return beside.run("test", command, settings, system=options.system)


def _browser(*, no_browser: bool) -> str:
    """The path of a browser; its absence is a failure, never a silent skip."""
    given = os.environ.get("OCOP_TEST_BROWSER")
    if no_browser or given == "none":
        return "none"
    if given and not Path(given).is_file():
        raise Failure(Code.NO_BROWSER, f"OCOP_TEST_BROWSER names {given}, which is not there.")
    if not given:
        with folders.set_up_lock():
            packages.ensure(packages.BROWSER)
    return given or str(packages.browser())
