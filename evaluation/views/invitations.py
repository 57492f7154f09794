"""The invitation as its readers see it: the draft to who plans the meeting, the issued one to its council."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evaluation.meetings.agenda import PLAN
from evaluation.meetings.invitations import invitation
from evaluation.models import Meeting
from evaluation.views.agenda import crumbs
from evaluation.views.meetings import meeting_for
from ocop.files.store import serve
from ocop.orgs.http import SignedInRequest


@require_safe
@login_required
def shown(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = meeting_for(request.user, pk)
    paper = meeting.invitation
    if paper is None and not request.user.has_perm(PLAN, meeting):
        raise Http404
    content = paper.content if paper else invitation(meeting)
    annex = content["annexes"][0]
    context = {
        "meeting": meeting,
        "paper": paper,
        "facts": [(label, value, "") for block in content["body"] for label, value in block.get("facts", [])],
        "columns": [{"label": label.rstrip("*")} for label in annex["columns"][1:]],
        "rows": [row[1:] for row in annex["rows"]],
        "title": annex["title"],
        "crumbs": crumbs(meeting, _("Giấy mời")),
    }
    return render(request, "evaluation/invitation.html", context)


@require_safe
@login_required
def file(request: SignedInRequest, pk: int) -> HttpResponse:
    """The paper's file for those who are invited by it."""
    meeting: Meeting = meeting_for(request.user, pk)
    paper = meeting.invitation
    kept = paper and (paper.signed_file or paper.file)
    if paper is None or not kept:
        raise Http404
    return serve(kept, about=paper, by=request.user, inline="download" not in request.GET)
