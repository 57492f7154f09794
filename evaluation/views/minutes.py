"""The minutes while the meeting runs: as they would be, and the words added to them; the table of all points."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from evaluation.forms.minutes import NoteForm, RewordForm
from evaluation.meetings.boards import visible_items
from evaluation.meetings.discussing import LEAD
from evaluation.meetings.findings import finding_of, scorers
from evaluation.meetings.minutes.notes import WRITE, add_note, closed_reason, notes_for, reword_note
from evaluation.meetings.minutes.paper import KIND, minutes, title_of
from evaluation.meetings.standing import name_all, read_hall, read_standings
from evaluation.meetings.totals import agreed_words, gate_words, member_total
from evaluation.models import Meeting, MeetingState
from evaluation.views.agenda import crumbs
from evaluation.views.meetings import meeting_for
from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import User
from ocop.papers.layout import paper_html
from ocop.papers.links import paper_url
from ocop.papers.models import Paper
from ocop.papers.pdf import CONTENT_TYPE, to_pdf
from ocop.refusals import put_on_form
from ocop.written import in_vietnamese


@require_http_methods(["GET", "POST"])
@login_required
def shown(request: SignedInRequest, pk: int) -> HttpResponse:
    """The notes, and where they are added; beside them the paper as it would be now."""
    meeting = _led_by(request.user, pk)
    closed = closed_reason(meeting)
    writes = request.user.has_perm(WRITE, meeting)
    if request.method == "POST" and not writes:
        raise PermissionDenied
    form = NoteForm(request.POST or None, items=visible_items(meeting, request.user))
    if request.method == "POST" and form.is_valid():
        try:
            add_note(meeting, form.cleaned_data["text"], item=form.cleaned_data["item"], by=request.user)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã ghi vào biên bản."))
            return redirect("evaluation:minutes", pk=pk)
    context = {
        "meeting": meeting,
        "notes": notes_for(meeting, request.user),
        "form": form if writes and (not closed or form.errors) else None,
        "may_write": writes and not closed,
        "closed": closed,
        "has_begun": meeting.state != MeetingState.PLANNED,
        "minutes_url": paper_url(meeting.minutes, request.user),
        "crumbs": crumbs(meeting, _("Biên bản")),
    }
    return render(request, "evaluation/minutes.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
@xframe_options_sameorigin
def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """As this reader may know it now: no points that are not open, no product she is recused from."""
    meeting = _led_by(request.user, pk)
    with in_vietnamese():
        title = title_of(meeting)
    paper = Paper(unit=meeting.council.unit, kind=KIND, title=title, content=minutes(meeting, request.user))
    response = HttpResponse(to_pdf(paper_html(paper, is_draft=True)), content_type=CONTENT_TYPE)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Disposition"] = 'inline; filename="bien-ban-du-thao.pdf"'
    return response


@require_http_methods(["GET", "POST"])
@login_required
def reword(request: SignedInRequest, pk: int, note: int) -> HttpResponse:
    meeting = meeting_for(request.user, pk)
    if not request.user.has_perm(WRITE, meeting):
        raise PermissionDenied
    found = next((it for it in notes_for(meeting, request.user) if it.pk == note), None)
    if found is None:
        raise Http404
    form = RewordForm(request.POST or None, initial={"text": found.text})
    if request.method == "POST" and form.is_valid():
        try:
            reword_note(found, form.cleaned_data["text"], by=request.user)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã ghi vào biên bản."))
            return redirect("evaluation:minutes", pk=pk)
    title = _("Sửa ghi chép")
    context = {"form": form, "title": title, "sub": found.assessment, "crumbs": crumbs(meeting, title)}
    return render(request, "form.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def totals(request: SignedInRequest, pk: int) -> HttpResponse:
    """Products by members: a row opens with its points."""
    meeting = meeting_for(request.user, pk)
    hall = read_hall(meeting)
    name_all(hall)
    standings = read_standings(hall, visible_items(meeting, request.user))
    open_ = {
        it.item.pk: found
        for it in standings
        if it.is_revealed_to(request.user) and (found := finding_of(it)) is not None
    }
    seats = scorers(open_.values())
    rows = [
        {
            "standing": it,
            "finding": finding,
            "totals": [(seat.user, member_total(finding, seat)) for seat in seats] if finding else [],
            "held_back": gate_words(finding) if finding else [],
            "agreed": agreed_words(finding) if finding else [],
        }
        for it in standings
        for finding in (open_.get(it.item.pk),)
    ]
    context = {
        "meeting": meeting,
        "rows": rows,
        "seats": seats,
        "columns": [
            {"label": _("Sản phẩm")},
            *({"label": str(seat.user), "end": True} for seat in seats),
            {"label": _("Điểm trung bình"), "end": True},
            {"label": _("Chênh lệch"), "end": True},
            {"label": _("Mức tối thiểu, mức thống nhất")},
            {"label": _("Hạng sao")},
        ],
        "decimals": hall.rules.decimals,
        "crumbs": crumbs(meeting, _("Bảng tổng hợp điểm")),
    }
    return render(request, "evaluation/totals.html", context)


def _led_by(user: User, pk: int) -> Meeting:
    meeting = meeting_for(user, pk)
    if not (user.has_perm(WRITE, meeting) or user.has_perm(LEAD, meeting)):
        raise PermissionDenied
    return meeting
