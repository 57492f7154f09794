"""A case of loại proposed by a member from her sheet."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evaluation.ballots.proposals import propose_knock_out, take_back_proposal
from evaluation.ballots.saving import closed_reasons, has_declared, set_of
from evaluation.forms.sheet import ProposalForm
from evaluation.models import Ballot
from ocop.orgs.http import SignedInRequest
from ocop.refusals import put_on_form, say


@require_http_methods(["GET", "POST"])
@login_required
def proposals(request: SignedInRequest, pk: int) -> HttpResponse:
    """Those of one's own sheet, and the form for one more."""
    ballot = own_ballot(request, pk)
    asked = {name: request.GET[name] for name in ("paper", "page") if request.GET.get(name, "").isdigit()}
    form = ProposalForm(request.POST or None, ballot=ballot, initial=asked)
    if request.method == "POST" and form.is_valid():
        try:
            propose_knock_out(ballot, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã ghi đề nghị loại; Hội đồng xem xét sau khi mọi phiếu đã nộp."))
            return redirect("evaluation:proposals", pk=pk)
    context = {"ballot": ballot, "form": form, "rows": _rows(ballot), **_closing(ballot)}
    return render(request, "evaluation/proposals.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def take_back(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    ballot = own_ballot(request, pk)
    try:
        take_back_proposal(ballot, code, by=request.user)
    except ValidationError as refused:
        say(request, refused)
    return redirect("evaluation:proposals", pk=pk)


def own_ballot(request: SignedInRequest, pk: int) -> Ballot:
    """One's own sheet of a product one has declared on."""
    ballots = Ballot.objects.visible_to(request.user).for_page().filter(seat__user=request.user)
    found = get_object_or_404(ballots, pk=pk)
    if not has_declared(found, found.meeting):
        raise Http404
    return found


def _rows(ballot: Ballot) -> list[dict[str, Any]]:
    texts = set_of(ballot).knock_outs
    return [
        {"it": it, "text": texts[it.code].text, "url": page_url(it)}
        for it in ballot.proposals.select_related("paper__file")
    ]


def page_url(it: Any) -> str:
    """The page of the paper as a picture, where one was named; else the file; nothing without a paper."""
    if it.paper_id is None:
        return ""
    if it.page and it.paper.file.is_clip:
        return f"{reverse('products:evidence_view', args=[it.paper_id])}?page={it.page}"
    if it.page:
        return reverse("products:evidence_page", args=[it.paper_id, it.page])
    return reverse("products:evidence_file", args=[it.paper_id])


def _closing(ballot: Ballot) -> dict[str, Any]:
    reasons = closed_reasons(ballot)
    crumbs = [
        (_("Chương trình họp"), reverse("evaluation:meeting", args=[ballot.meeting_id])),
        (ballot.assessment.dossier.product.name, reverse("evaluation:ballot", args=[ballot.pk])),
        (_("Đề nghị loại"), ""),
    ]
    return {"reasons": reasons, "locked": ballot.is_sealed or bool(reasons), "crumbs": crumbs}
