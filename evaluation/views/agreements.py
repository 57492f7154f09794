"""Consensus: one criterion after the other, each saved by itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evaluation.meetings.agenda import PLAN
from evaluation.meetings.agreements import agree_on, agreeable
from evaluation.meetings.conclusions import CONCLUDE
from evaluation.meetings.standing import read_standing
from evaluation.models import AgendaItem
from evaluation.views.agenda import crumbs
from evaluation.views.items import item_for
from evaluation.views.numbers import whole
from ocop.orgs.http import SignedInRequest
from ocop.refusals import say


@require_http_methods(["GET", "POST"])
@login_required
def consensus(request: SignedInRequest, pk: int, assessment: int) -> HttpResponse:
    """The criteria with a gate: mean, printed levels, gate; POST keeps the level of one (none: by the sheets)."""
    found = item_for(request.user, pk, assessment)
    if not (request.user.has_perm(CONCLUDE, found.assessment) or request.user.has_perm(PLAN, found.meeting)):
        raise PermissionDenied
    if request.method == "POST":
        return _keep(request, found)
    standing = read_standing(found)
    sees = standing.is_revealed_to(request.user)
    context = {
        "meeting": found.meeting,
        "item": found,
        "standing": standing,
        "sees_points": sees,
        "rows": agreeable(standing) if sees else [],
        "decimals": standing.hall.rules.decimals,
        "may_write": sees and standing.result is None,
        "crumbs": crumbs(found.meeting, _("Thống nhất: %(product)s") % {"product": found.assessment}),
    }
    return render(request, "evaluation/agreement.html", context)


def _keep(request: SignedInRequest, found: AgendaItem) -> HttpResponse:
    code, given = request.POST.get("criterion", ""), request.POST.get("points", "")
    points = whole(given)
    if given and points is None:
        messages.error(request, _("“%(given)s” không phải số điểm.") % {"given": given[:20]})
        return redirect("evaluation:consensus", pk=found.meeting_id, assessment=found.assessment_id)
    try:
        agree_on(found, code, points, by=request.user)
    except ValidationError as refused:
        say(request, refused)
    else:
        messages.success(request, _("Đã ghi tiêu chí %(code)s.") % {"code": code})
    return redirect("evaluation:consensus", pk=found.meeting_id, assessment=found.assessment_id)
