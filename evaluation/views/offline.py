"""Scoring without a network: taken along, kept on the device, sent back."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaluation.models import LateBatch, Meeting, Receipt
from evaluation.offline.bundle import read_bundle, read_size
from evaluation.offline.entries import read_entries
from evaluation.offline.keys import take_along_key
from evaluation.offline.said import read_said
from evaluation.offline.sheets import OwnSheet, read_sheets, scoring_seat
from evaluation.offline.shell import PARTS, SHELL
from evaluation.offline.syncing import sync
from evaluation.offline.words import words
from evaluation.views.meetings import meeting_for
from ocop.audit.log import record
from ocop.device.batches import BatchError, entries_of
from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import User
from ocop.tenancy.scope import active_tenant_id

MOST_RECEIPTS = 60


@require_safe
@login_required
def take_along(request: SignedInRequest, pk: int) -> HttpResponse:
    """What would be taken, how much that is, what the device says to it; below, what the server has received."""
    found = _scored(request.user, pk)
    context = {
        "meeting": found,
        "size": read_size(found, request.user),
        "receipts": _receipts(found, request.user),
        "late": LateBatch.objects.visible_to(request.user)
        .for_list()
        .filter(ballot__meeting=found, ballot__seat__user=request.user),
        "words": words(),
        "tenant_id": active_tenant_id(),
        **PARTS,
        "crumbs": [
            (_("Phiên họp"), reverse("evaluation:meetings")),
            (str(found), reverse("evaluation:meeting", args=[pk])),
            (_("Mang phiên họp theo"), ""),
        ],
    }
    return render(request, "evaluation/offline/take.html", context)


@require_safe
@never_cache
@SHELL.in_words
def bundle(request: SignedInRequest, pk: int) -> HttpResponse:
    return JsonResponse(read_bundle(_scored(request.user, pk), request.user))


@require_POST
@never_cache
@SHELL.in_words
def key(request: SignedInRequest, pk: int) -> HttpResponse:
    """The key of what this member takes along from this meeting; every hand-out is in the log."""
    found = _scored(request.user, pk)
    record("meeting.take_along", found, by=request.user)
    return JsonResponse({"user": request.user.pk, "key": take_along_key(found, request.user)})


@require_http_methods(["GET", "POST"])
@never_cache
@SHELL.in_words
def sync_meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    """GET: who is signed in, a fresh CSRF token, how the sheets stand, what offices say of papers. POST: a batch of entries."""
    found = _scored(request.user, pk)
    if request.method == "GET":
        sheets = read_sheets(found, request.user)
        said = read_said(sheets, request.user)
        return JsonResponse(
            {"v": 1, "csrf": get_token(request), "said": said, **_standing(sheets, request.user)}
        )
    try:
        raw = entries_of(request, others=_("Phần chấm này là của tài khoản khác."))
    except BatchError as bad:
        return bad.answer()
    entries, refused = read_entries(raw)
    answers = sync(found, entries, by=request.user)
    told = {key: {"status": "refused", "words": why} for key, why in refused.items()} | answers.entries
    return JsonResponse(
        {
            "answers": told,
            "receipts": answers.receipts,
            **_standing(read_sheets(found, request.user), request.user),
        },
    )


shell = require_safe(SHELL.page)
worker = require_safe(SHELL.worker)
back = require_safe(login_required(SHELL.logged_in))


def _scored(user: User, pk: int) -> Meeting:
    """The meeting for who scores in it, 404 for anybody else."""
    found = meeting_for(user, pk)
    if scoring_seat(found, user) is None:
        raise Http404
    return found


def _standing(sheets: list[OwnSheet], user: User) -> dict[str, Any]:
    return {
        "user": user.pk,
        "sheets": {str(sheet.item.assessment_id): sheet.as_json for sheet in sheets},
    }


def _receipts(meeting: Meeting, user: User) -> list[Receipt]:
    mine = Receipt.objects.filter(
        ballot__meeting=meeting,
        ballot__seat__user=user,
        ballot__assessment__in=[sheet.item.assessment_id for sheet in read_sheets(meeting, user)],
    )
    return list(mine.select_related("ballot__assessment__dossier__product")[:MOST_RECEIPTS])
