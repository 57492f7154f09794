"""The paper that calls the members as its readers see it: the draft to who plans it, the issued one to its council."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evaluation.meetings.agenda import PLAN
from evaluation.meetings.boards import visible_items
from evaluation.meetings.invitations.paper import invitation
from evaluation.models import Meeting
from evaluation.views.agenda import crumbs
from evaluation.views.meetings import meeting_for
from ocop.files.store import serve
from ocop.orgs.http import SignedInRequest


@require_safe
@login_required
def shown(request: SignedInRequest, pk: int) -> HttpResponse:
    """In writing with the products that this reader sees: the paper itself names none."""
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
        "how": [line for block in content["body"] for line in block.get("list", [])],
        "products": visible_items(meeting, request.user) if meeting.is_written else [],
        "crumbs": crumbs(meeting, _("Công văn lấy ý kiến") if meeting.is_written else _("Giấy mời")),
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
