"""Pages of a meeting: the list, one meeting, its board."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evaluation.forms.council import MeetingForm
from evaluation.meetings.agenda import PLAN, plan_meeting, undeclared
from evaluation.meetings.boards import fingerprint, next_unfinished, read_board
from evaluation.meetings.declarations import seat_of
from evaluation.models import Council, LateBatch, Meeting, MeetingState
from evaluation.views.councils import crumbs
from evaluation.views.refusals import put_on_form
from evaluation.workflow.meeting import MEETING
from ocop.keyset import page_of
from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import User
from ocop.steps import step_page

KINDS = {MeetingState.PLANNED: "", MeetingState.OPEN: "move", MeetingState.CONCLUDED: "good"}


@require_safe
@login_required
def meeting_list(request: SignedInRequest) -> HttpResponse:
    found = Meeting.objects.visible_to(request.user).select_related("council__unit", "round")
    columns = [
        {"label": _("Phiên họp")},
        {"label": _("Hội đồng")},
        {"label": _("Đợt")},
        {"label": _("Trạng thái")},
    ]
    context = {"page": page_of(found, request.GET, order="-held_at"), "columns": columns, "kinds": KINDS}
    return render(request, "evaluation/meetings.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new(request: SignedInRequest, pk: int) -> HttpResponse:
    council = get_object_or_404(Council.objects.visible_to(request.user).select_related("unit"), pk=pk)
    if not request.user.has_perm(PLAN, council):
        raise PermissionDenied
    form = MeetingForm(request.POST or None, council=council)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            planned = plan_meeting(council, given.pop("round"), by=request.user, **given)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            return redirect("evaluation:agenda", pk=planned.pk)
    title = _("Lập phiên họp")
    context = {"form": form, "title": title, "submit": _("Lưu"), "crumbs": crumbs(council, title)}
    return render(request, "evaluation/form.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    """The agenda as this person may know it: her own sheets, and the board for those who lead."""
    found = meeting_for(request.user, pk)
    shown = read_board(found, request.user)
    seat = seat_of(request.user, found)
    context = {
        "meeting": found,
        "board": shown,
        "columns": _columns(),
        "seat": seat,
        "undeclared": undeclared(seat, [row.item for row in shown.rows]) if seat else [],
        "next": next_unfinished(shown.rows),
        "offers": MEETING.open_to(found, request.user),
        "base": reverse("evaluation:meeting", args=[pk]),
        "may_write": found.state != MeetingState.CONCLUDED and request.user.has_perm(PLAN, found),
        "kinds": KINDS,
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
    found = meeting_for(request.user, pk)
    etag = quote_etag(fingerprint(found, request.user))
    unchanged = get_conditional_response(request, etag=etag)
    if isinstance(unchanged, HttpResponseNotModified):
        return unchanged
    shown = read_board(found, request.user)
    response = render(
        request, "evaluation/board.html", {"meeting": found, "board": shown, "columns": _columns()}
    )
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@require_http_methods(["GET", "POST"])
@login_required
def step(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    found = meeting_for(request.user, pk)
    return step_page(request, found, MEETING, name, back=reverse("evaluation:meeting", args=[pk]))


def meeting_for(user: User, pk: int) -> Meeting:
    """The meeting, or 404 for who has no business there."""
    found = Meeting.objects.visible_to(user).select_related("council__unit", "round", "minutes")
    return get_object_or_404(found, pk=pk)


def _columns() -> list[dict[str, object]]:
    return [{"label": _("Sản phẩm")}, {"label": _("Phiếu của tôi")}, {"label": _("Tiến độ")},
            {"label": _("Điểm trung bình"), "end": True}, {"label": _("Hạng sao")}]  # fmt: skip
