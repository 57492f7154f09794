"""The score sheet: one criterion a page, its evidence beside it; every choice is kept at once."""

import json
import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaluation.ballots.earlier import read_earlier
from evaluation.ballots.notes import claims_of, note_words
from evaluation.ballots.opinions import LONGEST as LONGEST_OPINION
from evaluation.ballots.opinions import save_opinion
from evaluation.ballots.precedents import read_precedents
from evaluation.ballots.saving import SCORE, Conflict, Saved, closed_reasons, has_declared, save_mark
from evaluation.ballots.sheets import SheetPage, read_claim, read_evidence, read_page, read_tally
from evaluation.meetings.boards import next_unfinished, read_places, row_before
from evaluation.meetings.calls import own_call
from evaluation.models import OPINION, Ballot, Question
from evaluation.rules import read_rules
from evaluation.views.numbers import whole
from evaluation.workflow.ballot import BALLOT
from ocop.cards import field_name, raw_value
from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import User
from ocop.refusals import say
from ocop.steps import step_page
from products.dossiers.guidance import guided
from products.vault.viewer import viewer


@require_safe
@login_required
def ballot(request: SignedInRequest, pk: int) -> HttpResponse:
    """The first criterion without points."""
    found = _ballot(request.user, pk)
    page = read_page(found)
    assert page is not None
    return redirect("evaluation:criterion", pk=pk, code=page.criterion.code)


