"""The pledge and the declaration of conflicts: one page, before anything of the meeting opens."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evaluation.meetings.agenda import undeclared
from evaluation.meetings.boards import visible_items
from evaluation.meetings.declarations import declare, seat_of
from evaluation.meetings.hints import hints_for
from evaluation.meetings.pledges import has_pledged, pledge_words
from evaluation.models import AgendaItem, Meeting, Seat
from evaluation.views.agenda import crumbs
from evaluation.views.meetings import meeting_for
from ocop.orgs.http import SignedInRequest
from ocop.refusals import say

LONGEST_GROUND = 300


@require_http_methods(["GET", "POST"])
@login_required
def declaring(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every product at once: no conflict, or a conflict with its ground."""
    meeting = meeting_for(request.user, pk)
    seat = seat_of(request.user, meeting)
    if seat is None:
        raise PermissionDenied
    items = visible_items(meeting, request.user)
    asks_pledge = not has_pledged(meeting, seat)
    errors: dict[int, str] = {}
    lacks_pledge = request.method == "POST" and asks_pledge and "pledge" not in request.POST
    if request.method == "POST":
        answers, errors = _answers(request, items)
        if not errors and not lacks_pledge:
            return _declare(request, meeting, answers)
    context = {
        "meeting": meeting,
        "rows": _rows(request, seat, items, errors),
        "pledge": pledge_words(meeting) if asks_pledge else "",
        "lacks_pledge": lacks_pledge,
        "has_agreed": "pledge" in request.POST,
        "crumbs": crumbs(meeting, _("Khai báo xung đột lợi ích")),
    }
    status = 422 if errors or lacks_pledge else 200
    return render(request, "evaluation/declare.html", context, status=status)


def _declare(request: SignedInRequest, meeting: Meeting, answers: dict[int, str]) -> HttpResponse:
    try:
        declare(meeting, answers, by=request.user)
    except ValidationError as refused:
        say(request, refused)
    else:
        messages.success(request, _("Đã ghi khai báo."))
    return redirect("evaluation:meeting", pk=meeting.pk)


def _rows(
    request: SignedInRequest, seat: Seat, items: list[AgendaItem], errors: dict[int, str]
) -> list[dict[str, object]]:
    """Each product with what was answered, and what she may want to declare."""
    waiting = {item.pk for item in undeclared(seat, items)}
    hints = hints_for(request.user, seat, items)
    return [
        {
            "item": item,
            "is_open": item.pk in waiting,
            "hints": hints.get(item.assessment_id, []),
            "error": errors.get(item.assessment_id),
            "choice": request.POST.get(f"choice-{item.assessment_id}", ""),
            "ground": request.POST.get(f"ground-{item.assessment_id}", ""),
        }
        for item in items
    ]


def _answers(request: SignedInRequest, items: list[AgendaItem]) -> tuple[dict[int, str], dict[int, str]]:
    """What was ticked, by assessment; a conflict without its ground is asked again."""
    answers, errors = {}, {}
    for item in items:
        key = item.assessment_id
        choice = request.POST.get(f"choice-{key}")
        ground = request.POST.get(f"ground-{key}", "").strip()[:LONGEST_GROUND]
        if choice == "conflict" and not ground:
            errors[key] = _("Hãy ghi lý do, ví dụ: người nhà, góp vốn, đã tư vấn cho chủ thể.")
        elif choice == "conflict":
            answers[key] = ground
        elif choice == "none":
            answers[key] = ""
    return answers, errors
