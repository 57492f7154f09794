"""The public catalogue: no login, no personal data, nothing that was not certified."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evaluation.models import Certificate
from ocop.keyset import order_of, page_of
from ocop.law import law
from products.doubles.merging import stands_for
from products.models import MergeKind
from promotion.forms import CatalogueForm
from promotion.queries import certified_products, facts
from promotion.rules import standing
from promotion.sentences import STANDINGS

KEPT_SECONDS = 300
SEALS = {"valid": "valid", "soon": "soon", "expired": "expired", "revoked": "revoked", "replaced": "expired",
         "future": "unknown"}  # fmt: skip


def kept_a_while(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A visitor's own browser keeps the page some minutes; no shared cache does, as it carries her form token."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.user.is_authenticated:
            patch_cache_control(response, private=True, no_cache=True)
        else:
            patch_cache_control(response, private=True, max_age=KEPT_SECONDS)
        return response

    return inner


@require_safe
@kept_a_while
def catalogue(request: HttpRequest) -> HttpResponse:
    """Certified products; by default those whose certificate holds today."""
    today = timezone.localdate()
    form = CatalogueForm(request.GET)
    rows = form.found(today).select_related("product__unit")
    columns = [{"label": _("Sản phẩm"), "sort": "product__sort_key"}, {"label": _("Trạng thái")},
               {"label": _("Sao"), "sort": "stars"}, {"label": _("Chủ thể")}, {"label": _("Xã, phường")},
               {"label": _("Có giá trị đến hết"), "sort": "last"}]  # fmt: skip
    order = order_of(request.GET, columns, "product__sort_key")
    page = page_of(rows, request.GET, order=order)
    context = {
        "form": form,
        "page": page,
        "rows": [(row, *STANDINGS[standing(facts(row), today)]) for row in page.rows],
        "columns": columns,
        "sort": order,
    }
    return render(request, "promotion/catalogue.html", context)


@require_safe
@kept_a_while
def product(request: HttpRequest, pk: int) -> HttpResponse:
    """One certified product: how its certificate stands first, then what it is and its history of stars."""
    today = timezone.localdate()
    certified = certified_products().select_related("unit")
    found = certified.filter(pk=pk).first()
    if found is None:  # one that stood twice in the register: its printed address leads on
        kept = stands_for(MergeKind.PRODUCT, pk)
        get_object_or_404(certified, pk=kept or pk)
        return redirect("promotion:product", pk=kept)
    history = list(Certificate.objects.filter(product=found).select_related("unit"))
    best = next((it for it in history if standing(facts(it), today) in ("valid", "soon")), history[0])
    stands = standing(facts(best), today)
    word, _kind = STANDINGS[stands]
    context = {
        "product": found,
        "certificate": best,
        "seal": SEALS[stands],
        "seal_word": word,
        "seal_text": _seal_text(best, stands),
        "category": _category(found.set_code),
        "certificate_url": reverse("evaluation:public_certificate", args=[best.uuid]),
        "history": [(it, *STANDINGS[standing(facts(it), today)]) for it in history],
        "crumbs": [(_("Sản phẩm OCOP"), reverse("promotion:catalogue")), (best.product_name, "")],
    }
    return render(request, "promotion/product.html", context)


def _seal_text(certificate: Certificate, stands: str) -> str:
    if stands == "revoked":
        day = date_format(certificate.revoked_on or certificate.issued_on, "SHORT_DATE_FORMAT")
        return _("Thu hồi ngày %(day)s") % {"day": day}
    return _("Có giá trị đến hết ngày %(day)s") % {
        "day": date_format(certificate.last_day, "SHORT_DATE_FORMAT")
    }


def _category(set_code: str) -> str:
    """The law's category and the set's name."""
    found = law().sets.get(set_code)
    return f"{found.category.name} · {found.name}" if found else ""
