"""`create_tenant lai-chau --code 12`: a province with its units; `create_tenant bo-nnmt --ministry "Bộ …"`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ocop.orgs.loading import create_ministry, create_tenant
from ocop.orgs.models import Place


class Command(BaseCommand):
    help = "Tạo một tỉnh làm đơn vị chủ quản, với các xã hiện nay và huyện, xã trước 01/07/2025."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("slug", help="phần đầu của địa chỉ, ví dụ lai-chau")
        kind = parser.add_mutually_exclusive_group(required=True)
        kind.add_argument("--code", help="mã tỉnh hiện nay, hai chữ số")
        kind.add_argument("--ministry", metavar="TÊN", help="tên bộ, ví dụ “Bộ Nông nghiệp và Môi trường”")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["ministry"]:
            tenant = create_ministry(options["slug"], options["ministry"])
            self.stdout.write(f"{tenant.name}: /{tenant.slug}/")
            return
        try:
            tenant = create_tenant(options["slug"], options["code"])
        except Place.DoesNotExist as error:
            raise CommandError(
                f"No province of today has the code {options['code']}; run load_places first?"
            ) from error
        self.stdout.write(f"{tenant.name}: /{tenant.slug}/")
