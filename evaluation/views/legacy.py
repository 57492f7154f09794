"""Before the system: one certificate by hand, or an Excel file in two steps."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from evaluation.forms.certificates import LegacyCertificateForm, ProductSearch
from evaluation.legacy.recording import RECORD, record_legacy_certificate
from evaluation.legacy.template import template_file
from evaluation.legacy.tiers import doubts_of
from evaluation.legacy.uploading import check_import
from evaluation.models import LegacyImport
from evaluation.workflow.legacy import LEGACY_IMPORT
from ocop.files.store import keep_upload
from ocop.orgs.http import SignedInRequest
from ocop.refusals import put_on_form
from ocop.tables.pages import ImportPages, unit_that_brings
from ocop.tables.reading import MOST_ROWS
from products.models import Product

MOST_FOUND = 20
IMPORTS = ImportPages(
    app="evaluation",
    name="legacy",
    templates="evaluation/legacy",
    model=LegacyImport,
    check=check_import,
    workflow=LEGACY_IMPORT,
    template=template_file,
    template_name="mau-nhap-giay-chung-nhan.xlsx",
    most=MOST_ROWS,
    title=gettext_lazy("Nhập dữ liệu cũ"),
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record_one(request: SignedInRequest) -> HttpResponse:
    """First the product, then what its certificate says."""
    unit_that_brings(request.user, RECORD)
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


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() else 0
