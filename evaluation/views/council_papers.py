"""One button: the council's report or submission, drafted from the sealed meeting."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from evaluation.decisions.reporting import KINDS, draft_report
from evaluation.views.meetings import meeting_for
from ocop.orgs.http import SignedInRequest
from ocop.refusals import say
from ocop.written import in_vietnamese


@require_POST
@login_required
def draft(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    meeting = meeting_for(request.user, pk)
    if kind not in KINDS:
        raise Http404
    try:
        with in_vietnamese():
            paper = draft_report(meeting, kind, by=request.user)
    except ValidationError as refused:
        say(request, refused)
        return redirect("evaluation:meeting", pk=pk)
    return redirect("papers:paper", pk=paper.pk)
