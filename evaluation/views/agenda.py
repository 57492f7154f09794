"""Before the meeting: products chosen, people counted, conflicts declared."""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evaluation.meetings.agenda import (
    PLAN,
    add_to_agenda,
    assessments_for,
    remove_from_agenda,
    set_attendance,
    undeclared,
)
from evaluation.meetings.boards import visible_items
from evaluation.meetings.declarations import declare, seat_of
from evaluation.meetings.standing import read_hall
from evaluation.models import AgendaItem, Assessment, Meeting, MeetingState
from evaluation.views.meetings import meeting_for
from evaluation.views.numbers import keys
from evaluation.views.refusals import say
from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import User
from products.samples import short_of

LONGEST_GROUND = 300


@require_http_methods(["GET", "POST"])
@login_required
def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tick what goes on the agenda; taking off is one button a product."""
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
    context = {
        "meeting": meeting,
        "waiting": _with_samples(waiting) if meeting.state == MeetingState.PLANNED else [],
        "items": visible_items(meeting, request.user),
        "crumbs": crumbs(meeting, _("Chương trình họp")),
    }
    return render(request, "evaluation/agenda.html", context)


def _with_samples(waiting: Iterable[Assessment]) -> list[tuple[Assessment, str]]:
    """Each with what its samples lack, or ""."""
    rows = list(waiting)
    lacking = short_of([it.dossier for it in rows])
    return [(it, lacking.get(it.dossier_id, "")) for it in rows]


def _warn_of_samples(request: SignedInRequest, added: Iterable[Assessment]) -> None:
    """On the agenda it is, samples or not: the council sees that they are missing, nobody is stopped."""
    lacking = [f"{it}: {words}" for it, words in _with_samples(added) if words]
    if lacking:
        messages.warning(
            request, _("Đã đưa vào chương trình khi còn thiếu mẫu. %(it)s.") % {"it": "; ".join(lacking)}
        )


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
    meeting = _planned_by(request.user, pk)
    if request.method == "POST":
        present = set(keys(request.POST.getlist("seat")))
        try:
            set_attendance(meeting, present, by=request.user)
        except ValidationError as refused:
            say(request, refused)
        else:
            messages.success(request, _("Đã ghi người có mặt."))
        return redirect("evaluation:meeting", pk=pk)
    context = {"meeting": meeting, "hall": read_hall(meeting), "crumbs": crumbs(meeting, _("Điểm danh"))}
    return render(request, "evaluation/attendance.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def declaring(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every product at once: no conflict, or a conflict with its ground."""
    meeting = meeting_for(request.user, pk)
    seat = seat_of(request.user, meeting)
    if seat is None:
        raise PermissionDenied
    items = visible_items(meeting, request.user)
    open_items = undeclared(seat, items)
    errors: dict[int, str] = {}
    if request.method == "POST":
        answers, errors = _answers(request, items)
        if not errors:
            try:
                declare(meeting, answers, by=request.user)
            except ValidationError as refused:
                say(request, refused)
            else:
                messages.success(request, _("Đã ghi khai báo."))
            return redirect("evaluation:meeting", pk=pk)
    waiting = {item.pk for item in open_items}
    rows = [
        {
            "item": item,
            "is_open": item.pk in waiting,
            "error": errors.get(item.assessment_id),
            "choice": request.POST.get(f"choice-{item.assessment_id}", ""),
            "ground": request.POST.get(f"ground-{item.assessment_id}", ""),
        }
        for item in items
    ]
    context = {"meeting": meeting, "rows": rows, "crumbs": crumbs(meeting, _("Khai báo xung đột lợi ích"))}
    return render(request, "evaluation/declare.html", context, status=422 if errors else 200)


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
