"""Samples of a dossier: who has them, and taking them in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ocop.orgs.http import SignedInRequest
from ocop.refusals import put_on_form
from products.forms import SampleForm
from products.models import Condition, Dossier
from products.samples import custody, expected, on_hand, place_of, receive_samples, take_over
from products.views.shared import demand_right, dossier_of


@require_http_methods(["GET", "POST"])
@login_required
def samples(request: SignedInRequest, pk: int) -> HttpResponse:
    """The table of custody, and the form of the office where the dossier lies."""
    dossier = dossier_of(request, pk)
    wanted, held = expected(dossier), on_hand([pk]).get(pk, 0)
    if not wanted:
        raise Http404
    may_receive = _may_receive(request, dossier)
    if request.method == "POST":
        _demand(request, dossier)
    initial = {"count": max(wanted - held, 1), "condition": Condition.GOOD}
    form = SampleForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            receive_samples(dossier, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã ghi nhận mẫu."))
            return redirect("products:samples", pk=pk)
    context = {
        "dossier": dossier,
        "form": form,
        "lots": custody(dossier),
        "wanted": wanted,
        "held": held,
        "may_receive": may_receive,
        "columns": [{"label": _("Việc")}, {"label": _("Nơi")}, {"label": _("Số đơn vị"), "end": True},
                    {"label": _("Tình trạng")}, {"label": _("Người, lúc")}],
        "crumbs": _crumbs(dossier),
    }  # fmt: skip
    return render(request, "products/samples.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
def sample_take_over(request: SignedInRequest, pk: int, lot: int) -> HttpResponse:
    """A lot that was sent on has come."""
    dossier = dossier_of(request, pk)
    found = get_object_or_404(dossier.samples.select_related("dossier"), pk=lot)
    _demand(request, dossier)
    last = found.moves.latest("pk")
    initial = {"count": last.count, "condition": last.condition}
    form = SampleForm(request.POST or None, initial=initial)
    back = reverse("products:samples", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            take_over(found, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã ghi nhận mẫu."))
            return redirect(back)
    context = {
        "form": form,
        "title": _("Nhận lô mẫu xã chuyển lên"),
        "sub": dossier.product.name,
        "submit": _("Đã nhận"),
        "back": back,
    }
    return render(request, "form.html", context, status=422 if form.errors else 200)


def _may_receive(request: SignedInRequest, dossier: Dossier) -> bool:
    place = place_of(dossier)
    return place is not None and request.user.has_perm(place[1], dossier)


def _demand(request: SignedInRequest, dossier: Dossier) -> None:
    """403 without the right of the office where it lies; at no office the domain function says so."""
    if place := place_of(dossier):
        demand_right(request, place[1], dossier)


def _crumbs(dossier: Dossier) -> list[tuple[Any, str]]:
    home = reverse("products:dossier", args=[dossier.pk])
    return [(_("Hồ sơ"), reverse("products:dossiers")), (dossier.product.name, home), (_("Sản phẩm mẫu"), "")]
