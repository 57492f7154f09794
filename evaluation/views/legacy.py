"""Before the system: one certificate by hand, or an Excel file in two steps."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaluation.forms.certificates import ImportForm, LegacyCertificateForm, ProductSearch
from evaluation.legacy.recording import RECORD, record_legacy_certificate
from evaluation.legacy.template import template_file
from evaluation.legacy.tiers import doubts_of
from evaluation.legacy.uploading import check_import
from evaluation.models import LegacyImport, LegacyImportState
from evaluation.workflow.legacy import LEGACY_IMPORT
from ocop.files.store import keep_upload, serve
from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import OrgUnit, User
from ocop.orgs.rights import held_roles
from ocop.orgs.roles import roles_with
from ocop.refusals import put_on_form, say
from ocop.tables.template import CONTENT_TYPE
from products.models import Product

MOST_FOUND = 20
MOST_FAULTS = 500
FAULT_COLUMNS, DOUBT_COLUMNS = (
    tuple({"label": label} for label in (what, gettext_lazy("Dòng"), gettext_lazy("Cột")))
    for what in (gettext_lazy("Lỗi"), gettext_lazy("Chưa kiểm tra được"))
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record_one(request: SignedInRequest) -> HttpResponse:
    """First the product, then what its certificate says."""
    _demand(request.user)
    products = Product.objects.visible_to(request.user).select_related("producer", "unit")
    if "product" not in request.GET:
        return _choose(request, products)
    product = get_object_or_404(products, pk=_number(request.GET["product"]))
    form = LegacyCertificateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        done = _record(request, product, form)
        if done is not None:
            messages.success(request, _("Đã ghi giấy chứng nhận số %(number)s.") % {"number": done.number})
            for words in doubts_of(done.issuer_name, done.stars, done.issued_on):
                messages.warning(request, words)
            return redirect("evaluation:certificate", pk=done.pk)
    context = {"form": form, "product": product}
    return render(request, "evaluation/legacy/record.html", context, status=422 if form.errors else 200)


def _choose(request: SignedInRequest, products: Any) -> HttpResponse:
    form = ProductSearch(request.GET)
    form.is_valid()
    words = form.cleaned_data.get("q", "")
    found = products.search(words)[:MOST_FOUND] if words.strip() else []
    return render(request, "evaluation/legacy/choose.html", {"form": form, "found": found, "words": words})


def _record(request: SignedInRequest, product: Product, form: LegacyCertificateForm) -> Any:
    """The certificate, or None with the reasons on the form; a refused one keeps no file either."""
    given = dict(form.cleaned_data)
    try:
        with transaction.atomic():
            source = keep_upload(given.pop("source"), by=request.user)
            return record_legacy_certificate(product=product, source_file=source, by=request.user, **given)
    except ValidationError as refused:
        put_on_form(form, refused)
        return None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: SignedInRequest) -> HttpResponse:
    """The files so far, and the place to send one to be checked."""
    unit = _demand(request.user)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            one = check_import(unit, form.cleaned_data["file"], by=request.user)
        except ValidationError as refused:
            form.add_error("file", refused)
        else:
            return redirect("evaluation:legacy_import", pk=one.pk)
    rows = LegacyImport.objects.visible_to(request.user).select_related("file", "created_by")[:MOST_FOUND]
    context = {"form": form, "rows": rows}
    return render(request, "evaluation/legacy/imports.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def template(request: SignedInRequest) -> HttpResponse:
    _demand(request.user)
    response = HttpResponse(template_file(), content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="mau-nhap-giay-chung-nhan.xlsx"'
    return response


@login_required
@require_safe
def one_import(request: SignedInRequest, pk: int) -> HttpResponse:
    one = _found(request, pk)
    context = {
        "one": one,
        "faults": one.faults[:MOST_FAULTS],
        "doubts": one.summary.get("doubts", [])[:MOST_FAULTS],
        "columns": FAULT_COLUMNS,
        "doubt_columns": DOUBT_COLUMNS,
        "is_waiting": one.state == LegacyImportState.QUEUED,
        "is_checked": one.state == LegacyImportState.CHECKED,
        "crumbs": [(_("Nhập dữ liệu cũ"), reverse("evaluation:legacy_imports")), (str(one.file), "")],
    }
    return render(request, "evaluation/legacy/import.html", context)


@login_required
@require_POST
def commit(request: SignedInRequest, pk: int) -> HttpResponse:
    one = _found(request, pk)
    try:
        LEGACY_IMPORT.take("commit", one, by=request.user)
    except ValidationError as refused:
        say(request, refused)
    return redirect("evaluation:legacy_import", pk=one.pk)


@login_required
@require_safe
def import_file(request: SignedInRequest, pk: int) -> HttpResponse:
    one = _found(request, pk)
    return serve(one.file, about=one, by=request.user)


def _demand(user: User) -> OrgUnit:
    """The unit this person may record for; 403 without one."""
    roles = roles_with(RECORD)
    held = next((one for one in held_roles(user) if one.role in roles), None)
    if held is None:
        raise PermissionDenied
    return held.unit


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() else 0


def _found(request: SignedInRequest, pk: int) -> LegacyImport:
    return get_object_or_404(
        LegacyImport.objects.visible_to(request.user).select_related("file", "created_by"), pk=pk
    )
