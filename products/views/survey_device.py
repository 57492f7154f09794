"""Surveys without a line: taken along, kept on the device, sent back once."""

import datetime as dt
import math
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop.audit.log import record
from ocop.device.batches import LONGEST_KEY, BatchError, entries_of
from ocop.orgs.http import SignedInRequest
from ocop.tenancy.scope import active_tenant_id
from products.advisory.device import SHELL, surveys_key, words
from products.advisory.photos import add_photo
from products.advisory.syncing import bundle, read_entries, standing, sync
from products.dossiers.guidance import root
from products.models import Survey
from products.models.survey import SURVEYS
from products.views.shared import demand_right, demand_somewhere, refused_json

MOST_KNOWN = 100


@require_safe
@login_required
def take(request: SignedInRequest) -> HttpResponse:
    """What would be taken, and what the device says to it."""
    demand_somewhere(request, SURVEYS)
    context = {
        "rows": list(Survey.objects.writable_by(request.user).for_list()),
        "words": words(),
        "tenant_id": active_tenant_id(),
        "crumbs": [(_("Khảo sát cơ sở"), reverse("products:surveys")), (_("Mang khảo sát theo"), "")],
    }
    return render(request, "products/advisory/device/take.html", context)


@require_safe
@never_cache
@SHELL.in_words
def take_bundle(request: SignedInRequest) -> HttpResponse:
    demand_somewhere(request, SURVEYS)
    return JsonResponse(bundle(request.user))


@require_POST
@never_cache
@SHELL.in_words
def take_key(request: SignedInRequest) -> HttpResponse:
    """The key of what this surveyor takes along; every hand-out is in the log."""
    demand_somewhere(request, SURVEYS)
    record("survey.take_along", root(), by=request.user)
    return JsonResponse({"user": request.user.pk, "key": surveys_key(request.user)})


@require_http_methods(["GET", "POST"])
@never_cache
@SHELL.in_words
def sync_surveys(request: SignedInRequest) -> HttpResponse:
    """GET: who is signed in, a fresh CSRF token, how her surveys stand. POST: one batch of writings."""
    demand_somewhere(request, SURVEYS)
    if request.method == "GET":
        told = {
            "v": 1,
            "csrf": get_token(request),
            **_standing(request, _known(request.GET.get("known", ""))),
        }
        return JsonResponse(told)
    try:
        raw = entries_of(request, others=_("Phần khảo sát này là của tài khoản khác."))
    except BatchError as bad:
        return bad.answer()
    entries, refused = read_entries(raw)
    told = {key: {"status": "refused", "words": why} for key, why in refused.items()}
    told |= sync(entries, by=request.user)
    known = {it.sheet for it in entries}
    return JsonResponse({"answers": told, "receipts": [], **_standing(request, known)})


def _standing(request: SignedInRequest, known: Any) -> dict[str, Any]:
    return {"user": request.user.pk, "sheets": standing(request.user, known)}


def _known(raw: str) -> list[int]:
    return [int(it) for it in raw.split(",")[:MOST_KNOWN] if it.isdecimal() and len(it) < 19]


@require_POST
@never_cache
@SHELL.in_words
def device_photo(request: SignedInRequest, pk: int) -> HttpResponse:
    """One photograph, known by the key its device gave it; 409 where the survey is closed: the device keeps it."""
    row = get_object_or_404(Survey.objects.visible_to(request.user), pk=pk)
    demand_right(request, SURVEYS, row)
    upload, key = request.FILES.get("file"), request.POST.get("key", "")
    if upload is None or not 0 < len(key) <= LONGEST_KEY:
        return JsonResponse({"error": _("Gói dữ liệu không đọc được.")}, status=400)
    facts: dict[str, Any] = {"item": request.POST.get("item", "")[:20], "note": request.POST.get("note", "")}
    try:
        made = add_photo(
            row, upload, key=key, by=request.user, place=_place(request.POST),
            taken_at=_moment(request.POST.get("taken_at", "")), **facts,
        )  # fmt: skip
    except ValidationError as refused:
        answer = refused_json(refused)
        answer.status_code = 409 if getattr(refused, "code", None) == "closed" else 422
        return answer
    except PermissionDenied:
        return JsonResponse({"error": _("Cuộc khảo sát này không còn trong phần việc của bạn.")}, status=403)
    return JsonResponse({"photo": made.pk, "user": request.user.pk})


def _place(given: Any) -> dict[str, float] | None:
    """Only what is a place on this earth."""
    try:
        latitude, longitude = float(given["latitude"]), float(given["longitude"])
        accuracy = float(given.get("accuracy") or 0)
    except (KeyError, ValueError):
        return None
    if not all(math.isfinite(it) for it in (latitude, longitude, accuracy)):
        return None
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return {"latitude": latitude, "longitude": longitude, "accuracy": max(accuracy, 0)}


def _moment(raw: str) -> dt.datetime | None:
    try:
        moment = parse_datetime(raw)
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


shell = require_safe(SHELL.page)
worker = require_safe(SHELL.worker)
back = require_safe(login_required(SHELL.logged_in))
