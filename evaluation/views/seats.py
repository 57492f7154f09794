"""Seats: added to a draft, taken off it, handed over by decision."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evaluation.councils.making import (
    CHANGE,
    add_seat,
    delegate_chair,
    remove_seat,
    replace_seat,
    set_sectors,
)
from evaluation.forms.council import ReplaceForm, SeatForm
from evaluation.forms.seats import DelegationForm, SectorsForm
from evaluation.models import Council, Seat
from evaluation.views.councils import crumbs
from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import User
from ocop.refusals import put_on_form, say


@require_http_methods(["GET", "POST"])
@login_required
def new(request: SignedInRequest, pk: int) -> HttpResponse:
    council = _writable(request.user, pk)
    form = SeatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            add_seat(council, given.pop("user"), by=request.user, **given)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            return redirect("evaluation:council", pk=pk)
    title = _("Thêm thành viên")
    context = {"form": form, "title": title, "submit": _("Thêm"), "crumbs": crumbs(council, title)}
    return render(request, "form.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def remove(request: SignedInRequest, pk: int, seat: int) -> HttpResponse:
    found = _seat(_writable(request.user, pk), seat)
    try:
        remove_seat(found, by=request.user)
    except ValidationError as refused:
        say(request, refused)
    return redirect("evaluation:council", pk=pk)


@require_http_methods(["GET", "POST"])
@login_required
def replace(request: SignedInRequest, pk: int, seat: int) -> HttpResponse:
    council = _writable(request.user, pk)
    found = _seat(council, seat)
    form = ReplaceForm(request.POST or None, initial={"agency": found.agency})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            replace_seat(found, given.pop("user"), by=request.user, **given)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã thay thành viên."))
            return redirect("evaluation:council", pk=pk)
    title = _("Thay %(who)s") % {"who": found.user}
    context = {"form": form, "title": title, "submit": _("Thay"), "crumbs": crumbs(council, title)}
    return render(request, "form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
def sectors(request: SignedInRequest, pk: int, seat: int) -> HttpResponse:
    council = _writable(request.user, pk)
    found = _seat(council, seat)
    initial = {"unit": found.unit_id, "sectors": found.sectors}
    form = SectorsForm(request.POST or None, initial=initial, council=council)
    if request.method == "POST" and form.is_valid():
        try:
            set_sectors(found, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            return redirect("evaluation:council", pk=pk)
    return _form(request, council, form, _("Lĩnh vực, đơn vị: %(who)s") % {"who": found.user})


@require_http_methods(["GET", "POST"])
@login_required
def delegation(request: SignedInRequest, pk: int, seat: int) -> HttpResponse:
    council = _writable(request.user, pk)
    found = _seat(council, seat)
    initial = {"acts_as": found.acts_as, "delegation": found.delegation}
    form = DelegationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            delegate_chair(found, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            return redirect("evaluation:council", pk=pk)
    return _form(request, council, form, _("Ủy quyền Chủ tịch: %(who)s") % {"who": found.user})


def _form(request: SignedInRequest, council: Council, form: forms.Form, title: str) -> HttpResponse:
    context = {"form": form, "title": title, "submit": _("Lưu"), "crumbs": crumbs(council, title)}
    return render(request, "form.html", context, status=422 if form.errors else 200)


def _writable(user: User, pk: int) -> Council:
    council = get_object_or_404(Council.objects.visible_to(user), pk=pk)
    if not user.has_perm(CHANGE, council):
        raise PermissionDenied
    return council


def _seat(council: Council, pk: int) -> Seat:
    return get_object_or_404(council.seats.select_related("user", "council"), pk=pk)
