"""A filing as one file: asked for, watched while a worker binds it, taken as PDF or ZIP."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from ocop.orgs.http import SignedInRequest
from products.binding.handing import hand_out_bound, is_of_the_producer, may_take_archive
from products.binding.making import FILES, ask_for_book, lacks_results, lacks_words
from products.models import BoundDossier, Dossier, DossierVersion
from products.views.shared import behind_the_door, dossier_of


@require_http_methods(["GET", "POST"])
@login_required
def bound(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """How far it is, as the receipt's page asks it again and again; POST asks a worker for it."""
    dossier, version = _version(request, pk, number)
    if request.method == "POST":
        ask_for_book(version, by=request.user)
        return redirect("products:receipt", pk=pk, number=number)
    context = {
        "dossier": dossier,
        **bound_of(version),
        "may_take_all": may_take_archive(dossier, request.user),
        "is_own": is_of_the_producer(dossier, request.user),
    }
    return render(request, "products/bound.html", context)


@require_GET
@login_required
def bound_file(request: SignedInRequest, pk: int, number: int, kind: str) -> HttpResponse:
    dossier, version = _version(request, pk, number)
    found = BoundDossier.objects.filter(version=version, pdf__isnull=False).select_related("pdf", "archive")
    made = found.first()
    if made is None or kind not in FILES:
        raise Http404
    back = reverse("products:receipt", args=[pk, number])
    if kind == "zip" and not may_take_archive(dossier, request.user):
        raise PermissionDenied
    send = partial(hand_out_bound, made, kind, dossier=dossier, by=request.user)
    return behind_the_door(request, f"bound-{made.pk}-{kind}", send, back=back)


def bound_of(version: DossierVersion) -> dict[str, object]:
    """What `products/bound.html` shows."""
    made = BoundDossier.objects.filter(version=version).select_related("pdf", "archive").first()
    if made is not None:
        made.version = version
    return {
        "version": version,
        "bound": made,
        "waits": made is not None and not made.is_made,
        "lacks_results": made is not None and lacks_results(made),
        "lacks_words": made is not None and lacks_words(made),
    }


def _version(request: SignedInRequest, pk: int, number: int) -> tuple[Dossier, DossierVersion]:
    dossier = dossier_of(request, pk)
    return dossier, get_object_or_404(dossier.versions.select_related("submitted_by"), number=number)
