"""One paper: looked at page by page, handed out; each look is logged."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from ocop.audit.log import record
from ocop.files.store import serve
from ocop.history import events
from ocop.orgs.http import SignedInRequest
from products.models import EvidencePaper
from products.vault.handing import hand_out, looked_at
from products.vault.pages import page_picture
from products.vault.viewer import viewer
from products.vault.watermark import can_mark
from products.views.shared import field_label


def _seen(request: SignedInRequest, pk: int) -> EvidencePaper:
    return get_object_or_404(
        EvidencePaper.objects.visible_to(request.user).select_related("file", "producer"), pk=pk
    )


@require_GET
@login_required
def evidence_view(request: SignedInRequest, pk: int) -> HttpResponse:
    """One paper, page by page; each page that is sent is logged."""
    paper = _seen(request, pk)
    context = {
        "paper_row": paper,
        "facts": _facts(paper),
        "is_marked": can_mark(paper.file) and not paper.roles_of(request.user),
        "log": events(looked_at(paper)) if request.user.has_perm("audit.view_entry", paper) else [],
        **viewer([paper], request.GET),
    }
    return render(request, "products/paper.html", context)


def _facts(paper: EvidencePaper) -> list[tuple[Any, ...]]:
    names = ("number", "issuer", "issued_on", "expires_on", "scope")
    rows = [(field_label(paper, name), getattr(paper, name) or "–", "") for name in names]
    return [(_("Chủ thể"), paper.producer.name, ""), *rows]


@require_GET
@login_required
def evidence_file(request: SignedInRequest, pk: int) -> HttpResponse:
    return hand_out(_seen(request, pk), by=request.user)


@require_GET
@login_required
def evidence_clip(request: SignedInRequest, pk: int) -> HttpResponse:
    """The clip for the viewer, in the parts that the browser asks for."""
    paper = _seen(request, pk)
    if not paper.file.is_clip:
        raise Http404
    return serve(paper.file, about=paper, by=request.user, inline=True, part=request.headers.get("Range", ""))


@require_GET
@login_required
@cache_control(private=True, max_age=3600, immutable=True)
def evidence_page(request: SignedInRequest, pk: int, number: int, kind: str = "PNG") -> HttpResponse:
    """A page as a picture; the bytes of a paper never change, so the reader's own browser may keep it."""
    paper = _seen(request, pk)
    picture = page_picture(paper.file, number, kind)
    if picture is None:
        raise Http404
    seen = {"file": paper.file_id, "sha256": paper.file.sha256, "page": number}
    record("file.view", paper, by=request.user, unit=paper.producer.unit, data=seen)
    response = HttpResponse(picture, content_type=f"image/{kind.lower()}")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
