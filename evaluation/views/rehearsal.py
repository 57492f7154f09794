"""A finished meeting rehearsed: who would rise, who would fall. Nothing of it is kept."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evaluation.forms.rehearsal import RehearsalForm
from evaluation.meetings.finished import read_finished
from evaluation.meetings.rehearsal import sums
from evaluation.views.agenda import crumbs
from evaluation.views.meetings import meeting_for
from ocop.orgs.http import SignedInRequest


@require_http_methods(["GET", "POST"])
@login_required
def rehearsal(request: SignedInRequest, pk: int) -> HttpResponse:
    """POST only to carry the draft file: it changes nothing."""
    meeting = meeting_for(request.user, pk)
    try:
        products = read_finished(meeting, request.user)
    except ValidationError as refused:
        raise Http404(refused.messages[0]) from refused
    form = RehearsalForm(request.POST or None, request.FILES or None)
    rows = form.rehearse(meeting, products) if form.is_valid() else []
    title = _("Diễn tập")
    context = {
        "meeting": meeting,
        "form": form,
        "rows": rows,
        "sums": sums(rows),
        "columns": [
            {"label": _("Sản phẩm")},
            {"label": _("Đã kết luận")},
            {"label": _("Diễn tập")},
            {"label": _("Thay đổi")},
        ],
        "title": title,
        "crumbs": crumbs(meeting, title),
    }
    return render(request, "evaluation/rehearsal.html", context, status=422 if form.errors else 200)
