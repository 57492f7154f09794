"""Papers of a dossier: uploaded, tied, replaced, taken in from the vault, taken out."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ocop.device.pages import keep
from ocop.files import scans
from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import User
from ocop.refusals import put_on_form, say
from ocop.seen import locked, merge, watch
from products.dossiers import queries
from products.dossiers.whole import Paper, Whole, load
from products.forms import EvidenceForm
from products.models import Dossier, EvidencePaper, PaperReading
from products.vault.home import about
from products.vault.keeping import dossiers_of
from products.vault.papers import (
    add_evidence,
    add_received,
    change_evidence,
    library,
    made_of,
    remove_evidence,
    replace_evidence,
    replace_received,
    reuse_evidence,
)
from products.vault.reading import proposed, reading_of, warnings_of
from products.vault.viewer import ANCHOR
from products.views.shared import done, dossier_of, read_beside, refused_form, wants_json


@require_http_methods(["GET", "POST"])
@login_required
def evidence_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """The dossier's papers by kind, and the form that adds one."""
    dossier = dossier_of(request, pk, "products.change_dossier" if request.method == "POST" else "")
    may_fill = dossier.is_with_producer and request.user.has_perm("products.change_dossier", dossier)
    whole = load(dossier)
    criterion = request.GET.get("criterion", "")
    initial = {
        "kind": request.GET.get("kind", ""),
        "criteria": [criterion] if criterion in whole.set.by_code else [],
    }
    form = EvidenceForm(request.POST or None, request.FILES or None, whole=whole, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _add(dossier, form, request.user)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            on, args = (
                ("criterion", [pk, criterion]) if criterion in whole.set.by_code else ("evidence", [pk])
            )
            return done(request, _("Đã tải lên."), reverse(f"products:{on}", args=args))
    if form.errors and wants_json(request):
        return refused_form(form)
    today = timezone.localdate()
    context = {
        "dossier": dossier,
        "form": form,
        "may_fill": may_fill,
        "groups": _groups(whole, today),
        "pieces": reverse("dossiers-uploads", args=[pk]),
        "along": [reverse("products:dossier", args=[pk]), reverse("products:review", args=[pk])],
        "wrong": _wrong(dossier) if may_fill else [],
        "library": _at_hand(dossier, today) if may_fill else [],
        "crumbs": _crumbs(whole, _("Giấy tờ minh chứng")),
    }
    response = render(request, "products/evidence.html", context, status=422 if form.errors else 200)
    return keep(response, request.user) if may_fill and request.method == "GET" else response


def _add(dossier: Dossier, form: EvidenceForm, by: User) -> None:
    """Of the file that came with the form, or of one that came in pieces before it."""
    given, sent = form.cleaned_data, form.sent()
    told = {"kind": given["kind"], "criteria": given["criteria"] or None, "facts": form.facts(), "by": by}
    (add_received if "key" in sent else add_evidence)(dossier, **sent, **told)


def _groups(whole: Whole, today: Any) -> list[dict[str, Any]]:
    """One group a kind of the catalogue: those that are there, those that the set rejects a dossier without."""
    wanted = {kind for it in whole.set.rejections for kind in it.evidence}
    read = {it.paper_id: it for it in PaperReading.objects.filter(paper__in=[it.row for it in whole.papers])}
    groups = []
    for kind in whole.regime.evidence:
        papers = [
            _row(paper, today, read.get(paper.row.pk))
            for paper in whole.papers
            if paper.row.kind == kind.code
        ]
        if papers or kind.code in wanted:
            groups.append({"kind": kind, "papers": papers, "is_wanted": kind.code in wanted})
    return groups


def _at_hand(dossier: Dossier, today: Any) -> list[dict[str, Any]]:
    """What the vault holds besides, in words; what has run out stands last."""
    rows = [{"row": it, "about": about(it), "expired": it.has_expired(today)} for it in library(dossier)]
    return sorted(rows, key=lambda row: row["expired"])


def _wrong(dossier: Dossier) -> list[dict[str, Any]]:
    """What the open supplement asks of papers."""
    asked = queries.open_request(dossier)
    return [it for it in asked.items if it["item"].startswith("paper:")] if asked else []


def _row(paper: Paper, today: Any, reading: PaperReading | None) -> dict[str, Any]:
    return {
        "row": paper.row,
        "places": paper.places,
        "expired": paper.row.has_expired(today),
        "advice": [*scans.words(paper.row.file.advice), *(warnings_of(reading) if reading else [])],
        "proposes": reading is not None and bool(proposed(paper.row, reading)),
    }


def _crumbs(whole: Whole, last: str) -> list[tuple[str, str]]:
    dossier = whole.dossier
    home = reverse("products:dossier", args=[dossier.pk])
    return [(_("Hồ sơ"), reverse("products:dossiers")), (dossier.product.name, home), (last, "")]


@require_http_methods(["GET", "POST"])
@login_required
def evidence_edit(request: SignedInRequest, pk: int, paper: int) -> HttpResponse:
    dossier = dossier_of(request, pk, "products.change_dossier")
    whole = load(dossier)
    back = reverse("products:evidence", args=[pk])
    if made_of(dossier, request.POST.get("received", ""), by=request.user):
        return done(request, _("Đã lưu."), back)  # sent again, as the answer to the first was lost
    found = _tied(whole, paper)
    row = found.row
    if request.method == "POST":
        dossiers_of(row, lock=True)  # before the paper, as everywhere
        row = locked(row, request)
    names = ("kind", "title", "number", "issuer", "issued_on", "expires_on", "scope")
    stands = initial = {name: getattr(row, name) for name in names} | {"criteria": found.criteria}
    if "fill" in request.GET and (reading := reading_of(row)):
        initial = initial | proposed(row, reading)
    form = watch(
        EvidenceForm(
            request.POST or None, request.FILES or None, whole=whole, replaces=True, initial=initial
        ),
        stands,
    )
    if request.method == "POST" and form.is_valid() and merge(form):
        try:
            _change(request, dossier, row, form)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            return done(request, _("Đã lưu."), back)
    if form.errors and wants_json(request):
        return refused_form(form)
    context = {
        "form": form,
        "title": row.title,
        "sub": dossier.product.name,
        "back": back,
        "pieces": reverse("dossiers-paper-uploads", args=[pk, row.pk]),
        **read_beside(row),
    }
    return render(request, "products/paper_edit.html", context, status=422 if form.errors else 200)


def _change(request: SignedInRequest, dossier: Dossier, row: EvidencePaper, form: EvidenceForm) -> None:
    """Other facts, or another file; the pins that are lost by it are said."""
    facts = {**form.facts(), "kind": form.cleaned_data["kind"]}
    facts["title"] = facts["title"] or row.title
    told = {"facts": facts, "criteria": form.cleaned_data["criteria"], "by": request.user}
    if not (sent := form.sent()):
        change_evidence(dossier, row, **told)
        return
    replaced = (replace_received if "key" in sent else replace_evidence)(dossier, row, **sent, **told)
    if replaced.words:
        messages.warning(request, replaced.words)


def _tied(whole: Whole, paper: int) -> Paper:
    for found in whole.papers:
        if found.row.pk == paper:
            return found
    raise Http404


@require_http_methods(["GET", "POST"])
@login_required
def evidence_remove(request: SignedInRequest, pk: int, paper: int) -> HttpResponse:
    """Asks once, then takes the paper out."""
    dossier = dossier_of(request, pk, "products.change_dossier")
    found = _tied(load(dossier), paper)
    back = reverse("products:evidence", args=[pk])
    if request.method == "POST":
        _do(
            request,
            lambda: remove_evidence(dossier, found.row, by=request.user),
            _("Đã bỏ giấy tờ khỏi hồ sơ."),
        )
        return redirect(back)
    text = _("Những gì đã nộp trước đây vẫn giữ nguyên bản.")
    context = {"paper": found.row, "back": back, "title": _("Bỏ giấy tờ khỏi hồ sơ?"), "text": text}
    return render(request, "products/remove.html", context)


@require_POST
@login_required
def evidence_reuse(request: SignedInRequest, pk: int, paper: int) -> HttpResponse:
    """A paper that the producer already has, from another product or year."""
    dossier = dossier_of(request, pk, "products.change_dossier")
    papers = EvidencePaper.objects.visible_to(request.user).filter(withdrawn_at=None)
    row, criterion = get_object_or_404(papers, pk=paper), request.POST.get("criterion", "")
    write = partial(reuse_evidence, dossier, row, by=request.user, criterion=criterion)
    _do(request, write, _("Đã gắn giấy tờ vào hồ sơ."))
    if criterion in load(dossier).set.by_code:
        return redirect(f"{reverse('products:criterion', args=[pk, criterion])}?paper={paper}{ANCHOR}")
    return redirect("products:evidence", pk=pk)


def _do(request: SignedInRequest, write: Any, words: str) -> None:
    try:
        write()
    except ValidationError as refused:
        say(request, refused)
    else:
        messages.success(request, words)
