"""What the evidence viewer beside a question shows: the papers, and the open one page by page, as pictures.

Pictures, not the file: a phone without a PDF reader shows them, and nothing of the file runs in the page.
A clip is played by the browser, from the second that is pinned; Word and Excel files are only handed out.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ocop.files.kinds import KINDS
from ocop.files.models import StoredFile
from products.models import EvidencePaper
from products.vault.pages import has_pages, last_place, page_count, place_words

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
    words = _length(paper.file)
    if pin is not None:
        words = _("%(length)s, ghim %(place)s") % {"length": words, "place": place_words(paper.file, pin)}
    return {"label": paper.title, "url": f"?paper={paper.pk}{ANCHOR}", "meta": words, "current": is_open}


def _length(file: StoredFile) -> str:
    if file.is_clip:
        return _("clip %(length)s") % {"length": f"{(file.seconds or 0) // 60}:{(file.seconds or 0) % 60:02}"}
    if not has_pages(file):
        return KINDS[file.content_type].label
    count = page_count(file)
    return ngettext("%(n)s trang", "%(n)s trang", count) % {"n": count}


def _opened(paper: EvidencePaper, place: str, pin: int | None) -> dict[str, Any]:
    """The open paper at the place that is asked for, else at its pin, else at its beginning."""
    last = last_place(paper.file)
    number = min(int(place) if place.isdigit() and int(place) else pin or 1, max(last, 1))
    opened = {
        "key": paper.pk,
        "pin": pin,
        "pin_words": place_words(paper.file, pin) if pin else "",
        "label": paper.title,
        "url": reverse("products:evidence_file", args=[paper.pk]),
        "page": number,
        "can_pin": bool(last),
        "said": paper.said,
    }
    if paper.file.is_clip:
        second = number if place or pin else 0
        clip = reverse("products:evidence_clip", args=[paper.pk])
        return opened | {"clip_url": f"{clip}#t={second}" if second else clip}
    if not has_pages(paper.file):
        return opened | {"only_file": KINDS[paper.file.content_type].label}
    return opened | _pictured(paper, number, last)


def _pictured(paper: EvidencePaper, number: int, pages: int) -> dict[str, Any]:
    return {
        "image_url": reverse("products:evidence_page", args=[paper.pk, number]),
        "alt": _("Trang %(n)s của %(title)s") % {"n": number, "title": paper.title},
        "pages": pages,
        "previous_url": _turn(paper, number - 1) if number > 1 else "",
        "next_url": _turn(paper, number + 1) if number < pages else "",
    }


def _turn(paper: EvidencePaper, number: int) -> str:
    return f"?paper={paper.pk}&page={number}{ANCHOR}"
