"""An opinion in writing: begun, its deadline, a member's call for a meeting, the meeting called."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evaluation.ballots.saving import closed_reasons
from evaluation.forms.written import CallForm, DeadlineForm, NewWrittenForm, ReferForm
from evaluation.meetings.agenda import PLAN, plan_meeting
from evaluation.meetings.calls import call_for_meeting, own_call, take_back_call
from evaluation.meetings.divergence import reasons_known_to
from evaluation.meetings.referring import open_standings, refer
from evaluation.meetings.written import set_deadline
from evaluation.models import Ballot, Council, Meeting, MeetingState
from evaluation.views.agenda import crumbs
from evaluation.views.councils import crumbs as council_crumbs
from evaluation.views.meetings import meeting_for
from evaluation.views.proposals import own_ballot
from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import User
from ocop.refusals import put_on_form, say


@require_http_methods(["GET", "POST"])
@login_required
def new(request: SignedInRequest, pk: int) -> HttpResponse:
    council = get_object_or_404(Council.objects.visible_to(request.user).select_related("unit"), pk=pk)
    if not request.user.has_perm(PLAN, council):
        raise PermissionDenied
    form = NewWrittenForm(request.POST or None, council=council)
    if request.method == "POST" and form.is_valid():
        found, now, deadline = form.cleaned_data["round"], timezone.now(), form.moment()
        try:
            planned = plan_meeting(council, found, held_at=now, deadline=deadline, by=request.user)
        except ValidationError as refused:
            put_on_form(form, _at("on", refused))
        else:
            return redirect("evaluation:agenda", pk=planned.pk)
    title = _("Lấy ý kiến bằng văn bản")
    intro = _(
        "Dùng cho hồ sơ phân hạng lại: từng thành viên khai báo, chấm và nộp phiếu trong thời gian của mình; "
        "chỉ họp khi ý kiến khác nhau hoặc có thành viên đề nghị."
    )
    context = {
        "form": form,
        "title": title,
        "intro": intro,
        "submit": _("Lưu"),
        "crumbs": council_crumbs(council, title),
    }
    return render(request, "form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
def deadline(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = _planned_by(request.user, pk)
    local = timezone.localtime(meeting.deadline)
    form = DeadlineForm(request.POST or None, initial={"on": local.date(), "hour": f"{local:%H:%M}"})
    if request.method == "POST" and form.is_valid():
        try:
            set_deadline(meeting, form.moment(), by=request.user, note=form.cleaned_data["note"])
        except ValidationError as refused:
            put_on_form(form, _at("on", refused))
        else:
            messages.success(request, _("Đã đổi hạn gửi phiếu."))
            return redirect("evaluation:meeting", pk=pk)
    title = _("Hạn gửi phiếu")
    context = {"form": form, "title": title, "submit": _("Lưu"), "crumbs": crumbs(meeting, title)}
    return render(request, "form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
def call(request: SignedInRequest, pk: int) -> HttpResponse:
    """From one's own sheet, sealed or not: why the council should meet on this product."""
    ballot = _written_ballot(request, pk)
    mine = own_call(ballot)
    form = CallForm(request.POST or None, initial={"reason": mine.reason if mine else ""})
    if request.method == "POST" and form.is_valid():
        try:
            call_for_meeting(ballot, form.cleaned_data["reason"], by=request.user)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã ghi đề nghị họp; sản phẩm sẽ không kết luận bằng văn bản."))
            return redirect("evaluation:ballot", pk=pk)
    context = {
        "ballot": ballot,
        "form": form,
        "mine": mine,
        "reasons": closed_reasons(ballot),
        "crumbs": crumbs(ballot.meeting, _("Đề nghị họp")),
    }
    return render(request, "evaluation/call.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def uncall(request: SignedInRequest, pk: int) -> HttpResponse:
    ballot = _written_ballot(request, pk)
    try:
        take_back_call(ballot, by=request.user)
    except ValidationError as refused:
        say(request, refused)
    return redirect("evaluation:call", pk=pk)


@require_http_methods(["GET", "POST"])
@login_required
def refer_products(request: SignedInRequest, pk: int) -> HttpResponse:
    """Products that want a meeting, with the reasons as this person may know them, and when the council meets."""
    meeting = _planned_by(request.user, pk)
    standings = open_standings(meeting, request.user) if meeting.state == MeetingState.OPEN else []
    rows = [(it, reasons_known_to(it, request.user)) for it in standings]
    asked = [str(it.item.assessment_id) for it, reasons in rows if reasons]
    form = ReferForm(request.POST or None, standings=standings, initial={"assessments": asked, "on": None})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            called = refer(
                meeting,
                [int(key) for key in given["assessments"]],
                held_at=form.moment(),
                place=given["place"],
                note=given["note"],
                by=request.user,
            )
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã lập phiên họp; phiếu bằng văn bản được giữ là lần chấm trước."))
            return redirect("evaluation:meeting", pk=called.pk)
    context = {
        "meeting": meeting,
        "form": form,
        "rows": [(it, reasons) for it, reasons in rows if reasons],
        "crumbs": crumbs(meeting, _("Đưa ra phiên họp")),
    }
    return render(request, "evaluation/refer.html", context, status=422 if form.errors else 200)


def _planned_by(user: User, pk: int) -> Meeting:
    meeting = meeting_for(user, pk)
    if not user.has_perm(PLAN, meeting):
        raise PermissionDenied
    if not meeting.is_written:
        raise Http404
    return meeting


def _written_ballot(request: SignedInRequest, pk: int) -> Ballot:
    ballot = own_ballot(request, pk)
    if not ballot.meeting.is_written:
        raise Http404
    return ballot


def _at(name: str, refused: ValidationError) -> ValidationError:
    """What the domain calls the deadline, the form asks as a day."""
    if not hasattr(refused, "error_dict") or "deadline" not in refused.error_dict:
        return refused
    return ValidationError({name: refused.error_dict["deadline"]})
