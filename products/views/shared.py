"""What the pages of this room share: finding a row, saying a refusal, answering a draft that saves itself."""

from collections.abc import Callable
from itertools import chain
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.forms import Form
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ocop.files.links import LASTS, LinkOverError, through_the_door
from ocop.orgs.http import SignedInRequest
from ocop.orgs.rights import covered_paths
from products.dossiers.filling import Saved
from products.models import Dossier, EvidencePaper
from products.vault.reading import differing, proposed, reading_of, warnings_of

LONGEST_NUMBER = 18  # digits that a key of the database holds
BACKEND = "ocop.orgs.backends.LoginBackend"  # who makes an account here is signed in with it


def dossier_of(request: SignedInRequest, pk: int, permission: str = "") -> Dossier:
    """The dossier if this person sees it (404), and may do this to it (403)."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).for_list(), pk=pk)
    if permission:
        demand_right(request, permission, dossier)
    return dossier


def demand_right(request: SignedInRequest, permission: str, obj: models.Model) -> None:
    if not request.user.has_perm(permission, obj):
        raise PermissionDenied


def demand_somewhere(request: SignedInRequest, permission: str) -> None:
    """PermissionDenied unless a role of hers has this right over some unit."""
    if not covered_paths(request.user, permission):
        raise PermissionDenied


def wants_json(request: SignedInRequest) -> bool:
    """True for a script that saves by itself."""
    return request.headers.get("Accept", "").startswith("application/json")


def done(request: SignedInRequest, words: str, url: str) -> HttpResponse:
    """What was asked for is done: said on the page that comes next; a script that sends by itself is told which that is."""
    messages.success(request, words)
    return JsonResponse({"next": url}) if wants_json(request) else redirect(url)


def refused_form(form: Form) -> JsonResponse:
    """What is wrong in a form that a script sent by itself: in one sentence with the names of the fields, and by field."""
    said = ((form[name].label if name in form.fields else "", errors) for name, errors in form.errors.items())
    words = (
        f"{label}: {' '.join(map(str, errors))}" if label else " ".join(map(str, errors))
        for label, errors in said
    )
    return JsonResponse({"error": " ".join(words), "errors": form.errors}, status=422)


def clock_words(moment: Any) -> str:
    return time_format(timezone.localtime(moment), "H:i")


def saved_json(saved: Saved, **more: Any) -> JsonResponse:
    """200 saved, 409 somebody was faster (both values), 422 a value that cannot be read: nothing is written then."""
    if saved.clashes:
        words = _("Nơi khác vừa sửa mục này.")
        return JsonResponse({"error": words, "clashes": [it.as_data() for it in saved.clashes]}, status=409)
    if saved.errors:
        return JsonResponse(
            {"error": " ".join(chain.from_iterable(saved.errors.values())), "errors": saved.errors},
            status=422,
        )
    return JsonResponse({"saved_at": clock_words(saved.saved_at), "revision": saved.revision, **more})


def refused_json(refused: ValidationError) -> JsonResponse:
    return JsonResponse({"error": " ".join(refused.messages)}, status=422)


def whole_number(raw: str | None) -> int:
    """The number a form sent; 0 for what is none, or none of ours ("²", twenty digits)."""
    return int(raw) if raw and raw.isdecimal() and len(raw) <= LONGEST_NUMBER else 0


def field_label(row: models.Model, name: str) -> str:
    """What a field of the model is called."""
    return capfirst(str(row._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def read_beside(row: EvidencePaper) -> dict[str, Any]:
    """What the machine read, beside what is written."""
    reading = reading_of(row)
    if reading is None:
        return {}
    new = proposed(row, reading)
    told = new | differing(row, reading)
    facts = [(field_label(row, name), value, "") for name, value in told.items()]
    return {"reading": reading, "read": facts, "can_fill": bool(new), "warnings": warnings_of(reading)}


def behind_the_door(
    request: SignedInRequest, what: str, send: Callable[[], HttpResponse], *, back: str, lasts: int = LASTS
) -> HttpResponse:
    """The bytes under an address that ends; one that has ended says so and shows the way `back`."""
    try:
        onward = through_the_door(request, what, by=request.user, lasts=lasts)
    except LinkOverError:
        return render(request, "link_over.html", {"back": back}, status=410)
    return onward or send()
