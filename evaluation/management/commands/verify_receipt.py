"""`manage.py verify_receipt TENANT CODE…`: whether the server gave this receipt, and whether the sheet still stands."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from evaluation.models import Receipt
from evaluation.offline.receipts import Checked, check
from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import tenant_scope


class Command(BaseCommand):
    help = "Check receipts of sheets scored without a network: short codes, or receipts written out whole."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("tenant", help="the first segment of its addresses")
        parser.add_argument("codes", nargs="+", metavar="CODE")

    def handle(self, *args: Any, tenant: str, codes: list[str], **options: Any) -> None:
        found = Tenant.objects.filter(slug=tenant).first()
        if found is None:
            raise CommandError(f"No tenant {tenant}.")
        with tenant_scope(found.pk):
            checked = {code: check(code) for code in codes}
            for code, it in checked.items():
                self.stdout.write(f"{code}: {_said(it)}")
        if not all(it.is_genuine for it in checked.values()):
            sys.exit(1)


def _said(it: Checked) -> str:
    if not it.is_genuine:
        return "not a receipt of this tenant"
    if it.receipt is None:
        return "genuine, but this database does not have it"
    if it.receipt.late:
        return f"genuine, {_whose(it.receipt)}; came too late and was kept apart: {it.receipt.late.why}"
    return f"genuine, {_whose(it.receipt)}; " + (
        "the sheet holds just that" if it.stands else "the sheet was changed since"
    )


def _whose(receipt: Receipt) -> str:
    ballot = receipt.ballot
    at = timezone.localtime(receipt.at)
    return f"sheet {ballot.pk} of {ballot.seat.user}, {ballot.assessment}, received {at:%d/%m/%Y %H:%M:%S}"
