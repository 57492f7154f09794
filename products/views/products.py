"""Pages of a product: made, changed, its dossiers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ocop.orgs.http import SignedInRequest
from ocop.refusals import put_on_form
from ocop.seen import locked, merge, watch
from products import law
from products.dossiers.queries import KIND_OF_STATE
from products.dossiers.whole import place_words
from products.doubles.former import former_rows
from products.doubles.merging import stands_for
from products.forms import ProductForm
from products.making import change_product, make_product, why_fixed
from products.models import BusinessPlan, Dossier, Idea, MergeKind, Producer, Product
from products.removing import is_filed
from products.views.shared import demand_right


@require_http_methods(["GET", "POST"])
@login_required
def product_create(request: SignedInRequest, pk: int) -> HttpResponse:
    producer = get_object_or_404(Producer.objects.visible_to(request.user), pk=pk)
    demand_right(request, "products.change_product", producer)
    form = ProductForm(
        request.POST or None, producer=producer, instance=Product(producer=producer, unit_id=producer.unit_id)
    )
    back = reverse("products:producer", args=[pk])
    return _save(request, form, _("Sản phẩm mới"), producer.name, back,
                 lambda facts: make_product(producer, by=request.user, **facts))  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def product_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    product = get_object_or_404(Product.objects.visible_to(request.user).select_related("producer"), pk=pk)
    demand_right(request, "products.change_product", product)
    if request.method == "GET" and (reason := why_fixed(product)):
        messages.error(request, reason)
        return redirect("products:product", pk=pk)
    form = watch(
        ProductForm(request.POST or None, producer=product.producer, instance=locked(product, request))
    )
    back = reverse("products:product", args=[pk])
    return _save(
        request,
        form,
        _("Sửa sản phẩm"),
        product.name,
        back,
        lambda facts: change_product(product, facts, by=request.user),
    )


def _save(
    request: SignedInRequest, form: ProductForm, title: str, sub: str, back: str, write: Any
) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and merge(form):
        try:
            product = write(form.cleaned_data)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("products:product", pk=product.pk)
    context = {"form": form, "title": title, "sub": sub, "back": back}
    return render(request, "form.html", context, status=422 if form.errors else 200)


@require_GET
@login_required
def product_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = Product.objects.visible_to(request.user).select_related("producer", "unit")
    product = seen.filter(pk=pk).first()
    if product is None:
        kept = stands_for(MergeKind.PRODUCT, pk)
        get_object_or_404(seen, pk=kept or pk)
        return redirect("products:product", pk=kept)
    dossiers = list(Dossier.objects.visible_to(request.user).filter(product=product).for_list())
    for dossier in dossiers:
        dossier.word_kind = KIND_OF_STATE[dossier.state]
    found = law.law().sets.get(product.set_code)
    may_change = request.user.has_perm("products.change_product", product)
    context = {
        "product": product,
        "dossiers": dossiers,
        "facts": [
            (_("Chủ thể"), product.producer.name, ""),
            (_("Xã, phường"), str(product.unit), ""),
            (_("Ngành, nhóm"), place_words(found) if found else product.set_code, ""),
            (_("Quy cách"), product.specification or "–", ""),
            (_("Mô tả"), product.description or "–", ""),
        ],
        "merges": former_rows(product),
        "plan": BusinessPlan.objects.visible_to(request.user).filter(product=product).first(),
        "idea": Idea.objects.visible_to(request.user).filter(product=product).first(),
        "may_change": may_change,
        "may_remove": may_change and not is_filed(product),
        "may_start": request.user.has_perm("products.create_dossier", product),
        "fixed": why_fixed(product),
        "crumbs": [(_("Sản phẩm"), reverse("products:products")), (product.name, "")],
    }
    return render(request, "products/product.html", context)
