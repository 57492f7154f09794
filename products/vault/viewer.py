"""What the evidence viewer beside a question shows: the papers, and the open one page by page, as pictures.

Pictures, not the file: a phone without a PDF reader shows them, and nothing of the file runs in the page.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from products.models import EvidencePaper
from products.vault.pages import page_count

ANCHOR = "#minh-chung"  # where the viewer stands in the page


def viewer(
    papers: Sequence[EvidencePaper],
    query: Mapping[str, str],
    *,
    opens_at: Mapping[int, int | None] | None = None,
) -> dict[str, Any]:
    """Context of `{% viewer papers paper %}`: `?paper=` and `?page=` choose; `opens_at` is paper id → pinned page."""
    if not papers:
        return {"papers": [], "paper": None}
    pins = opens_at or {}
    wanted = query.get("paper", "")
    current = next((paper for paper in papers if str(paper.pk) == wanted), papers[0])
    return {
        "papers": [_listed(paper, pins.get(paper.pk), is_open=paper is current) for paper in papers],
        "paper": _opened(current, query.get("page", ""), pins.get(current.pk)),
    }


def _listed(paper: EvidencePaper, pin: int | None, *, is_open: bool) -> dict[str, Any]:
    count = page_count(paper.file)
    words = ngettext("%(n)s trang", "%(n)s trang", count) % {"n": count}
    if pin is not None:
        words = _("%(pages)s, ghim trang %(n)s") % {"pages": words, "n": pin}
    return {"label": paper.title, "url": f"?paper={paper.pk}{ANCHOR}", "meta": words, "current": is_open}


def _opened(paper: EvidencePaper, page: str, pin: int | None) -> dict[str, Any]:
    pages = page_count(paper.file)
    number = min(int(page) if page.isdigit() and int(page) else pin or 1, pages)
    return {
        "key": paper.pk,
        "pin": pin,
        "label": paper.title,
        "url": reverse("products:evidence_file", args=[paper.pk]),
        "image_url": reverse("products:evidence_page", args=[paper.pk, number]),
        "alt": _("Trang %(n)s của %(title)s") % {"n": number, "title": paper.title},
        "page": number,
        "pages": pages,
        "previous_url": _turn(paper, number - 1) if number > 1 else "",
        "next_url": _turn(paper, number + 1) if number < pages else "",
    }


def _turn(paper: EvidencePaper, number: int) -> str:
    return f"?paper={paper.pk}&page={number}{ANCHOR}"