@require_http_methods(["GET", "POST"])
@login_required
def criterion(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """One criterion: shown, or saved by a plain form or by the script (which asks for JSON)."""
    if request.method == "POST":
        return _save(request, pk, code)
    found = _ballot(request.user, pk)
    if found.seat.user_id == request.user.pk and not has_declared(found, found.meeting):
        messages.info(request, _("Hãy khai báo xung đột lợi ích trước khi mở hồ sơ."))
        return redirect("evaluation:declare", pk=found.meeting_id)
    return _show(request, found, code)


def _show(request: SignedInRequest, found: Ballot, code: str | None, **more: Any) -> HttpResponse:
    page = read_page(found, code)
    if page is None:
        raise Http404
    status = more.pop("status", 200)
    return render(
        request, "evaluation/ballot.html", _context(request.user, page, request.GET) | more, status=status
    )


def _context(user: User, page: SheetPage, query: Any) -> dict[str, Any]:
    found = page.ballot
    rows = read_places(found.meeting, user)
    keys = [row.item.assessment_id for row in rows]
    mine = found.seat.user_id == user.pk
    reasons = closed_reasons(found) if mine else []
    return {
        "page": page,
        "card": guided(
            page.card, page.criteria_set.code, page.criterion, found.assessment.dossier.regime, user
        ),
        "ballot": found,
        "dossier": found.assessment.dossier,
        "claim": read_claim(page.claims, page.criterion.code),
        "questions": list(
            Question.objects.visible_to(user)
            .filter(assessment=found.assessment_id, criterion=page.criterion.code)
            .select_related("file")
        ),
        "earlier": read_earlier(found, page.criterion.code),
        "precedents": read_precedents(found, page.criterion.code, reader=user) if mine else None,
        **_evidence(page, query),
        "note_words": json.dumps(page.note_words),
        "note_word": page.note_words.get(page.value or "", ""),
        "name": field_name(page.criterion.code),
        "opinion": found.opinion,
        "opinion_most": LONGEST_OPINION,
        "key": uuid.uuid4().hex,
        "locked": not mine or found.is_sealed or bool(reasons),
        "reasons": reasons,
        "mine": mine,
        "place": keys.index(found.assessment_id) + 1 if found.assessment_id in keys else None,
        "places": len(keys),
        "next": next_unfinished(rows, found.assessment_id),
        "before": row_before(rows, found.assessment_id),
        "gate": page.tally["gates"].get(page.criterion.code),
        "is_written": found.meeting.is_written,
        "call": own_call(found) if mine and found.meeting.is_written else None,
        "may_abstain": read_rules(found.meeting.rules or found.meeting.council.rules).may_abstain,
        "may_reopen": not mine and user.has_perm("evaluation.reopen_ballot", found),
    }


def _evidence(page: SheetPage, query: Any) -> dict[str, Any]:
    """The papers of this criterion, the one asked for open (else the first), at the page it is tied to."""
    links = read_evidence(page.ballot.assessment.dossier, page.criterion.code)
    return viewer([it.paper for it in links], query, opens_at={it.paper_id: it.page for it in links})


def _save(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Who may score a sheet may see it, so that is asked only of who may not: 404 for whom it is not there."""
    wants_json = request.accepts("application/json") and not request.accepts("text/html")
    given = request.POST.get(field_name(code), "")
    try:
        saved = save_mark(
            pk,
            code,
            raw_value(given) if given else None,
            revision=_revision(request, "revision"),
            key=request.POST.get("key", "")[:64] or uuid.uuid4().hex,
            by=request.user,
            note=request.POST.get("note", ""),
        )
    except PermissionDenied:
        _ballot(request.user, pk)
        raise
    except Conflict as conflict:
        return _conflict(request, pk, code, conflict, wants_json=wants_json)
    except ValidationError as refused:
        if wants_json:
            return JsonResponse({"error": " ".join(refused.messages)}, status=422)
        return _show(request, _ballot(request.user, pk), code, refusals=refused.messages, status=422)
    return JsonResponse(_saved(saved)) if wants_json else _onward(request, saved)


def _saved(saved: Saved) -> dict[str, Any]:
    """What the script needs after a save: the server's time, the new revision, the sums as HTML."""
    tally = read_tally(saved.ballot)
    gate = tally["gates"].get(saved.criterion)
    return {
        "saved_at": f"{timezone.localtime(saved.at):%H:%M}",
        "revision": saved.revision,
        "total": tally["total"],
        "stars": tally["stars"],
        "note_wanted": note_words(saved.ballot, saved.criterion, claims_of(saved.ballot)),
        "answered": tally["answered"],
        "tally": render_to_string("evaluation/tally.html", {"tally": tally}),
        "gate": render_to_string("evaluation/gate.html", {"gate": gate}) if gate else "",
    }


def _onward(request: SignedInRequest, saved: Saved) -> HttpResponse:
    """After a plain save: to the criterion that was asked for, else the same again."""
    page = read_page(saved.ballot, saved.criterion)
    assert page is not None
    wanted = {"next": page.neighbours[1], "before": page.neighbours[0]}.get(request.POST.get("go", ""))
    messages.success(request, _("Đã lưu %(time)s") % {"time": f"{timezone.localtime(saved.at):%H:%M}"})
    return redirect("evaluation:criterion", pk=saved.ballot.pk, code=wanted or saved.criterion)


def _conflict(
    request: SignedInRequest, pk: int, code: str, conflict: Conflict, *, wants_json: bool
) -> HttpResponse:
    """Both values, for the person to choose; nothing was written."""
    if wants_json:
        answer = {"mine": conflict.mine, "theirs": conflict.theirs, "revision": conflict.revision}
        return JsonResponse(answer, status=409)
    return _show(request, _ballot(request.user, pk), code, conflict=conflict, status=409)


@require_POST
@login_required
def opinion(request: SignedInRequest, pk: int) -> HttpResponse:
    """The words at the foot of the sheet; saves itself as a draft's fields do."""
    found = _ballot(request.user, pk)
    wants_json = request.accepts("application/json") and not request.accepts("text/html")
    given, seen = request.POST.get(OPINION, ""), _revision(request, f"r:{OPINION}")
    try:
        saved = save_opinion(found, given, revision=seen, key=uuid.uuid4().hex, by=request.user)
    except Conflict as conflict:
        return _opinions_differ(request, found, conflict, wants_json=wants_json)
    except ValidationError as refused:
        if wants_json:
            return JsonResponse({"error": " ".join(refused.messages)}, status=422)
        say(request, refused)
        return redirect("evaluation:ballot", pk=pk)
    if wants_json:
        return JsonResponse({"saved_at": f"{timezone.localtime(saved.at):%H:%M}", "revision": saved.revision})
    return redirect("evaluation:ballot", pk=pk)


def _opinions_differ(
    request: SignedInRequest, found: Ballot, conflict: Conflict, *, wants_json: bool
) -> HttpResponse:
    """Both texts, for the person to choose; nothing was written."""
    mine, theirs = conflict.mine["note"], conflict.theirs["note"]
    if wants_json:
        clash = {"field": OPINION, "mine": mine, "theirs": theirs, "revision": conflict.revision}
        return JsonResponse({"error": _("Ý kiến vừa được sửa ở nơi khác."), "clashes": [clash]}, status=409)
    found.refresh_from_db(fields=["opinion", "opinion_revision", "state"])
    return _show(request, found, None, opinion=mine, opinion_theirs=theirs, status=409)


@require_http_methods(["GET", "POST"])
@login_required
def step(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    """Sealed by its holder, reopened by the chair; the chair finds it through the product, not through its points."""
    found = get_object_or_404(Ballot.objects.reachable_by(request.user).for_page(), pk=pk)
    back = reverse("evaluation:meeting", args=[found.meeting_id])
    return step_page(request, found, BALLOT, name, back=back)


def _ballot(user: User, pk: int) -> Ballot:
    """A sheet she may see; of her own it is enough that she may score it, which is asked with far less."""
    own = Ballot.objects.filter(seat__user=user).for_page().filter(pk=pk).first()
    if own is not None and user.has_perm(SCORE, own.assessment):
        own.seat.user = user  # her name is known
        return own
    return get_object_or_404(Ballot.objects.visible_to(user).for_page(), pk=pk)


def _revision(request: SignedInRequest, name: str) -> int:
    """What the page saw; a form without it saw nothing that could ever be."""
    seen = whole(request.POST.get(name))
    return -1 if seen is None else seen
