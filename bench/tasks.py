"""The floor of papers: WeasyPrint, in the same worker, with one line on the page."""

from celery import shared_task
from django.core.cache import cache

from ocop.papers.pdf import to_pdf

LINE = "<p>Giấy chứng nhận sản phẩm OCOP</p>"


@shared_task(name="bench.one_line")
def one_line(count: int, key: str) -> None:
    for _ in range(count):
        to_pdf(LINE)
    cache.set(key, count)
