"""The rounds of scoring of one product side by side."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evaluation.meetings.agenda import PLAN
from evaluation.meetings.conclusions import CONCLUDE
from evaluation.meetings.rounds import read_rounds
from evaluation.meetings.standing import name_all, read_standing
from evaluation.views.agenda import crumbs
from evaluation.views.items import item_for
from ocop.orgs.http import SignedInRequest


@require_safe
@login_required
def rounds(request: SignedInRequest, pk: int, assessment: int) -> HttpResponse:
    """As blind as the product's own page: nothing before every voter has sealed the round that goes on."""
    found = item_for(request.user, pk, assessment)
    standing = read_standing(found)
    name_all(standing.hall)
    compared = read_rounds(standing) if standing.is_revealed_to(request.user) else None
    if compared is None or len(compared.rounds) < 2:
        raise Http404
    leads = request.user.has_perm(CONCLUDE, found.assessment) or request.user.has_perm(PLAN, found.meeting)
    context = {
        "meeting": found.meeting,
        "item": found,
        "compared": compared,
        "decimals": standing.hall.rules.decimals,
        "leads": leads,
        "crumbs": crumbs(found.meeting, _("Các lần chấm: %(product)s") % {"product": found.assessment}),
    }
    return render(request, "evaluation/rounds.html", context)
