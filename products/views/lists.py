"""The lists: dossiers by urgency, products, producers."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ocop.orgs.http import SignedInRequest
from ocop.orgs.rights import covered_paths
from plans.models import Round
from products import queries
from products.forms import DossierFilter, ProducerFilter, ProductFilter
from products.models import Claim, Dossier, Producer, Product
from products.views.producers import KINDS

PAGE = 50


def _page(request: SignedInRequest, rows: Any) -> dict[str, Any]:
    """One page of rows with the words and cursors of the pager; the cursor is a page's number."""
    cursor = request.GET.get("after") or request.GET.get("before") or "1"
    page: Page = Paginator(rows, PAGE).get_page(cursor)
    first, last, total = page.start_index(), page.end_index(), page.paginator.count
    return {
        "rows": list(page.object_list),
        "text": _("%(first)s–%(last)s trong %(total)s") % {"first": first, "last": last, "total": total}
        if total
        else "",
        "before": str(page.previous_page_number()) if page.has_previous() else "",
        "after": str(page.next_page_number()) if page.has_next() else "",
    }


@require_GET
@login_required
def dossier_list(request: SignedInRequest) -> HttpResponse:
    """What this person sees, the most urgent first."""
    rounds = Round.objects.filter(pk__in=Dossier.objects.visible_to(request.user).values("round"))
    form = DossierFilter(request.GET or None, rounds=rounds)
    given = form.cleaned_data if form.is_valid() else {}
    found = given.get("round")
    rows = queries.dossier_list(
        request.user,
        words=given.get("q", ""),
        state=given.get("state", ""),
        round_id=found.pk if found else None,
    )
    page = _page(request, rows)
    queries.with_days(page["rows"], timezone.localdate())
    context = {
        **page,
        "form": form,
        "columns": [{"label": _("Sản phẩm")}, {"label": _("Xã, phường")}, {"label": _("Đợt")}, {"label": _("Đang ở")},
                    {"label": _("Còn lại")}],
    }  # fmt: skip
    return render(request, "products/dossiers.html", context)


@require_GET
@login_required
def producer_list(request: SignedInRequest) -> HttpResponse:
    form = ProducerFilter(request.GET or None)
    given = form.cleaned_data if form.is_valid() else {}
    found = Producer.objects.visible_to(request.user).select_related("unit").search(given.get("q", ""))
    if given.get("state"):
        found = found.filter(state=given["state"])
    context = {
        **_page(request, found),
        "form": form,
        "kinds": KINDS,
        "claims": Claim.objects.visible_to(request.user).open().for_list(),
        "may_register": bool(covered_paths(request.user, "products.register_producer")),
        "columns": [
            {"label": _("Chủ thể")},
            {"label": _("Loại hình")},
            {"label": _("Xã, phường")},
            {"label": _("Trạng thái")},
        ],
    }
    for row in context["rows"]:
        row.word_kind = KINDS[row.state]
    return render(request, "products/producers.html", context)


@require_GET
@login_required
def product_list(request: SignedInRequest) -> HttpResponse:
    form = ProductFilter(request.GET or None)
    given = form.cleaned_data if form.is_valid() else {}
    found = (
        Product.objects.visible_to(request.user).select_related("producer", "unit").search(given.get("q", ""))
    )
    context = {**_page(request, found), "form": form,
               "columns": [{"label": _("Sản phẩm")}, {"label": _("Chủ thể")}, {"label": _("Xã, phường")}]}  # fmt: skip
    return render(request, "products/products.html", context)
