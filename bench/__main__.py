"""Fill a database, then run each bench: a file `bench_<name>.py` with `run(tenant)`."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import django

PREFIX = "bench_"


def main(*wanted: str) -> int:
    names = sorted(file.stem.removeprefix(PREFIX) for file in Path(__file__).parent.glob(f"{PREFIX}*.py"))
    if unknown := set(wanted) - set(names):
        print(f"No bench {', '.join(sorted(unknown))}; there are {', '.join(names)}.", file=sys.stderr)
        return 2
    django.setup()
    # Only now: they stand on models.
    data = importlib.import_module("bench.data")
    print("Filling a database …", flush=True)
    tenant = data.prepare()
    for name in wanted or names:
        print(f"\n{name}", flush=True)
        importlib.import_module(f"bench.{PREFIX}{name}").run(tenant)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
