"""Sheets on paper: one's own or another's once it may be read, a blank one for the hall, the whole sealed meeting."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evaluation.ballots.books import LEAD, PLAN, ask_for_book, book_of
from evaluation.ballots.printing import blank_pdf, sheets_pdf
from evaluation.models import Ballot, BallotState
from evaluation.views.items import item_for
from evaluation.views.meetings import meeting_for
from ocop.audit.log import record
from ocop.files.store import serve
from ocop.orgs.http import SignedInRequest
from ocop.papers.pdf import CONTENT_TYPE


@require_safe
@login_required
def sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """Made anew each time; before it is sealed there is nothing to print."""
    sealed = Ballot.objects.visible_to(request.user).filter(state=BallotState.SEALED)
    found = get_object_or_404(sealed.for_page().select_related("assessment__dossier__unit"), pk=pk)
    record("ballot.print", found, by=request.user)
    return _pdf(sheets_pdf([found]), f"phieu-{found.pk}.pdf")


@require_safe
@login_required
def blank(request: SignedInRequest, pk: int, assessment: int) -> HttpResponse:
    """For who leads the meeting or plans it."""
    item = item_for(request.user, pk, assessment)
    if not (request.user.has_perm(PLAN, item.meeting) or request.user.has_perm(LEAD, item.meeting)):
        raise PermissionDenied
    return _pdf(blank_pdf(item.assessment), f"phieu-trang-{assessment}.pdf")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def book(request: SignedInRequest, pk: int) -> HttpResponse:
    """All sheets under the seal in force; POST asks a worker for the file."""
    meeting = meeting_for(request.user, pk)
    if request.method == "POST":
        ask_for_book(meeting, by=request.user)
        messages.success(request, _("Tập phiếu đang được tạo, có thể mất vài phút."))
        return redirect("evaluation:meeting", pk=pk)
    found = book_of(meeting, request.user)
    if found is None or found.file is None:
        raise Http404
    return serve(found.file, about=meeting, by=request.user, inline="download" not in request.GET)


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
