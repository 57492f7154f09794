"""Surveys: planned, filled in on a page, photographed, signed; and the tenant's checklists."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop.audit.log import record
from ocop.audit.models import Entry
from ocop.files.links import LASTS
from ocop.files.small import small_jpeg
from ocop.files.store import serve
from ocop.history import events
from ocop.orgs.http import SignedInRequest
from ocop.refusals import put_on_form, say
from ocop.steps import step_page
from products.advisory import checklists
from products.advisory.filling import Sheet, by_item, choices, save_sheet, sheet_of
from products.advisory.photos import add_photo, photos_of, remove_photo
from products.advisory.surveys import start_survey
from products.dossiers.guidance import may_write
from products.forms.advisory import PhotoForm, SurveyForm, SurveyListForm
from products.models import Survey, SurveyPhoto, SurveyState
from products.models.survey import SURVEYS
from products.views.shared import demand_right, demand_somewhere, dossier_of
from products.workflow.survey import SURVEY

SMALL = 320  # pixels of a photograph in a list, for a phone's dense screen

MOST_SHOWN = 200


@require_safe
@login_required
def survey_list(request: SignedInRequest) -> HttpResponse:
    """The visits of this person's team: the open ones first."""
    demand_somewhere(request, SURVEYS)
    rows = Survey.objects.visible_to(request.user).exclude(state=SurveyState.CANCELLED).for_list()
    columns = [
        {"label": _("Sản phẩm")},
        {"label": _("Nơi làm")},
        {"label": _("Dự kiến")},
        {"label": _("Trạng thái")},
    ]
    context = {
        "rows": rows.order_by("state", "-pk")[:MOST_SHOWN],  # "open" before "signed"
        "count": Survey.objects.writable_by(request.user).count(),
        "columns": columns,
        "may_write": may_write(request.user),
    }
    return render(request, "products/advisory/surveys.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def start(request: SignedInRequest, pk: int) -> HttpResponse:
    dossier = dossier_of(request, pk, SURVEYS)
    form = SurveyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            begun = start_survey(dossier, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            return redirect("products:survey", pk=begun.pk)
    title = _("Khảo sát cơ sở")
    context = {
        "form": form,
        "title": title,
        "sub": dossier.product.name,
        "submit": _("Bắt đầu khảo sát"),
        "back": reverse("products:dossier", args=[pk]),
        "crumbs": [(_("Hồ sơ"), reverse("products:dossiers")),
                   (dossier.product.name, reverse("products:dossier", args=[pk])), (title, "")],
    }  # fmt: skip
    return render(request, "form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
def survey(request: SignedInRequest, pk: int) -> HttpResponse:
    """The sheet while it is open, for who surveys; the record once it is signed."""
    row = _seen(request, pk)
    if request.method == "POST":
        demand_right(request, SURVEYS, row)
        try:
            sheet = save_sheet(row, request.POST, by=request.user)
        except ValidationError as refused:
            say(request, refused)
            return redirect("products:survey", pk=pk)
        if not sheet.troubles:
            messages.success(request, _("Đã lưu."))
            return redirect("products:survey", pk=pk)
        return _page(request, row, sheet)  # 200: what hindered nobody is kept
    return _page(request, row, sheet_of(row))


def _page(request: SignedInRequest, row: Survey, sheet: Sheet) -> HttpResponse:
    may_fill = row.state == SurveyState.OPEN and request.user.has_perm(SURVEYS, row)
    photos = by_item(row, photos_of(row))
    context: dict[str, Any] = {
        "survey": row,
        "dossier": row.dossier,
        "sheet": sheet,
        "may_fill": may_fill,
        "choices": choices(),
        "photos": photos,
        "photo_form": PhotoForm(checklist=row.checklist) if may_fill else None,
        "photo_key": uuid.uuid4().hex,
        "offers": SURVEY.open_to(row, request.user),
        "base": reverse("products:survey", args=[row.pk]),
        "events": events(Entry.objects.about(row)[:50], SURVEY),
        "crumbs": [(_("Hồ sơ"), reverse("products:dossiers")),
                   (row.dossier.product.name, reverse("products:dossier", args=[row.dossier_id])),
                   (_("Khảo sát cơ sở"), "")],
    }  # fmt: skip
    return render(request, "products/advisory/survey.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def step(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    back = reverse("products:survey", args=[pk])
    return step_page(request, _seen(request, pk), SURVEY, name, back=back)


@require_POST
@login_required
def photo_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """From the page; a device sends its own to the address below `offline`."""
    row = _seen(request, pk)
    demand_right(request, SURVEYS, row)
    form = PhotoForm(request.POST, request.FILES, checklist=row.checklist)
    if form.is_valid():
        given = form.cleaned_data
        key = request.POST.get("key", "")[:64] or uuid.uuid4().hex
        try:
            add_photo(row, given["file"], key=key, item=given["item"], note=given["note"], by=request.user)
        except ValidationError as refused:
            say(request, refused)
        else:
            messages.success(request, _("Đã thêm ảnh."))
    else:
        say(request, ValidationError([word for words in form.errors.values() for word in words]))
    return redirect(f"{reverse('products:survey', args=[pk])}#anh")


@require_safe
@login_required
def photo(request: SignedInRequest, pk: int, photo: int) -> HttpResponse:
    found = _photo(request, pk, photo)
    return serve(found.file, about=found.survey, by=request.user, inline=True)


@require_safe
@login_required
def photo_small(request: SignedInRequest, pk: int, photo: int) -> HttpResponse:
    """As lists show it, on a slow line too; its bytes never change, so her browser keeps it for some minutes."""
    found = _photo(request, pk, photo)
    small = small_jpeg(found.file, SMALL)
    if small is None:
        raise Http404
    seen = {"file": found.file_id, "sha256": found.file.sha256, "small": True}
    record("file.view", found.survey, by=request.user, data=seen)
    response = HttpResponse(small[0], content_type="image/jpeg")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = f"private, max-age={LASTS}, immutable"
    return response


@require_POST
@login_required
def photo_remove(request: SignedInRequest, pk: int, photo: int) -> HttpResponse:
    found = _photo(request, pk, photo)
    demand_right(request, SURVEYS, found.survey)
    try:
        remove_photo(found, by=request.user)
    except ValidationError as refused:
        say(request, refused)
    else:
        messages.success(request, _("Đã bỏ ảnh."))
    return redirect(f"{reverse('products:survey', args=[pk])}#anh")


def _seen(request: SignedInRequest, pk: int) -> Survey:
    return get_object_or_404(Survey.objects.visible_to(request.user).for_list(), pk=pk)


def _photo(request: SignedInRequest, pk: int, photo: int) -> SurveyPhoto:
    photos = SurveyPhoto.objects.filter(survey=_seen(request, pk), removed_at=None)
    return get_object_or_404(photos.select_related("file", "survey__dossier__unit"), pk=photo)


# ── the tenant's checklists ──


@require_safe
@login_required
def checklist_list(request: SignedInRequest) -> HttpResponse:
    """The lists by kind of product, for who may change them and who goes out with them."""
    demand_somewhere(request, SURVEYS)
    items, own = checklists.lists(), checklists.written()
    context = {
        "rows": [
            (scope or "every", name, items[scope], own.get(scope))
            for scope, name in checklists.names().items()
        ],
        "may_write": may_write(request.user),
        "crumbs": [(_("Khảo sát cơ sở"), reverse("products:surveys")), (_("Bảng khảo sát"), "")],
    }
    return render(request, "products/advisory/checklists.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def checklist(request: SignedInRequest, scope: str) -> HttpResponse:
    key = "" if scope == "every" else scope
    name = checklists.names().get(key)
    if name is None:
        raise Http404
    if not may_write(request.user):
        raise PermissionDenied
    form = SurveyListForm(request.POST or None, initial={"text": "\n".join(checklists.lists()[key])})
    if request.method == "POST" and form.is_valid():
        try:
            checklists.write_list(key, form.cleaned_data["text"], by=request.user)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("products:survey_lists")
    lists = reverse("products:survey_lists")
    context = {
        "form": form,
        "title": name,
        "sub": _("Bảng khảo sát"),
        "back": lists,
        "crumbs": [(_("Bảng khảo sát"), lists), (name, "")],
    }
    return render(request, "form.html", context, status=422 if form.errors else 200)
