"""`manage.py regulations export | check | diff | publish | score`: the law of this installation, and files for it."""

import json
import sys
import textwrap
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from evaluation.publishing import publish_sets
from ocop.law import law
from ocop.regulations import (
    CriteriaSet,
    Difference,
    RegulationsError,
    SheetError,
    check,
    differences,
    documents_in,
    export,
    preview,
    regime_differences,
    set_document,
)

NAME_WIDTH, SIDE_WIDTH = 28, 44


class Command(BaseCommand):
    help = "Export, check or publish the criteria sets, or score one sheet."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        exporting = verbs.add_parser("export", help="print the sets as JSON")
        exporting.add_argument("--regime", help="26/2026, 148/2023; all where left out")
        checking = verbs.add_parser("check", help="say everything in the data that does not add up")
        checking.add_argument(
            "path", nargs="?", type=Path, help="a file or directory; all that is loaded where left out"
        )
        comparing = verbs.add_parser(
            "diff", help="print what differs between two sets, two regimes or a set and a file"
        )
        comparing.add_argument("left", help="QD26-01, 26/2026 or a file")
        comparing.add_argument("right")
        publishing = verbs.add_parser("publish", help="write the sets down in the database, as the owner")
        publishing.add_argument("--database", default="owner")
        scoring = verbs.add_parser("score", help="score one sheet as the public calculator does")
        scoring.add_argument("--set", required=True, dest="code")
        scoring.add_argument("--sheet", required=True, help="a JSON file; - reads the standard input")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        try:
            getattr(self, f"_{verb}")(options)
        except RegulationsError as error:
            raise CommandError("\n".join(map(str, error.faults))) from error

    def _export(self, options: dict[str, Any]) -> None:
        regime = options["regime"]
        if regime and regime not in law().regimes:
            raise CommandError(f"No regime {regime}; there are {', '.join(law().regimes)}.")
        self._print(export(law(), regime))

    def _check(self, options: dict[str, Any]) -> None:
        if (path := options["path"]) is not None:
            self.stdout.write(f"{path} adds up: {', '.join(check(path)) or 'no set'}.")
            return
        self.stdout.write(f"{len(law().sets)} sets of {len(law().regimes)} regimes add up.")

    def _diff(self, options: dict[str, Any]) -> None:
        left, right = options["left"], options["right"]
        pairs = _pairs(self._documents(left), self._documents(right))
        rows = [row for a, b in pairs for row in _rows(differences(a, b), a["code"], b["code"])]
        if left in law().regimes and right in law().regimes:
            rows = [*_rows(regime_differences(law().regime(left), law().regime(right)), left, right), *rows]
        self.stdout.write("\n".join(rows) or "Nothing differs.")

    def _documents(self, name: str) -> list[dict[str, Any]]:
        """The sets that a code, a regime or a file names, as documents."""
        if name in law().sets:
            return [set_document(law().sets[name])]
        if name in law().regimes:
            return export(law(), name)
        if not Path(name).exists():
            raise CommandError(f"{name} is no set, no regime and no file.")
        return documents_in(Path(name))

    def _publish(self, options: dict[str, Any]) -> None:
        new = publish_sets(options["database"])
        self.stdout.write(f"Published {len(new)} sets: {', '.join(it.code for it in new) or 'none was new'}.")

    def _score(self, options: dict[str, Any]) -> None:
        try:
            self._print(preview(self._set(options["code"]), self._sheet(options["sheet"])))
        except SheetError as error:
            self._print({"errors": {code: str(text) for code, text in error.errors.items()}})
            sys.exit(1)

    def _set(self, code: str) -> CriteriaSet:
        if code not in law().sets:
            raise CommandError(f"No set {code}.")
        return law().sets[code]

    def _sheet(self, name: str) -> Any:
        try:
            text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
            return json.loads(text)
        except (OSError, ValueError) as error:
            raise CommandError(f"{name} cannot be read as JSON: {error}") from error

    def _print(self, value: Any) -> None:
        self.stdout.write(json.dumps(value, ensure_ascii=False, indent=2))


def _pairs(
    left: list[dict[str, Any]], right: list[dict[str, Any]]
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """One set against one; of several, those of the same number in their annex."""
    if len(left) == len(right) == 1:
        return [(left[0], right[0])]
    by_number = {it["set_no"]: it for it in right}
    return [(it, by_number[it["set_no"]]) for it in left if it["set_no"] in by_number]


def _rows(found: Sequence[Difference], left: str, right: str) -> list[str]:
    """A table of four columns, long texts wrapped in theirs; nothing where nothing differs."""
    if not found:
        return []
    cells = [("", "", left, right), *((it.where, it.what, it.left or "–", it.right or "–") for it in found)]
    places = min(NAME_WIDTH, max(len(it.where) for it in found))
    widths = (places, NAME_WIDTH, SIDE_WIDTH, SIDE_WIDTH)
    return [line for row in cells for line in _lines(row, widths)] + [""]


def _lines(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    columns = [textwrap.wrap(cell, max(width, 1)) for cell, width in zip(row, widths, strict=True)]
    return [
        "  ".join(part.ljust(width) for part, width in zip(parts, widths, strict=True)).rstrip()
        for parts in zip_longest(*columns, fillvalue="")
    ]
