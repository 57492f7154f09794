"""Who has sealed what, by member and product; a reminder from the same screen."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from evaluation.meetings.boards import visible_items
from evaluation.meetings.discussing import LEAD
from evaluation.meetings.nudges import NUDGE, nudge, nudged_at
from evaluation.meetings.progress import progress
from evaluation.meetings.standing import name_all, read_hall, read_standings
from evaluation.models import MeetingState
from evaluation.views.agenda import crumbs
from evaluation.views.meetings import meeting_for
from ocop.orgs.http import SignedInRequest
from ocop.refusals import say


@require_safe
@login_required
def grid(request: SignedInRequest, pk: int) -> HttpResponse:
    """For who leads: progress, never points."""
    meeting = meeting_for(request.user, pk)
    may_nudge = request.user.has_perm(NUDGE, meeting)
    if not (may_nudge or request.user.has_perm(LEAD, meeting)):
        raise PermissionDenied
    hall = read_hall(meeting)
    name_all(hall)
    standings = read_standings(hall, visible_items(meeting, request.user))
    title = _("Tiến độ nộp phiếu")
    context = {
        "meeting": meeting,
        "title": title,
        "standings": standings,
        "lines": progress(hall, standings, nudged_at(meeting)),
        "columns": [
            {"label": _("Thành viên")},
            *({"label": str(it.item.assessment)} for it in standings),
            {"label": _("Nhắc")},
        ],
        "may_nudge": may_nudge and meeting.state == MeetingState.OPEN,
        "crumbs": crumbs(meeting, title),
    }
    return render(request, "evaluation/progress.html", context)


@require_POST
@login_required
def remind(request: SignedInRequest, pk: int, seat: int) -> HttpResponse:
    meeting = meeting_for(request.user, pk)
    if not request.user.has_perm(NUDGE, meeting):
        raise PermissionDenied
    found = get_object_or_404(
        meeting.council.seats.held_on(meeting.held_on).voting().select_related("user"), pk=seat
    )
    try:
        missing = nudge(meeting, found, by=request.user)
    except ValidationError as refused:
        say(request, refused)
    else:
        messages.success(request, _("Đã nhắc %(who)s: còn %(n)s phiếu.") % {"who": found.user, "n": missing})
    return redirect("evaluation:progress", pk=pk)
