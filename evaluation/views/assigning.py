"""Who scores what: how it stands, a draw to look at, the draw kept, more people, or everybody again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evaluation.forms.agenda import AssignForm
from evaluation.meetings.agenda import PLAN
from evaluation.meetings.assigning import Plan, assign, current, new_seed, preview, top_up, unassign
from evaluation.models import Meeting, MeetingState
from evaluation.views.agenda import crumbs
from evaluation.views.meetings import meeting_for
from ocop.orgs.http import SignedInRequest
from ocop.refusals import put_on_form, say


@require_http_methods(["GET", "POST"])
@login_required
def assigned(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = meeting_for(request.user, pk)
    if not request.user.has_perm(PLAN, meeting):
        raise PermissionDenied
    if request.method == "POST" and request.POST.get("do") in DEEDS:
        try:
            messages.success(request, DEEDS[request.POST["do"]](request, meeting))
        except ValidationError as refused:
            say(request, refused)
        return redirect("evaluation:assign", pk=pk)
    plan, form = _drawn(request, meeting)
    now = current(meeting, by=request.user)
    context = {
        "meeting": meeting,
        "form": form,
        "plan": plan,
        "now": now,
        "is_planned": meeting.state == MeetingState.PLANNED,
        "is_over": meeting.state == MeetingState.CONCLUDED,
        "crumbs": crumbs(meeting, _("Phân công chấm")),
    }
    return render(request, "evaluation/assign.html", context, status=422 if form.errors else 200)


def _drawn(request: SignedInRequest, meeting: Meeting) -> tuple[Plan | None, AssignForm]:
    """The draw that was asked to be looked at."""
    if "each" not in request.GET or meeting.state != MeetingState.PLANNED:
        return None, AssignForm()
    given = request.GET.copy()
    given["seed"] = given.get("seed") or new_seed()
    form = AssignForm(given)
    if not form.is_valid():
        return None, form
    try:
        plan = preview(meeting, form.cleaned_data["each"], form.cleaned_data["seed"], by=request.user)
    except ValidationError as refused:
        put_on_form(form, refused)
        return None, form
    return plan, form


def _keep(request: SignedInRequest, meeting: Meeting) -> str:
    form = AssignForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["seed"]:
        raise ValidationError(_("Hãy xem trước rồi mới lưu phân công."))
    plan = assign(meeting, form.cleaned_data["each"], form.cleaned_data["seed"], by=request.user)
    return _("Đã phân công %(count)s sản phẩm.") % {"count": len(plan.shares) - len(plan.short)}


def _top_up(request: SignedInRequest, meeting: Meeting) -> str:
    changed = top_up(meeting, by=request.user)
    if not changed:
        return _("Không sản phẩm nào cần hoặc có thể bổ sung người chấm.")
    return _("Đã bổ sung người chấm: %(names)s.") % {
        "names": ", ".join(str(item.assessment) for item in changed)
    }


def _clear(request: SignedInRequest, meeting: Meeting) -> str:
    unassign(meeting, by=request.user)
    return _("Mọi thành viên chấm mọi sản phẩm.")


DEEDS = {"keep": _keep, "top_up": _top_up, "clear": _clear}
