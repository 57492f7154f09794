"""HTML to PDF by WeasyPrint: fonts and sheets are made once a process, nothing is fetched from outside."""

import threading
from functools import cache

from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

CONTENT_TYPE = "application/pdf"
SHEETS = ("css/reset.css", "css/print.css", "css/papers.css")
_one_at_a_time = (
    threading.Lock()
)  # Pango's font maps are not for several threads, and previews come from pages


@cache
def _fonts() -> FontConfiguration:
    """Shared: made anew for each paper it costs more than the paper."""
    return FontConfiguration()


@cache
def _sheets() -> tuple[CSS, ...]:
    return tuple(CSS(filename=finders.find(name), font_config=_fonts()) for name in SHEETS)


def to_pdf(html: str) -> bytes:
    """The pages of one document; pictures come as data: addresses, no other address is ever opened."""
    with _one_at_a_time:
        document = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=["data"]))
        return document.write_pdf(stylesheets=list(_sheets()), font_config=_fonts())
