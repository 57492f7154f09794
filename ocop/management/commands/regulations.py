"""`manage.py regulations export | publish | score`: the law that is loaded, as JSON and in the database."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from evaluation.publishing import publish_sets
from ocop.regulations import CriteriaSet, RegulationsError, SheetError, export, preview
from products.law import law


class Command(BaseCommand):
    help = "Export, check or publish the criteria sets, or score one sheet."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        exporting = verbs.add_parser("export", help="print the sets as JSON")
        exporting.add_argument("--regime", help="26/2026, 148/2023; all where left out")
        verbs.add_parser("check", help="load everything and say what does not add up")
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
        self.stdout.write(f"{len(law().sets)} sets of {len(law().regimes)} regimes add up.")

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
