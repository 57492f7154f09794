"""200 certificates by a real worker, against WeasyPrint with one line on the page in the same worker."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable

from django.core.cache import cache

from bench.data import add_certificates
from bench.server import Program, worker
from bench.tasks import one_line
from evaluation.models import Certificate
from evaluation.tasks import render_certificates
from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import tenant_scope

ROUNDS, COUNT = 4, 50
LONGEST = 300  # seconds for one round


def run(tenant: Tenant) -> None:
    with worker() as program:
        certificates(program, tenant, 4)  # what waits since the demo, and the fonts
        lines(program, 4)
        floor, made = [0.0, 0.0], [0.0, 0.0]
        for _ in range(ROUNDS):
            floor = _add(floor, lines(program, COUNT))
            made = _add(made, certificates(program, tenant, COUNT))
        total = ROUNDS * COUNT
        print(f"{'':24}{'a second':>10}{'work':>10}{'× rate':>9}{'× work':>8}")
        for name, (seconds, work) in ("floor: one line", floor), (f"{total} certificates", made):
            print(f"{name:24}{total / seconds:>10.1f}{work / total * 1000:>7.1f} ms"
                  f"{floor[0] / seconds:>9.2f}{work / floor[1]:>8.2f}")  # fmt: skip
        print(f"resident, worker: {', '.join(f'{it} MB' for it in program.megabytes())}")


def _add(sums: list[float], more: tuple[float, float]) -> list[float]:
    return [one + other for one, other in zip(sums, more, strict=True)]


def lines(program: Program, count: int) -> tuple[float, float]:
    key = uuid.uuid4().hex
    return timed(program, lambda: one_line.delay(count, key), lambda: cache.get(key) is not None)


def certificates(program: Program, tenant: Tenant, count: int) -> tuple[float, float]:
    with tenant_scope(tenant.pk):
        add_certificates(count)

    def all_made() -> bool:
        with tenant_scope(tenant.pk):
            return not Certificate.objects.to_render().exists()

    return timed(program, lambda: render_certificates.delay(tenant.pk), all_made)


def timed(
    program: Program, send: Callable[[], object], is_done: Callable[[], bool], *, longest: float = LONGEST
) -> tuple[float, float]:
    """Seconds until it is done, and seconds of processor that the worker took."""
    work, began = program.seconds(), time.perf_counter()
    send()
    while not is_done():
        if time.perf_counter() - began > longest:
            raise RuntimeError(f"Not done in {longest} s: {program.log.read_text()[-2000:]}")
        time.sleep(0.02)
    return time.perf_counter() - began, program.seconds() - work
