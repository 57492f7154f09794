"""What the commands may be told."""

from __future__ import annotations

import argparse
from pathlib import Path


def parse(command: str, words: list[str]) -> argparse.Namespace:
    return PARSERS[command](words)


def _parser(command: str, description: str) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(prog=f"bin/{command}", description=description, allow_abbrev=False)


def _port(text: str) -> int:
    port = int(text)
    if not 1 <= port <= 65535:
        raise ValueError(text)
    return port


def _run(words: list[str]) -> argparse.Namespace:
    parser = _parser(
        "run",
        "Set up what is missing and run the product with its database, broker, worker and clock. "
        "DATABASE_URL (with DATABASE_OWNER_URL) and REDIS_URL are used where they are set.",
    )
    parser.add_argument("--port", type=_port, default=8000, help="port on 127.0.0.1 (8000)")
    parser.add_argument("--empty", action="store_true", help="without the demo data")
    return parser.parse_args(words)


def _test(words: list[str]) -> argparse.Namespace:
    parser = _parser(
        "test",
        "Run the tests on a database and a broker of their own. Other words go to pytest; "
        "without any the whole suite runs in two processes.",
    )
    parser.add_argument("--no-browser", action="store_true", help="leave out the tests that need Chromium")
    parser.add_argument("--system", action="store_true", help="the machine's own PostgreSQL, not the wheel's")
    options, others = parser.parse_known_args(words)
    options.pytest = others
    return options


def _bench(words: list[str]) -> argparse.Namespace:
    parser = _parser(
        "bench",
        "Measure pages, the ballot save and certificates against a floor of the same run, on servers of its own.",
    )
    parser.add_argument("names", nargs="*", help="only these benches: the files of bench/ without bench_")
    return parser.parse_args(words)


def _check(words: list[str]) -> argparse.Namespace:
    parser = _parser("check", "Format, lint, types, layers, migrations, deployment settings.")
    parser.add_argument("names", nargs="*", help="only the checks of these names, as they are printed")
    return parser.parse_args(words)


def _backup(words: list[str]) -> argparse.Namespace:
    parser = _parser("backup", "Write the database and the files into one file.")
    parser.add_argument("file", type=Path, help="the file to write; it must not be there yet")
    return parser.parse_args(words)


def _restore(words: list[str]) -> argparse.Namespace:
    parser = _parser("restore", "Replace the database and the files by those of a backup.")
    parser.add_argument("file", type=Path, help="a file that bin/backup wrote")
    return parser.parse_args(words)


PARSERS = {
    "run": _run,
    "test": _test,
    "bench": _bench,
    "check": _check,
    "backup": _backup,
    "restore": _restore,
}
