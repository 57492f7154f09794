"""Pages of the rounds: the calendar of the year."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.keyset import in_order, order_of, page_of
from ocop.law import regime
from ocop.orgs.http import SignedInRequest
from ocop.orgs.rights import covered_paths
from ocop.refusals import put_on_form, say
from ocop.spreadsheet import download, is_asked
from plans.forms import ExtraRoundForm, YearForm
from plans.models import Round
from plans.rounds import make_regular_rounds, open_extra_round
from plans.spreadsheets import ROUNDS


@require_GET
@login_required
def round_list(request: SignedInRequest) -> HttpResponse:
    """Rounds by year, with what is open today."""
    rounds = Round.objects.visible_to(request.user).select_related("unit")
    columns = [{"label": _("Đợt")}, {"label": _("Đơn vị")}, {"label": _("Nhận hồ sơ từ"), "sort": "opens_on"},
               {"label": _("Xã đề nghị đến hết"), "sort": "cutoff_on"}, {"label": _("Kết thúc"), "sort": "ends_on"},
               {"label": _("Hôm nay")}]  # fmt: skip
    order = order_of(request.GET, columns, "-ends_on")
    if is_asked(request):
        return download(request, ROUNDS, in_order(rounds, order))
    may_write = bool(covered_paths(request.user, "plans.change_round"))
    context = {
        "page": page_of(rounds, request.GET, order=order),
        "columns": columns,
        "sort": order,
        "today": timezone.localdate(),
        "may_write": may_write,
        "form": YearForm(user=request.user) if may_write else None,
    }
    return render(request, "plans/rounds.html", context)


@require_GET
@login_required
def round_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One round: its calendar with the cut-offs, and under which decision it is run."""
    found = get_object_or_404(Round.objects.visible_to(request.user).select_related("unit", "plan"), pk=pk)
    today = timezone.localdate()
    context = {
        "round": found,
        "crumbs": [(_("Các đợt đánh giá"), reverse("plans:rounds")), (found.name, "")],
        "is_open": found.takes_on(today),
        "days": (found.cutoff_on - today).days,
        "stops": calendar(found, today),
        "regime": regime(found.regime),
    }
    return render(request, "plans/round.html", context)


def calendar(found: Round, today: dt.date) -> list[dict[str, Any]]:
    """The stops of the round's road: opening, cut-off, end; the one we are on the way to is "here"."""
    days = [
        (_("Nhận hồ sơ"), found.opens_on),
        (_("Hạn xã đề nghị"), found.cutoff_on),
        (_("Kết thúc"), found.ends_on),
    ]
    here = next((number for number, (_name, day) in enumerate(days) if today <= day), len(days))
    return [
        {
            "name": name,
            "note": date_format(day, "SHORT_DATE_FORMAT"),
            "status": "done" if number < here else "here" if number == here else "next",
        }
        for number, (name, day) in enumerate(days)
    ]


@require_POST
@login_required
def regular_rounds(request: SignedInRequest) -> HttpResponse:
    """The year's regular rounds in one click."""
    if not covered_paths(request.user, "plans.change_round"):
        raise PermissionDenied
    form = YearForm(request.POST, user=request.user)
    if not form.is_valid():
        for problem in (text for errors in form.errors.values() for text in errors):
            messages.error(request, str(problem))
        return redirect("plans:rounds")
    try:
        made = make_regular_rounds(form.cleaned_data["unit"], form.cleaned_data["year"], by=request.user)
    except ValidationError as refused:
        say(request, refused)
    else:
        names = ", ".join(str(one) for one in made)
        messages.success(request, _("Lịch của năm đã có: %(rounds)s.") % {"rounds": names})
    return redirect("plans:rounds")


@require_http_methods(["GET", "POST"])
@login_required
def extra_round(request: SignedInRequest) -> HttpResponse:
    """Open an extra round by its written basis."""
    if not covered_paths(request.user, "plans.change_round"):
        raise PermissionDenied
    form = ExtraRoundForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = open_extra_round(form.save(commit=False), by=request.user)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã mở đợt và báo các xã, phường."))
            return redirect("plans:round", pk=made.pk)
    return render(request, "plans/extra_round.html", {"form": form}, status=422 if form.errors else 200)
