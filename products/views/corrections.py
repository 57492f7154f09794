"""A correction: asked for on the producer's page, answered by the commune on its own."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ocop.audit.models import Entry
from ocop.history import events
from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import User
from ocop.refusals import put_on_form
from ocop.steps import step_page
from products.forms import CorrectionForm
from products.models import Correction, CorrectionState, Producer
from products.producers.corrections import ASK, ask_correction, compared
from products.producers.facts import fixed_for
from products.views.shared import demand_right
from products.workflow import CORRECTION

KINDS = {CorrectionState.OPEN: "move", CorrectionState.DONE: "good", CorrectionState.REFUSED: "wrong",
         CorrectionState.WITHDRAWN: ""}  # fmt: skip


LATEST = 5  # requests that the producer's page shows


def correction_rows(producer: Producer, user: User) -> dict[str, Any]:
    """What the producer's page shows of them, and whether this person may ask now."""
    rows = list(Correction.objects.visible_to(user).filter(producer=producer).for_list()[:LATEST])
    is_waiting = any(it.state == CorrectionState.OPEN for it in rows)
    may = not is_waiting and bool(fixed_for(producer, user)) and user.has_perm(ASK, producer)
    return {"corrections": rows, "may_ask_correction": may}


@require_http_methods(["GET", "POST"])
@login_required
def correction_ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """Her people write what the register should say."""
    seen = Producer.objects.visible_to(request.user).select_related("unit")
    producer = get_object_or_404(seen, pk=pk)
    demand_right(request, ASK, producer)
    given = request.POST if request.method == "POST" else None
    form = CorrectionForm(given, instance=seen.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        try:
            asked = ask_correction(producer, form.wanted(), note=form.cleaned_data["note"], by=request.user)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã gửi tới %(unit)s.") % {"unit": producer.unit})
            return redirect("products:correction", pk=asked.pk)
    words = _(
        "Xã đã xác nhận các mục này nên chỉ xã sửa được. Sửa mục ghi sai rồi gửi; mục đúng thì để nguyên."
        " Điều sai nằm ở chỗ khác (giấy chứng nhận, quyết định) thì ghi ở ô cuối."
    )
    context = {
        "form": form,
        "title": _("Đề nghị sửa thông tin"),
        "sub": producer.name,
        "intro": words,
        "submit": _("Gửi đề nghị"),
        "back": reverse("products:producer", args=[pk]),
    }
    return render(request, "form.html", context, status=422 if form.errors else 200)


@require_GET
@login_required
def correction(request: SignedInRequest, pk: int) -> HttpResponse:
    """What stood there beside what is asked for, and what became of it."""
    asked = _found(request, pk)
    context = {
        "asked": asked,
        "kind": KINDS[CorrectionState(asked.state)],
        "rows": compared(asked),
        "columns": [{"label": _("Thông tin")}, {"label": _("Trong sổ")}, {"label": _("Đề nghị sửa thành")}],
        "offers": CORRECTION.open_to(asked, request.user),
        "base": reverse("products:correction", args=[pk]),
        "history": events(Entry.objects.about(asked), CORRECTION),
        "crumbs": [
            (_("Chủ thể"), reverse("products:producers")),
            (asked.producer.name, reverse("products:producer", args=[asked.producer_id])),
            (_("Đề nghị sửa thông tin"), ""),
        ],
    }
    return render(request, "products/correction.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def correction_step(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    back = reverse("products:correction", args=[pk])
    return step_page(request, _found(request, pk), CORRECTION, name, back=back)


def _found(request: SignedInRequest, pk: int) -> Correction:
    return get_object_or_404(Correction.objects.visible_to(request.user).for_list(), pk=pk)
