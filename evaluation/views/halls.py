"""The screen for the hall: opened by who leads the meeting, read from ten metres."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evaluation.meetings.discussing import LEAD, WRITE
from evaluation.meetings.halls import read_hall_screen
from evaluation.models import Meeting
from evaluation.views.live import fragment, unchanged
from evaluation.views.meetings import hall_for, watched_hall
from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import User


@require_safe
@login_required
def hall(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = _led_by(request.user, pk)
    screen = read_hall_screen(meeting, request.user, at=timezone.now())
    return render(request, "evaluation/hall.html", {"meeting": meeting, "screen": screen})


@require_safe
@login_required
def hall_now(request: SignedInRequest, pk: int) -> HttpResponse:
    """What stands on it, asked for every few seconds."""
    meeting = watched_hall(request.user, pk)
    etag, answer = unchanged(request, meeting)  # a tag is given only to who may see it
    if answer is not None:
        return answer
    _refuse_others(request.user, meeting)
    screen = read_hall_screen(meeting, request.user, at=timezone.now())
    return fragment("evaluation/hall_now.html", {"meeting": meeting, "screen": screen}, etag)


def _led_by(user: User, pk: int) -> Meeting:
    meeting = hall_for(user, pk)
    _refuse_others(user, meeting)
    return meeting


def _refuse_others(user: User, meeting: Meeting) -> None:
    if not (user.has_perm(WRITE, meeting) or user.has_perm(LEAD, meeting)):
        raise PermissionDenied
