"""Samples of a dossier: who has them, and taking them in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ocop.orgs.http import SignedInRequest
from ocop.papers.pdf import CONTENT_TYPE
from ocop.refusals import put_on_form
from products.forms import SampleArrivalForm, SampleForm, SampleUseForm
from products.models import Condition, Dossier, Sample
from products.sample_labels import labels_pdf
from products.samples import (
    Held,
    arriving_at,
    balances,
    custody,
    expected,
    on_hand,
    place_of,
    receive_samples,
    right_of,
    take_over,
    use_up,
)
from products.views.shared import demand_right, dossier_of


@require_http_methods(["GET", "POST"])
@login_required
def samples(request: SignedInRequest, pk: int) -> HttpResponse:
    """The table of custody, and the form of the office where the dossier lies."""
    dossier = dossier_of(request, pk)
    wanted, held = expected(dossier), on_hand([pk]).get(pk, 0)
    if not wanted:
        raise Http404
    may_receive = _may(request, dossier, place_of(dossier))
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
        "lots": [
            {**lot, "may_use": lot["held"].count and request.user.has_perm(right_of(lot["held"].unit), dossier)}
            for lot in custody(dossier)
        ],
        "wanted": wanted,
        "held": held,
        "may_receive": may_receive,
        "may_take_over": _may(request, dossier, arriving_at(dossier)),
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
    if place := arriving_at(dossier):
        demand_right(request, place[1], dossier)
    last = found.moves.latest("pk")
    initial = {"count": last.count, "condition": last.condition}
    form = SampleArrivalForm(request.POST or None, initial=initial)
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


@require_http_methods(["GET", "POST"])
@login_required
def sample_use(request: SignedInRequest, pk: int, lot: int) -> HttpResponse:
    """Units of a lot that were scored, sent to a laboratory, given back or disposed of."""
    dossier, found, held = _lot(request, pk, lot)
    demand_right(request, right_of(held.unit), dossier)
    form = SampleUseForm(request.POST or None, initial={"count": held.count})
    back = reverse("products:samples", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            use_up(found, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã ghi nhận mẫu."))
            return redirect(back)
    context = {
        "form": form,
        "title": _("Mẫu ra khỏi lô"),
        "sub": dossier.product.name,
        "submit": _("Ghi nhận"),
        "intro": _("Lô còn %(n)s đơn vị tại %(unit)s.") % {"n": held.count, "unit": held.unit},
        "back": back,
    }
    return render(request, "form.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def sample_labels(request: SignedInRequest, pk: int, lot: int) -> HttpResponse:
    """For the office that holds the lot: one label for each unit that is left."""
    dossier, found, held = _lot(request, pk, lot)
    demand_right(request, right_of(held.unit), dossier)
    response = HttpResponse(labels_pdf(found, held.count), content_type=CONTENT_TYPE)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Disposition"] = f'inline; filename="nhan-mau-{found.pk}.pdf"'
    return response


def _lot(request: SignedInRequest, pk: int, lot: int) -> tuple[Dossier, Sample, Held]:
    """404 where it is not this dossier's, or nothing of it lies anywhere."""
    dossier = dossier_of(request, pk)
    held = balances([pk]).get(lot)
    if held is None or not held.count:
        raise Http404
    found = get_object_or_404(dossier.samples.select_related("dossier__product", "dossier__unit"), pk=lot)
    return dossier, found, held


def _may(request: SignedInRequest, dossier: Dossier, place: tuple[Any, str] | None) -> bool:
    return place is not None and request.user.has_perm(place[1], dossier)


def _demand(request: SignedInRequest, dossier: Dossier) -> None:
    """403 without the right of the office where it lies; at no office the domain function says so."""
    if place := place_of(dossier):
        demand_right(request, place[1], dossier)


def _crumbs(dossier: Dossier) -> list[tuple[Any, str]]:
    home = reverse("products:dossier", args=[dossier.pk])
    return [(_("Hồ sơ"), reverse("products:dossiers")), (dossier.product.name, home), (_("Sản phẩm mẫu"), "")]
