"""One paper: looked at page by page, handed out; each look is logged."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ocop.files.links import LASTS
from ocop.files.store import serve
from ocop.history import events
from ocop.orgs.http import SignedInRequest
from products.forms import ConfirmForm
from products.models import EvidencePaper, said
from products.models.office import CONFIRMS
from products.vault.confirming import said_before
from products.vault.handing import hand_out, hand_out_page, looked_at
from products.vault.pages import page_count
from products.vault.viewer import viewer
from products.vault.watermark import can_mark
from products.views.shared import behind_the_door, field_label


def seen_paper(request: SignedInRequest, pk: int) -> EvidencePaper:
    """The paper if this person sees it (404), with what its office said of it."""
    papers = EvidencePaper.objects.visible_to(request.user).annotate(said=said())
    return get_object_or_404(papers.select_related("file", "producer__unit"), pk=pk)


@require_GET
@login_required
def evidence_view(request: SignedInRequest, pk: int) -> HttpResponse:
    """One paper, page by page; each page that is sent is logged."""
    return paper_page(request, seen_paper(request, pk))


def paper_page(
    request: SignedInRequest, paper: EvidencePaper, *, form: ConfirmForm | None = None, status: int = 200
) -> HttpResponse:
    """`form` is the office's word that was refused."""
    context = {
        "paper_row": paper,
        **_word(request, paper, form),
        "facts": _facts(paper),
        "is_marked": can_mark(paper.file) and not paper.roles_of(request.user),
        "log": events(looked_at(paper)) if request.user.has_perm("audit.view_entry", paper) else [],
        **viewer([paper], request.GET),
    }
    return render(request, "products/paper.html", context, status=status)


def _word(request: SignedInRequest, paper: EvidencePaper, form: ConfirmForm | None) -> dict[str, Any]:
    """What was said of it, and the form for whoever speaks for its office."""
    rows = said_before(paper)
    if not request.user.has_perm(CONFIRMS, paper):
        return {"words": rows}
    standing = next((it for it in rows if it.revision == paper.revision and it.ended_at is None), None)
    is_own = standing is None or request.user.has_perm(CONFIRMS, standing.unit)
    if form is not None:  # what was written is kept; what it was written of is shown anew
        form.data = {**form.data.dict(), "revision": paper.revision, "seen": standing.pk if standing else ""}  # type: ignore[attr-defined]
    elif is_own:
        seen = {"verdict": standing.verdict, "note": standing.note, "seen": standing.pk} if standing else {}
        form = ConfirmForm(initial={"revision": paper.revision, **seen})
    return {"words": rows, "standing": standing, "confirm_form": form, "confirms": True}


def _facts(paper: EvidencePaper) -> list[tuple[Any, ...]]:
    names = ("number", "issuer", "issued_on", "expires_on", "scope")
    rows = [(field_label(paper, name), getattr(paper, name) or "–", "") for name in names]
    return [(_("Chủ thể"), paper.producer.name, ""), *rows]


# ── its bytes: each address leads on to one with a key that ends ──


@require_GET
@login_required
def evidence_file(request: SignedInRequest, pk: int) -> HttpResponse:
    paper = seen_paper(request, pk)
    return _behind_the_door(request, paper, "file", lambda: hand_out(paper, by=request.user))


@require_GET
@login_required
def evidence_clip(request: SignedInRequest, pk: int) -> HttpResponse:
    """The clip for the viewer, in the parts that the browser asks for."""
    paper = seen_paper(request, pk)
    if not paper.file.is_clip:
        raise Http404
    part = request.headers.get("Range", "")
    send = partial(serve, paper.file, about=paper, by=request.user, inline=True, part=part)
    return _behind_the_door(request, paper, "clip", send, lasts=LASTS + (paper.file.seconds or 0))


@require_GET
@login_required
def evidence_page(request: SignedInRequest, pk: int, number: int, kind: str = "PNG") -> HttpResponse:
    """A page as a picture; one key opens every page of the paper."""
    paper = seen_paper(request, pk)
    if not 1 <= number <= page_count(paper.file):
        raise Http404
    unit = paper.producer.unit
    send = partial(hand_out_page, paper.file, number, kind, about=paper, unit=unit, by=request.user)
    return _behind_the_door(request, paper, "page", send)


def _behind_the_door(
    request: SignedInRequest,
    paper: EvidencePaper,
    what: str,
    send: Callable[[], HttpResponse],
    *,
    lasts: int = LASTS,
) -> HttpResponse:
    back = reverse("products:evidence_view", args=[paper.pk])
    return behind_the_door(request, f"evidence-{paper.pk}-{what}", send, back=back, lasts=lasts)
