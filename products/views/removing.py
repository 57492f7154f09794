"""What was begun or made by mistake: asked once, with what goes along and what stays, then removed."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ocop.orgs.http import SignedInRequest
from ocop.refusals import say
from products.forms.business_plans import ReasonForm
from products.ideas.planning import CHANGE, drop_plan, owes_reason
from products.models import BusinessPlan, Product
from products.removing import goes_along, hindrances, remove_product
from products.views.shared import demand_right


@require_http_methods(["GET", "POST"])
@login_required
def product_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    product = get_object_or_404(Product.objects.visible_to(request.user).select_related("producer"), pk=pk)
    demand_right(request, CHANGE, product)
    if request.method == "POST":
        try:
            remove_product(product, by=request.user)
        except ValidationError as refused:
            say(request, refused)
            gone = not Product.objects.filter(pk=pk).exists()  # another was faster
            return redirect("products:producer", pk=product.producer_id) if gone else redirect(request.path)
        messages.success(request, _("Đã bỏ sản phẩm “%(name)s”.") % {"name": product.name})
        return redirect("products:producer", pk=product.producer_id)
    return _asked(
        request,
        title=_("Bỏ sản phẩm?"),
        sub=product.name,
        label=_("Bỏ sản phẩm"),
        text=_(
            "Dùng khi sản phẩm ghi nhầm và chưa nộp hồ sơ nào. Không lấy lại được; nhật ký vẫn ghi ai đã bỏ."
        ),
        reasons=hindrances(product),
        along=list(goes_along(product)),
        back=reverse("products:product", args=[pk]),
    )


@require_http_methods(["GET", "POST"])
@login_required
def business_plan_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(BusinessPlan.objects.visible_to(request.user).for_page(), pk=pk)
    demand_right(request, CHANGE, plan)
    form = ReasonForm(request.POST or None) if owes_reason(plan, request.user) else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            drop_plan(plan, by=request.user, note=form.cleaned_data["note"] if form else "")
        except ValidationError as refused:  # another was faster
            say(request, refused)
        else:
            messages.success(request, _("Đã bỏ phương án."))
        return redirect(_home(plan))
    return _asked(
        request,
        title=_("Bỏ phương án?"),
        sub=str(plan),
        label=_("Bỏ phương án"),
        text=_(
            "Mọi nội dung và số liệu đã ghi trong phương án mất theo, không lấy lại được; nhật ký vẫn ghi ai đã bỏ."
        ),
        back=reverse("products:business_plan", args=[pk]),
        form=form,
    )


def _home(plan: BusinessPlan) -> str:
    if plan.product_id is not None:
        return reverse("products:product", args=[plan.product_id])
    return reverse("products:idea", args=[plan.idea_id])


def _asked(
    request: SignedInRequest,
    *,
    reasons: Iterable[ValidationError] = (),
    along: Iterable[str] = (),
    **words: Any,
) -> HttpResponse:
    """The question; where something is in the way, that with its link instead of the button."""
    form = words.get("form")
    hindered = [(it.messages[0], getattr(it, "url", "")) for it in reasons]
    context = {**words, "reasons": hindered, "along": along}
    return render(request, "products/removing.html", context, status=422 if form and form.errors else 200)
