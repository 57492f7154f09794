"""Before the meeting: products chosen, people counted, conflicts declared."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evaluation.forms.agenda import WaitingFilter
from evaluation.meetings.agenda import (
    PLAN,
    add_to_agenda,
    assessments_for,
    remove_from_agenda,
    reorder,
    set_attendance,
)
from evaluation.meetings.boards import visible_items
from evaluation.meetings.samples import with_samples, without_samples
from evaluation.meetings.standing import name_all, read_hall
from evaluation.models import AgendaItem, Assessment, Meeting, MeetingState
from evaluation.views.meetings import hall_for, meeting_for
from evaluation.views.numbers import keys, whole
from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import User
from ocop.refusals import say


@require_http_methods(["GET", "POST"])
@login_required
def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Narrow what waits, tick what goes on the agenda; taking off is one button a product."""
    meeting = _planned_by(request.user, pk)
    waiting = assessments_for(meeting, request.user)
    if request.method == "POST":
        chosen = keys(request.POST.getlist("assessment"))
        added = list(waiting.filter(pk__in=chosen))
        try:
            add_to_agenda(meeting, added, by=request.user)
        except ValidationError as refused:
            say(request, refused)
        else:
            _warn_of_samples(request, added)
        return redirect("evaluation:agenda", pk=pk)
    context: dict[str, Any] = {
        "meeting": meeting,
        "items": visible_items(meeting, request.user),
        "crumbs": crumbs(meeting, _("Chương trình họp")),
    }
    if meeting.state == MeetingState.PLANNED:
        form = WaitingFilter(request.GET, waiting=waiting)
        context |= {
            "form": form,
            "waiting": with_samples(form.narrow(waiting)),
            "is_narrowed": form.is_narrowed,
        }
    return render(request, "evaluation/agenda.html", context)


def _warn_of_samples(request: SignedInRequest, added: Iterable[Assessment]) -> None:
    """On the agenda it is, samples or not: the council sees that they are missing, nobody is stopped."""
    lacking = [f"{it}: {words}" for it, words in without_samples(added)]
    if lacking:
        messages.warning(
            request, _("Đã đưa vào chương trình khi còn thiếu mẫu. %(it)s.") % {"it": "; ".join(lacking)}
        )


@require_POST
@login_required
def order(request: SignedInRequest, pk: int) -> HttpResponse:
    """Each product has the number of its place; what is alike keeps its order, what is no number goes last."""
    meeting = _planned_by(request.user, pk)
    items = visible_items(meeting, request.user)
    wanted = {item.pk: whole(request.POST.get(f"place-{item.assessment_id}")) for item in items}
    items.sort(key=lambda item: (wanted[item.pk] is None, wanted[item.pk] or 0))
    try:
        reorder(meeting, [item.assessment_id for item in items], by=request.user)
    except ValidationError as refused:
        say(request, refused)
    return redirect("evaluation:agenda", pk=pk)


@require_POST
@login_required
def remove(request: SignedInRequest, pk: int, assessment: int) -> HttpResponse:
    meeting = _planned_by(request.user, pk)
    item = get_object_or_404(
        AgendaItem.objects.visible_to(request.user).for_list().select_related("meeting"),
        meeting=meeting,
        assessment=assessment,
    )
    try:
        remove_from_agenda(item, by=request.user)
    except ValidationError as refused:
        say(request, refused)
    return redirect("evaluation:agenda", pk=pk)


@require_http_methods(["GET", "POST"])
@login_required
def attendance(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = hall_for(request.user, pk)
    if not request.user.has_perm(PLAN, meeting):
        raise PermissionDenied
    if request.method == "POST":
        present = set(keys(request.POST.getlist("seat")))
        try:
            set_attendance(meeting, present, by=request.user)
        except ValidationError as refused:
            say(request, refused)
        else:
            messages.success(request, _("Đã ghi người có mặt."))
        return redirect("evaluation:meeting", pk=pk)
    hall = read_hall(meeting)
    name_all(hall)
    context = {"meeting": meeting, "hall": hall, "crumbs": crumbs(meeting, _("Điểm danh"))}
    return render(request, "evaluation/attendance.html", context)


def _planned_by(user: User, pk: int) -> Meeting:
    meeting = meeting_for(user, pk)
    if not user.has_perm(PLAN, meeting):
        raise PermissionDenied
    return meeting


def crumbs(meeting: Meeting, last: str) -> list[tuple[str, str]]:
    return [
        (_("Phiên họp"), reverse("evaluation:meetings")),
        (str(meeting), reverse("evaluation:meeting", args=[meeting.pk])),
        (last, ""),
    ]
