"""The lists: dossiers by urgency, products, producers."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ocop.keyset import in_order, order_of, page_of
from ocop.orgs.http import SignedInRequest
from ocop.orgs.rights import covered_paths
from ocop.spreadsheet import download, is_asked
from plans.models import Round
from products import spreadsheets
from products.desks.checking import PERMISSION
from products.dossiers import queries
from products.forms import DossierFilter, ProducerFilter, ProductFilter
from products.models import Claim, Dossier, Producer, Product
from products.views.producers import KINDS


@require_GET
@login_required
def dossier_list(request: SignedInRequest) -> HttpResponse:
    """What this person sees, the most urgent first."""
    rounds = Round.objects.filter(pk__in=Dossier.objects.visible_to(request.user).values("round"))
    form = DossierFilter(request.GET or None, rounds=rounds)
    given = form.cleaned_data if form.is_valid() else {}
    found = given.get("round")
    today = timezone.localdate()
    rows = queries.dossier_list(
        request.user,
        on=today,
        words=given.get("q", ""),
        state=given.get("state", ""),
        round_id=found.pk if found else None,
        due=given.get("due", ""),
    )
    columns = [{"label": _("Sản phẩm"), "sort": "product__sort_key"}, {"label": _("Xã, phường")}, {"label": _("Đợt")},
               {"label": _("Đang ở")}, {"label": _("Còn lại"), "sort": "due"}]  # fmt: skip
    order = order_of(request.GET, columns, "due")
    if is_asked(request):
        return download(request, spreadsheets.DOSSIERS, in_order(rows, order))
    page = page_of(rows, request.GET, order=order)
    queries.with_days(page.rows, today)
    has_desk = any(covered_paths(request.user, it) for it in PERMISSION.values())
    context = {"page": page, "form": form, "columns": columns, "sort": order, "has_desk": has_desk}
    return render(request, "products/dossiers.html", context)


@require_GET
@login_required
def producer_list(request: SignedInRequest) -> HttpResponse:
    form = ProducerFilter(request.GET or None)
    given = form.cleaned_data if form.is_valid() else {}
    found = Producer.objects.visible_to(request.user).select_related("unit").search(given.get("q", ""))
    if given.get("state"):
        found = found.filter(state=given["state"])
    columns = [{"label": _("Chủ thể"), "sort": "sort_key"}, {"label": _("Loại hình")},
               {"label": _("Xã, phường"), "sort": "unit__name"}, {"label": _("Trạng thái")}]  # fmt: skip
    order = order_of(request.GET, columns, "sort_key")
    if is_asked(request):
        return download(request, spreadsheets.PRODUCERS, in_order(found, order))
    page = page_of(found, request.GET, order=order)
    for row in page.rows:
        row.word_kind = KINDS[row.state]
    may_register = bool(covered_paths(request.user, "products.register_producer"))
    context = {
        "page": page,
        "form": form,
        "columns": columns,
        "sort": order,
        "may_register": may_register,
        "may_merge": bool(covered_paths(request.user, "products.merge_doubles")),
        "claims": Claim.objects.visible_to(request.user).open().for_list(),
    }
    return render(request, "products/producers.html", context)


@require_GET
@login_required
def product_list(request: SignedInRequest) -> HttpResponse:
    form = ProductFilter(request.GET or None)
    given = form.cleaned_data if form.is_valid() else {}
    found = (
        Product.objects.visible_to(request.user).select_related("producer", "unit").search(given.get("q", ""))
    )
    columns = [{"label": _("Sản phẩm"), "sort": "sort_key"}, {"label": _("Chủ thể"), "sort": "producer__sort_key"},
               {"label": _("Xã, phường"), "sort": "unit__name"}]  # fmt: skip
    order = order_of(request.GET, columns, "sort_key")
    if is_asked(request):
        return download(request, spreadsheets.PRODUCTS, in_order(found, order))
    context = {
        "page": page_of(found, request.GET, order=order),
        "form": form,
        "columns": columns,
        "sort": order,
    }
    return render(request, "products/products.html", context)
