"""In another round: a draft that missed its own, and a lapsed dossier filed anew with what was kept."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ocop.orgs.http import SignedInRequest
from ocop.refusals import put_on_form
from products.dossiers.filing import open_rounds
from products.dossiers.moving import move_to_round, other_rounds
from products.dossiers.refiling import refile
from products.forms.dossiers import RefileForm
from products.models import DossierState
from products.views.shared import demand_right, dossier_of


@require_http_methods(["GET", "POST"])
@login_required
def dossier_refile(request: SignedInRequest, pk: int) -> HttpResponse:
    old = dossier_of(request, pk)
    if old.state != DossierState.LAPSED:
        raise Http404
    demand_right(request, "products.create_dossier", old.product)
    rounds = open_rounds(old.product)
    form = RefileForm(request.POST or None, rounds=rounds)
    if request.method == "POST" and form.is_valid():
        try:
            done = refile(old, round=form.cleaned_data["round"], by=request.user)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            count = len(done.asked_again)
            messages.success(request, _("Đã lập hồ sơ mới, nội dung cũ được giữ."))
            if count:
                messages.info(
                    request, _("Còn %(count)s mục phải trả lời lại theo bộ tiêu chí mới.") % {"count": count}
                )
            return redirect("products:dossier", pk=done.dossier.pk)
    back = reverse("products:dossier", args=[pk])
    context = {"form": form, "product": old.product, "rounds": rounds, "back": back}
    return render(request, "products/start.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
def dossier_move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Only a draft moves; what is filed stays where it was filed."""
    dossier = dossier_of(request, pk, "products.change_dossier")
    if dossier.state != DossierState.DRAFT:
        raise Http404
    rounds = other_rounds(dossier)
    form = RefileForm(request.POST or None, rounds=rounds)
    back = reverse("products:dossier", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            move_to_round(dossier, form.cleaned_data["round"], by=request.user)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã chuyển hồ sơ sang đợt khác, nội dung giữ nguyên."))
            return redirect(back)
    context = {"form": form, "product": dossier.product, "rounds": rounds, "back": back, "title": _("Chuyển sang đợt khác"),
               "submit": _("Chuyển")}  # fmt: skip
    return render(request, "products/start.html", context, status=422 if form.errors else 200)
