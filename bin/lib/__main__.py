"""The commands of bin/: set up what they need, then go on inside the virtual environment."""

from __future__ import annotations

import importlib
import os
import sys
from dataclasses import dataclass

import arguments
import environment
import folders
import messages
import packages
from failures import Code, Failure, say


@dataclass(frozen=True)
class Command:
    module: str
    environment: str
    needs: tuple[packages.Need, ...]


COMMANDS = {
    "run": Command("run", "run", packages.PRODUCT),
    "test": Command("suite", "dev", packages.PRODUCT + packages.TESTS),
    "bench": Command("measure", "run", packages.PRODUCT),
    "check": Command("check", "dev", packages.PRODUCT),
    "backup": Command("backup", "run", packages.PRODUCT),
    "restore": Command("restore", "run", packages.PRODUCT),
}


def main(name: str, *words: str) -> int:
    command = COMMANDS[name]
    options = arguments.parse(name, list(words))
    os.chdir(folders.ROOT)
    try:
        _set_up(command)
        if not environment.is_current():
            os.execv(folders.PYTHON, [str(folders.PYTHON), *sys.orig_argv[1:]])
        # Only now can it be imported: it stands on packages of the environment.
        return int(importlib.import_module(command.module).main(options))
    except Failure as failure:
        if failure.details:
            say(failure.details.rstrip())
        print(f"bin/{name}: {failure}", file=sys.stderr)
        return failure.code
    except KeyboardInterrupt:
        return Code.FAILED


def _set_up(command: Command) -> None:
    if os.environ.get("OCOP_NO_SETUP"):  # a container image is made whole
        return
    with folders.set_up_lock():
        if not environment.is_ready(command.environment):
            packages.ensure(packages.ENVIRONMENT)
        packages.ensure(command.needs)
        environment.ensure(command.environment)
        messages.compile_all()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
