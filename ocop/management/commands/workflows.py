"""`workflows > docs/workflows.md`: print the tables."""

from typing import Any

from django.core.management.base import BaseCommand

from ocop.workflows import as_markdown


class Command(BaseCommand):
    help = "In các bảng quy trình ra docs/workflows.md."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(as_markdown(), ending="")
