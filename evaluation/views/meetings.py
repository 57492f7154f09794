"""Pages of a meeting: the list, one meeting, its board."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evaluation.ballots.blanks import blanks_of
from evaluation.ballots.books import book_of, may_ask
from evaluation.decisions.reporting import papers_offered
from evaluation.forms.council import MeetingForm
from evaluation.meetings.agenda import PLAN, plan_meeting, undeclared
from evaluation.meetings.boards import next_unfinished, read_board
from evaluation.meetings.declarations import seat_of
from evaluation.meetings.referring import referrals_of
from evaluation.meetings.samples import without_samples
from evaluation.meetings.seals import hears_reasons, seals_of
from evaluation.meetings.written import clocks_of
from evaluation.models import Council, LateBatch, Meeting, MeetingState
from evaluation.spreadsheets import MEETINGS
from evaluation.views.councils import crumbs
from evaluation.views.live import fragment, unchanged
from evaluation.views.meeting_ways import ways
from evaluation.workflow.meeting import MEETING, before_opening, out_of_place
from ocop.filters import StateFilter
from ocop.keyset import in_order, page_of
from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import User
from ocop.papers.links import paper_url
from ocop.refusals import put_on_form
from ocop.spreadsheet import download, is_asked
from ocop.steps import step_page

KINDS = {MeetingState.PLANNED: "", MeetingState.OPEN: "move", MeetingState.CONCLUDED: "good"}


@require_safe
@login_required
def meeting_list(request: SignedInRequest) -> HttpResponse:
    form = StateFilter(request.GET, MeetingState.choices)
    found = form.narrow(Meeting.objects.visible_to(request.user).select_related("council__unit", "round"))
    if is_asked(request):
        return download(request, MEETINGS, in_order(found, "-held_at"))
    columns = [
        {"label": _("Phiên họp")},
        {"label": _("Hội đồng")},
        {"label": _("Đợt")},
        {"label": _("Trạng thái")},
    ]
    page = page_of(found, request.GET, order="-held_at")
    for row in page.rows:
        row.word_kind = KINDS[row.state]
    context = {"form": form, "page": page, "columns": columns}
    return render(request, "evaluation/meetings.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new(request: SignedInRequest, pk: int) -> HttpResponse:
    council = get_object_or_404(Council.objects.visible_to(request.user).select_related("unit"), pk=pk)
    if not request.user.has_perm(PLAN, council):
        raise PermissionDenied
    form = MeetingForm(request.POST or None, council=council)
    if request.method == "POST" and form.is_valid():
        found, place = form.cleaned_data["round"], form.cleaned_data["place"]
        try:
            planned = plan_meeting(council, found, held_at=form.held_at(), place=place, by=request.user)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            return redirect("evaluation:agenda", pk=planned.pk)
    title = _("Lập phiên họp")
    context = {"form": form, "title": title, "submit": _("Lưu"), "crumbs": crumbs(council, title)}
    return render(request, "form.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    """The agenda as this person may know it: her own sheets, and the board for those who lead."""
    found = meeting_for(request.user, pk)
    shown = read_board(found, request.user)
    seat = seat_of(request.user, found)
    may_plan = request.user.has_perm(PLAN, found)
    plans = may_plan and found.state != MeetingState.CONCLUDED
    offers = MEETING.without(out_of_place(found)).open_to(found, request.user)
    hindrances = before_opening(found, request.user, offers, may_write=plans)
    rows = shown.rows if hindrances is not None else []
    context = {
        "meeting": found,
        "board": shown,
        "columns": _columns(),
        "without_samples": without_samples(row.item.assessment for row in rows),
        "seat": seat,
        "undeclared": undeclared(seat, [row.item for row in shown.rows]) if seat else [],
        "next": next_unfinished(shown.rows),
        "offers": offers,
        "plain": found.invited_at and offers and offers[0].name == "invite",  # it is sent, once more is rare
        "clocks": clocks_of(found, request.user) if found.is_written else [],
        "is_due": found.is_due(timezone.now()),
        "referrals": referrals_of(found, request.user) if found.is_written else [],
        "hindrances": hindrances or [],
        "base": reverse("evaluation:meeting", args=[pk]),
        "may_write": plans,
        "ways": ways(found, request.user, may_plan=may_plan, sees_progress=shown.sees_progress),
        "seals": seals_of(found),
        "hears_reasons": hears_reasons(found, request.user),
        "kinds": KINDS,
        "book": book_of(found, request.user),
        "blanks": blanks_of(found, request.user, [row.item for row in shown.rows]),
        "council_papers": papers_offered(found, request.user),
        "may_ask_book": may_ask(found, request.user),
        "minutes_url": paper_url(found.minutes, request.user),
        "late": LateBatch.objects.visible_to(request.user).for_list().filter(ballot__meeting=found),
        "crumbs": [
            (_("Phiên họp"), reverse("evaluation:meetings")),
            (str(found), ""),
        ],
    }
    return render(request, "evaluation/meeting.html", context)


@require_safe
@login_required
def board(request: SignedInRequest, pk: int) -> HttpResponse:
    """The rows of the board alone, asked for every few seconds: 304 while nothing changed."""
    found = watched(request.user, pk)
    etag, answer = unchanged(request, found)
    if answer is not None:
        return answer
    context = {"meeting": found, "board": read_board(found, request.user), "columns": _columns()}
    return fragment("evaluation/board.html", context, etag)


@require_http_methods(["GET", "POST"])
@login_required
def step(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    found = meeting_for(request.user, pk)
    if name in out_of_place(found):
        raise Http404
    return step_page(request, found, MEETING, name, back=reverse("evaluation:meeting", args=[pk]))


def meeting_for(user: User, pk: int) -> Meeting:
    """The meeting, or 404 for who has no business there."""
    found = Meeting.objects.visible_to(user).select_related("council__unit", "round", "minutes", "invitation")
    return get_object_or_404(found, pk=pk)


def hall_for(user: User, pk: int) -> Meeting:
    """A meeting whose people sit together; what is asked in writing has no hall, nobody present and no guests: 404."""
    return _sitting(meeting_for(user, pk))


def watched(user: User, pk: int) -> Meeting:
    """The same for who asks every few seconds: without the round and the papers, which no board shows."""
    return get_object_or_404(Meeting.objects.visible_to(user).select_related("council__unit"), pk=pk)


def watched_hall(user: User, pk: int) -> Meeting:
    """A hall's screen asks every few seconds too."""
    return _sitting(watched(user, pk))


def _sitting(found: Meeting) -> Meeting:
    if found.is_written:
        raise Http404
    return found


def _columns() -> list[dict[str, object]]:
    return [{"label": _("Sản phẩm")}, {"label": _("Phiếu của tôi")}, {"label": _("Tiến độ")},
            {"label": _("Điểm trung bình"), "end": True}, {"label": _("Hạng sao")}]  # fmt: skip
