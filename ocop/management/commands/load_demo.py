"""`load_demo`: the ministry and three provinces to try everything on; a second run changes nothing."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ocop.demo.load import load
from ocop.demo.people import PASSWORD


class Command(BaseCommand):
    help = "Nạp dữ liệu thử: Bộ Nông nghiệp và Môi trường, Lai Châu, Thái Nguyên, Đồng Nai."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo's passwords are public: it is not loaded in production.")
        cast = load(timezone.localdate())
        if cast is None:
            self.stdout.write("The demo is there already.")
            return
        file = Path(settings.DEMO_PEOPLE)
        file.parent.mkdir(parents=True, exist_ok=True)
        listed = {"password": PASSWORD, "people": cast.listed}
        file.write_text(json.dumps(listed, ensure_ascii=False, indent=1), encoding="utf-8")
        self.stdout.write(f"{len(cast.listed)} people; the login page lists them.")
