"""The floors of papers, in the same worker: WeasyPrint with one line on the page; pages put behind each other."""

import tempfile
from contextlib import ExitStack

import pikepdf
from celery import shared_task
from django.core.cache import cache

from ocop.papers.pdf import to_pdf
from ocop.tenancy.tasks import TenantTask
from products.dossiers.filed import read
from products.models import DossierVersion

LINE = "<p>Giấy chứng nhận sản phẩm OCOP</p>"


@shared_task(name="bench.one_line")
def one_line(count: int, key: str) -> None:
    for _ in range(count):
        to_pdf(LINE)
    cache.set(key, count)


@shared_task(name="bench.pages_alone", base=TenantTask)
def pages_alone(tenant_id: int, version: int, key: str) -> None:
    """The papers of a filing as one PDF: no frames, no forms, no index, no archive, nothing kept."""
    filed = read(DossierVersion.objects.get(pk=version).content)
    with ExitStack() as opened, pikepdf.new() as joined, tempfile.TemporaryFile() as kept:
        for paper in filed.papers:
            if paper.file:
                pdf = opened.enter_context(pikepdf.open(opened.enter_context(paper.file.open())))
                joined.pages.extend(pdf.pages)
        joined.save(kept)
    cache.set(key, len(filed.papers))
