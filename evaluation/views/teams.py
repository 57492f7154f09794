"""The advisory team of a council: who is on it, one more, one less."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evaluation.councils.making import CHANGE
from evaluation.councils.teams import appoint, dismiss, team_of
from evaluation.forms.seats import DismissForm, TeamForm
from evaluation.models import Council, CouncilState
from evaluation.views.councils import crumbs
from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import User
from ocop.refusals import put_on_form


@require_http_methods(["GET", "POST"])
@login_required
def team(request: SignedInRequest, pk: int) -> HttpResponse:
    """The list, and the form under it for who draws the council up."""
    council = _council(request.user, pk)
    may_write = council.state != CouncilState.ENDED and request.user.has_perm(CHANGE, council)
    form = TeamForm(request.POST or None, initial=_initial(council))
    if request.method == "POST":
        if not may_write:
            raise PermissionDenied
        if form.is_valid():
            given = dict(form.cleaned_data)
            try:
                appoint(council, given.pop("user"), by=request.user, **given)
            except ValidationError as refused:
                put_on_form(form, refused)
            else:
                messages.success(request, _("Đã cử vào Tổ tư vấn."))
                return redirect("evaluation:team", pk=pk)
    context = {
        "council": council,
        "people": team_of(council).prefetch_related("user__persons"),
        "today": timezone.localdate(),
        "columns": [
            {"label": _("Họ và tên")},
            {"label": _("Quyết định")},
            {"label": _("Thời gian")},
            {"label": ""},
        ],
        "form": form if may_write else None,
        "crumbs": crumbs(council, _("Tổ tư vấn")),
    }
    return render(request, "evaluation/team.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
def leave(request: SignedInRequest, pk: int, membership: int) -> HttpResponse:
    council = _council(request.user, pk)
    if not request.user.has_perm(CHANGE, council):
        raise PermissionDenied
    found = get_object_or_404(team_of(council), pk=membership)
    form = DismissForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            dismiss(council, found, on=form.cleaned_data["on"], by=request.user)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            return redirect("evaluation:team", pk=pk)
    title = _("Cho thôi Tổ tư vấn: %(who)s") % {"who": found.user}
    context = {"form": form, "title": title, "submit": _("Lưu"), "crumbs": crumbs(council, title)}
    return render(request, "form.html", context, status=422 if form.errors else 200)


def _initial(council: Council) -> dict[str, object]:
    """The council's own decision and term, which usually appoint the team too."""
    return {
        "starts_on": council.starts_on,
        "ends_on": council.ends_on,
        "decision_number": council.decision_number,
        "decision_on": council.decision_on,
    }


def _council(user: User, pk: int) -> Council:
    return get_object_or_404(Council.objects.visible_to(user).select_related("unit"), pk=pk)
