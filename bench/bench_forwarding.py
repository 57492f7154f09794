"""A hundred finished dossiers of one commune sent up by one click, against a page of 50 rows."""

from __future__ import annotations

from urllib.parse import urlencode

from bench.client import Visitor
from bench.data import add_reported, tidy
from bench.people import TOKEN, visitor
from bench.report import ROUNDS, Load, compare
from bench.server import web
from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import tenant_scope
from products.desks.forwarding import MOST
from products.models import Dossier, DossierState
from products.people import nearest_holders

CLICKS = ROUNDS + 3  # one warms up, two count the statements


class Clerk(Visitor):
    """Each of her clicks sends the next hundred."""

    def __init__(self, username: str, dossiers: list[int]) -> None:
        found = visitor(username, "desk/forward/")
        headers = {"X-CSRFToken": TOKEN, "Content-Type": "application/x-www-form-urlencoded"}
        super().__init__(found.path, found.cookies, "POST", headers, status=302)
        self.left = dossiers

    def body(self) -> str:
        sent, self.left = self.left[:MOST], self.left[MOST:]
        return urlencode({"dossier": sent}, doseq=True)


def run(tenant: Tenant) -> None:
    with tenant_scope(tenant.pk):
        dossiers = add_reported(CLICKS * MOST)
        unit = Dossier.objects.select_related("unit").get(pk=dossiers[0]).unit
        clerk = Clerk(nearest_holders("products.forward_dossier", unit)[0].username, dossiers)
    tidy()
    floor = Load("floor: 50 rows", [visitor("", "bench/list/")])
    batch = Load(f"{MOST} dossiers sent up", [clerk], count=1)
    with web() as program:
        compare(program, [floor, batch], floor)
    with tenant_scope(tenant.pk):
        sent = Dossier.objects.filter(pk__in=dossiers, state=DossierState.FORWARDED).count()
        print(
            f"sent: {sent} of {len(dossiers)}; {batch.queries / MOST:.1f} queries and {batch.work / MOST:.1f} ms each"
        )
