"""Fairs: made by officers, open to what holds its stars on every day of them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evaluation.models import Certificate
from ocop.keyset import in_order, order_of, page_of
from ocop.orgs.http import SignedInRequest
from ocop.orgs.rights import covered_paths
from ocop.refusals import put_on_form
from ocop.spreadsheet import download, is_asked
from promotion.events import write_event
from promotion.forms import EventForm, PasteForm
from promotion.models import Event
from promotion.participations import add, check_lines, problems, remove
from promotion.spreadsheets import EVENTS, participations

RIGHT = "promotion.change_event"


@require_GET
@login_required
def event_list(request: SignedInRequest) -> HttpResponse:
    """Fairs that this person may see, the newest first."""
    rows = Event.objects.visible_to(request.user).with_count().select_related("unit")
    columns: list[dict[str, Any]] = [{"label": _("Sự kiện"), "sort": "name"}, {"label": _("Đơn vị tổ chức")},
               {"label": _("Thời gian"), "sort": "starts_on"}, {"label": _("Nhận từ")},
               {"label": _("Sản phẩm"), "end": True}]  # fmt: skip
    order = order_of(request.GET, columns, "-starts_on")
    if is_asked(request):
        return download(request, EVENTS, in_order(rows, order))
    context = {
        "page": page_of(rows, request.GET, order=order),
        "columns": columns,
        "sort": order,
        "today": timezone.localdate(),
        "may_write": bool(covered_paths(request.user, RIGHT)),
    }
    return render(request, "promotion/events.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def event_create(request: SignedInRequest) -> HttpResponse:
    if not covered_paths(request.user, RIGHT):
        raise PermissionDenied
    return _write(request, Event(), back=reverse("promotion:events"))


@require_http_methods(["GET", "POST"])
@login_required
def event_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    event = _to_change(request, pk)
    return _write(request, event, back=reverse("promotion:event", args=[pk]))


def _write(request: SignedInRequest, event: Event, *, back: str) -> HttpResponse:
    form = EventForm(request.POST or None, instance=event, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            saved = write_event(form.save(commit=False), by=request.user)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã lưu sự kiện."))
            return redirect("promotion:event", pk=saved.pk)
    context = {"form": form, "event": event, "back": back}
    return render(request, "promotion/event_edit.html", context, status=422 if form.errors else 200)


@require_GET
@login_required
def event_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The fair and what shows there, each asked again today: a certificate may have been revoked since."""
    event = get_object_or_404(Event.objects.visible_to(request.user).select_related("unit"), pk=pk)
    if is_asked(request):
        return download(request, participations(event), _shown(event))
    return render(request, "promotion/event.html", _page(request, event))


@require_POST
@login_required
def event_check(request: SignedInRequest, pk: int) -> HttpResponse:
    """A pasted list, line by line: who may come, and why the others may not."""
    event = _to_change(request, pk)
    form = PasteForm(request.POST)
    lines = check_lines(event, form.cleaned_data["lines"], by=request.user) if form.is_valid() else []
    context = _page(request, event) | {
        "paste": form,
        "lines": lines,
        "may_come": [it for it in lines if it.may_come],
    }
    return render(request, "promotion/event.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def event_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let in the certificates named; each is asked again under lock, and each refusal is said."""
    event = _to_change(request, pk)
    wanted = [int(value) for value in request.POST.getlist("certificate") if value.isdecimal()]
    added = 0
    for certificate in Certificate.objects.visible_to(request.user).filter(pk__in=wanted).order_by("pk"):
        try:
            add(event, certificate, by=request.user)
        except ValidationError as refused:
            for problem in refused.messages:
                messages.error(request, f"{certificate.product_name}: {problem}")
        else:
            added += 1
    if added:
        messages.success(request, _("Đã thêm %(count)s sản phẩm.") % {"count": added})
    return redirect("promotion:event", pk=pk)


@require_POST
@login_required
def event_remove(request: SignedInRequest, pk: int, participation: int) -> HttpResponse:
    event = _to_change(request, pk)
    remove(get_object_or_404(event.participations, pk=participation), by=request.user)
    messages.success(request, _("Đã bỏ sản phẩm khỏi danh sách."))
    return redirect("promotion:event", pk=pk)


def _to_change(request: SignedInRequest, pk: int) -> Event:
    event = get_object_or_404(Event.objects.visible_to(request.user).select_related("unit"), pk=pk)
    if not request.user.has_perm(RIGHT, event):
        raise PermissionDenied
    return event


def _shown(event: Event) -> Any:
    shown = event.participations.select_related("certificate__product__unit")
    return in_order(shown, "certificate__product__sort_key")


def _page(request: SignedInRequest, event: Event) -> dict[str, Any]:
    page = page_of(_shown(event), request.GET, order="certificate__product__sort_key")
    rows = [(row, problems(row.certificate, event)) for row in page.rows]
    return {
        "event": event,
        "page": page,
        "rows": rows,
        "paste": PasteForm(),
        "may_write": request.user.has_perm(RIGHT, event),
        "crumbs": [(_("Sự kiện"), reverse("promotion:events")), (event.name, "")],
        "columns": [{"label": _("Sản phẩm")}, {"label": _("Chủ thể")}, {"label": _("Xã, phường")}, {"label": _("Sao")},
                    {"label": _("Điều kiện")}, {"label": _("Việc")}],
    }  # fmt: skip
