"""`load_places`: the country's units from the committed file into the database; a second run writes nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from ocop.orgs.loading import load_places


class Command(BaseCommand):
    help = "Nạp các đơn vị hành chính (hiện nay và trước 01/07/2025) từ tệp của chương trình."

    def handle(self, *args: Any, **options: Any) -> None:
        written = load_places()
        self.stdout.write(f"{written} rows written.")
