"""Sheets on paper: one's own or another's once it may be read, blank ones for the hall, the whole sealed meeting."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evaluation.ballots.blanks import ask_for_blanks, blanks_of, bound, may_print
from evaluation.ballots.books import ask_for_book, book_of
from evaluation.ballots.printing import blank_pdf, blank_sheet, filled, sheets_pdf
from evaluation.ballots.word import sheet_docx
from evaluation.meetings.boards import visible_items
from evaluation.models import AgendaItem, Ballot, BallotState, Meeting
from evaluation.views.items import item_for
from evaluation.views.meetings import meeting_for
from ocop.audit.log import record
from ocop.files.store import serve
from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import User
from ocop.papers.pdf import CONTENT_TYPE
from ocop.papers.word.paper import CONTENT_TYPE as WORD_CONTENT_TYPE
from ocop.refusals import say


@require_safe
@login_required
def sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """Made anew each time; before it is sealed there is nothing to print."""
    found = _sealed(request.user, pk)
    record("ballot.print", found, by=request.user)
    return _sent(sheets_pdf([found]), f"phieu-{found.pk}.pdf", CONTENT_TYPE)


@require_safe
@login_required
def sheet_word(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same as a Word copy to work on."""
    found = _sealed(request.user, pk)
    record("ballot.word", found, by=request.user)
    return _sent(sheet_docx(filled(found)), f"phieu-{found.pk}.docx", WORD_CONTENT_TYPE)


@require_safe
@login_required
def blank(request: SignedInRequest, pk: int, assessment: int) -> HttpResponse:
    """For who leads the meeting or plans it."""
    item = _led_item(request.user, pk, assessment)
    return _sent(blank_pdf(item.assessment), f"phieu-trang-{assessment}.pdf", CONTENT_TYPE)


@require_safe
@login_required
def blank_word(request: SignedInRequest, pk: int, assessment: int) -> HttpResponse:
    """To fill in on a computer that is not here."""
    item = _led_item(request.user, pk, assessment)
    content = sheet_docx(blank_sheet(item.assessment))
    return _sent(content, f"phieu-trang-{assessment}.docx", WORD_CONTENT_TYPE)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def blanks(request: SignedInRequest, pk: int) -> HttpResponse:
    """Of all products that the reader sees: a few at once, more as the book that POST asks a worker for."""
    meeting = meeting_for(request.user, pk)
    if request.method == "POST":
        return _ask_for_blanks(request, meeting)
    if not may_print(meeting, request.user):
        raise PermissionDenied
    items = visible_items(meeting, request.user)
    found = blanks_of(meeting, request.user, items)
    if found is None:
        raise Http404
    if found.are_few:
        content, _pages = bound([it.assessment_id for it in items])
        return _sent(content, f"phieu-trang-{pk}.pdf", CONTENT_TYPE)
    if found.book is None or found.book.file is None:
        raise Http404
    return serve(found.book.file, about=meeting, by=request.user, inline="download" not in request.GET)


def _ask_for_blanks(request: SignedInRequest, meeting: Meeting) -> HttpResponse:
    try:
        ask_for_blanks(meeting, by=request.user)
    except ValidationError as refused:
        say(request, refused)
    else:
        messages.success(request, _("Tập phiếu trắng đang được tạo, có thể mất vài phút."))
    return redirect("evaluation:meeting", pk=meeting.pk)


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


def _sealed(user: User, pk: int) -> Ballot:
    sealed = Ballot.objects.visible_to(user).filter(state=BallotState.SEALED)
    return get_object_or_404(sealed.for_page().select_related("assessment__dossier__unit"), pk=pk)


def _led_item(user: User, pk: int, assessment: int) -> AgendaItem:
    item = item_for(user, pk, assessment)
    if not may_print(item.meeting, user):
        raise PermissionDenied
    return item


def _sent(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A PDF opens in the browser, anything else is kept."""
    response = HttpResponse(content, content_type=content_type)
    how = "inline" if content_type == CONTENT_TYPE else "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Disposition"] = f'{how}; filename="{name}"'
    return response
