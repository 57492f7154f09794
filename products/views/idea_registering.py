"""An idea written down: by its producer, or by an officer for one without an account; mended until it is screened."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ocop.orgs.http import SignedInRequest
from ocop.orgs.rights import covered_paths
from ocop.refusals import put_on_form
from ocop.seen import locked, merge, watch
from products.forms.ideas import IdeaForm, OfficerIdeaForm
from products.ideas.registering import change_idea, register_idea
from products.ideas.windows import open_windows, why_shut
from products.inventory.becoming import become, from_inventory
from products.models import (
    Idea,
    IdeaState,
    Potential,
    Producer,
)
from products.producers.doubles import Double, doubles_of
from products.producers.registration import register_producer
from products.views.ideas import REGISTER, found, own_producers
from products.views.producers import own_communes
from products.views.shared import demand_right, whole_number


@require_http_methods(["GET", "POST"])
@login_required
def idea_create(request: SignedInRequest) -> HttpResponse:
    """The producer goes on to her own; the officer writes one down for somebody without an account."""
    if not covered_paths(request.user, REGISTER):
        own = list(own_producers(request.user))
        if not own:
            raise PermissionDenied
        if len(own) == 1:
            return redirect("products:idea_register", pk=own[0].pk)
        return render(request, "products/ideas/whose.html", {"producers": own})
    potential = _potential(request)
    units = own_communes(request.user, REGISTER)
    form = OfficerIdeaForm(
        request.POST or None, units=units, initial=from_inventory(potential) if potential else None
    )
    doubles: list[Double] = []
    if request.method == "POST" and form.is_valid():
        doubles = _doubles(form.cleaned_data)
        if form.is_answered(doubles, may_claim=True) and (
            made := _written_down(request, form, doubles, potential)
        ):
            return redirect("products:idea", pk=made.pk)
    context = {
        "form": form,
        "title": _("Ghi ý tưởng của chủ thể"),
        "intro": _("Chủ thể đã có trong sổ thì mở trang chủ thể rồi đăng ký ý tưởng ở đó; khi chủ thể nhận tài khoản, "
                   "ý tưởng đi cùng."),
        "back": reverse("products:ideas"),
        "doubles": doubles,
    }  # fmt: skip
    return render(request, "products/producer_form.html", context, status=422 if form.errors else 200)


def _doubles(facts: dict[str, Any]) -> list[Double]:
    return doubles_of(facts["unit"], name=facts["producer_name"], phone=facts["phone"])


def _potential(request: SignedInRequest) -> Potential | None:
    """The product of the inventory that is to become an idea."""
    asked = request.GET.get("potential", "")
    if not asked:
        return None
    unused = Potential.objects.visible_to(request.user).unused()
    return get_object_or_404(unused.select_related("unit"), pk=whole_number(asked))


def _written_down(
    request: SignedInRequest, form: OfficerIdeaForm, doubles: list[Double], potential: Potential | None
) -> Idea | None:
    """The idea, with its producer where she is new; None with the reasons on the form."""
    facts = form.cleaned_data
    producer = next((it.producer for it in doubles if str(it.producer.pk) == form.answer()), None)
    try:
        with transaction.atomic():
            if producer is None:
                producer = register_producer(
                    unit=facts["unit"], kind=facts["kind"], name=facts["producer_name"],
                    facts={"phone": facts["phone"]}, by=request.user,
                )  # fmt: skip
            idea = register_idea(producer, form.facts(), by=request.user)
            if potential is not None:
                become(potential, idea, by=request.user)
            return idea
    except ValidationError as refused:
        put_on_form(form, refused)
        return None


@require_http_methods(["GET", "POST"])
@login_required
def idea_register(request: SignedInRequest, pk: int) -> HttpResponse:
    """An idea of a producer in the register."""
    producer = get_object_or_404(Producer.objects.visible_to(request.user).select_related("unit"), pk=pk)
    demand_right(request, REGISTER, producer)
    back = reverse("products:producer", args=[pk])
    if request.method == "GET" and (reason := why_shut(producer.unit)):
        return render(
            request, "products/ideas/shut.html", {"reason": reason, "producer": producer, "back": back}
        )
    form = IdeaForm(request.POST or None, kind=producer.kind, windows=open_windows(producer.unit))
    if request.method == "POST" and form.is_valid():
        try:
            made = register_idea(
                producer, form.facts(), window=form.cleaned_data.get("window"), by=request.user
            )
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã đăng ký; kết quả xét chọn sẽ được báo ở đây."))
            return redirect("products:idea", pk=made.pk)
    context = {"form": form, "title": _("Đăng ký ý tưởng sản phẩm"), "sub": producer.name, "back": back,
               "submit": _("Gửi đăng ký")}  # fmt: skip
    return render(request, "form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
def idea_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    idea = found(request, pk)
    demand_right(request, REGISTER, idea)
    back = reverse("products:idea", args=[pk])
    if request.method == "GET" and idea.state != IdeaState.REGISTERED:
        messages.error(request, _("Ý tưởng đã xét nên không sửa được nữa."))
        return redirect(back)
    form = watch(IdeaForm(request.POST or None, instance=locked(idea, request), kind=idea.producer.kind))
    if request.method == "POST" and form.is_valid() and merge(form):
        try:
            change_idea(idea, form.facts(), by=request.user)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect(back)
    context = {"form": form, "title": _("Sửa ý tưởng"), "sub": idea.producer.name, "back": back}
    return render(request, "form.html", context, status=422 if form.errors else 200)
