"""`create_tenant lai-chau --code 12`: a province with its units, today's and those before."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ocop.orgs.loading import create_tenant
from ocop.orgs.models import Place


class Command(BaseCommand):
    help = "Tạo một tỉnh làm đơn vị chủ quản, với các xã hiện nay và huyện, xã trước 01/07/2025."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("slug", help="phần đầu của địa chỉ, ví dụ lai-chau")
        parser.add_argument("--code", required=True, help="mã tỉnh hiện nay, hai chữ số")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            tenant = create_tenant(options["slug"], options["code"])
        except Place.DoesNotExist as error:
            raise CommandError(
                f"No province of today has the code {options['code']}; run load_places first?"
            ) from error
        self.stdout.write(f"{tenant.name}: /{tenant.slug}/")
