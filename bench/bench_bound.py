"""A dossier of 300 scanned pages bound by a real worker, against the same pages put behind each other in it."""

from __future__ import annotations

import uuid

from django.core.cache import cache

from bench.bench_certificates import timed
from bench.data import add_scanned_version
from bench.server import Program, worker
from bench.tasks import pages_alone
from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import tenant_scope
from products.models import BoundDossier, DossierVersion
from products.tasks import bind_dossiers

PAPERS, PAGES = 30, 10


def run(tenant: Tenant) -> None:
    with tenant_scope(tenant.pk):
        version = add_scanned_version(PAPERS, PAGES)
    with worker() as program:
        made = bound(program, tenant, version)
        most = program.peak()
        floor = alone(program, tenant, version)
        with tenant_scope(tenant.pk):
            book = BoundDossier.objects.select_related("pdf", "archive").get(version=version)
        print(f"{'':28}{'seconds':>9}{'work':>9}{'× work':>8}")
        for name, (seconds, work) in ("floor: pages alone", floor), (f"{book.pages} pages and ZIP", made):
            print(f"{name:28}{seconds:>8.1f} {work:>7.1f} s{work / floor[1]:>8.2f}")
        size, zipped = (it.size // 1_000_000 for it in (book.pdf, book.archive))
        print(f"PDF {size} MB, ZIP {zipped} MB; worker: at most {most} MB")


def alone(program: Program, tenant: Tenant, version: DossierVersion) -> tuple[float, float]:
    key = uuid.uuid4().hex
    return timed(
        program, lambda: pages_alone.delay(tenant.pk, version.pk, key), lambda: cache.get(key) is not None
    )


def bound(program: Program, tenant: Tenant, version: DossierVersion) -> tuple[float, float]:
    with tenant_scope(tenant.pk):
        BoundDossier.objects.create(version=version)

    def is_made() -> bool:
        with tenant_scope(tenant.pk):
            return BoundDossier.objects.filter(version=version, pdf__isnull=False).exists()

    return timed(program, lambda: bind_dossiers.delay(tenant.pk), is_made)
