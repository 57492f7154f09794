"""One button: what the hall talks about now."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from evaluation.meetings.discussing import discuss, stop
from evaluation.models import AgendaItem, Meeting
from evaluation.views.meetings import hall_for
from evaluation.views.numbers import whole
from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import User
from ocop.refusals import say


@require_POST
@login_required
def discuss_now(request: SignedInRequest, pk: int) -> HttpResponse:
    """`assessment` is what to talk about; without it nothing is."""
    meeting = hall_for(request.user, pk)
    wanted = whole(request.POST.get("assessment"))
    try:
        if wanted is None:
            stop(meeting, by=request.user)
        else:
            discuss(_item(request.user, meeting, wanted), by=request.user)
    except ValidationError as refused:
        say(request, refused)
    if wanted is None:
        return redirect("evaluation:meeting", pk=pk)
    return redirect("evaluation:agenda_item", pk=pk, assessment=wanted)


def _item(user: User, meeting: Meeting, assessment: int) -> AgendaItem:
    items = AgendaItem.objects.visible_to(user).for_list().select_related("meeting__council__unit")
    return get_object_or_404(items, meeting=meeting, assessment=assessment)
