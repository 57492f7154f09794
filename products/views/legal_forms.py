"""A producer's legal form: the papers it must have, and the figures that say how large she is."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import User
from ocop.refusals import put_on_form
from ocop.seen import locked, merge, watch
from products.forms import LegalPaperForm, SizeForm
from products.models import EvidencePaper, Producer
from products.producers.eligibility import decision_of, form_of, why_not
from products.producers.legal_papers import checklist
from products.producers.sizes import rule_of, save_size, size_of
from products.vault.legal import ADDS, add_legal_paper, rule_for
from products.views.shared import demand_right, field_label


def legal_rows(producer: Producer, user: User) -> dict[str, Any]:
    """What the producer's page shows of her legal form; a paper is opened by who may see it."""
    asked, size, form = (
        checklist(producer, timezone.localdate(), reader=user),
        size_of(producer),
        form_of(producer.kind),
    )
    keys = [it.row.pk for it in asked if it.row]
    seen = (
        set(EvidencePaper.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
        if keys
        else set()
    )
    return {
        "legal_papers": [{"it": it, "is_seen": it.row is not None and it.row.pk in seen} for it in asked],
        "legal_basis": f"{form.basis} {decision_of()}" if form else decision_of(),
        "size": _size_facts(size, rule_of(producer)) if size else [],
        "size_rule": rule_of(producer),
        "shut_out_by": why_not(producer, size),
        "may_keep_papers": user.has_perm(ADDS, producer),
    }


def _size_facts(size: Any, rule: Any) -> list[tuple[Any, ...]]:
    if rule is None:
        return []
    rows = [(_("Năm số liệu"), str(size.year), ""), (_("Lĩnh vực"), rule.sector(size.sector).name, "")]
    return rows + [
        (field_label(size, name), getattr(size, name), "") for name in ("workers", "revenue", "capital")
    ]


@require_http_methods(["GET", "POST"])
@login_required
def legal_paper_add(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """One paper of the legal form, photographed or as a file."""
    producer = get_object_or_404(Producer.objects.visible_to(request.user).select_related("unit"), pk=pk)
    demand_right(request, ADDS, producer)
    rule = rule_for(producer, kind)
    if rule is None:
        raise Http404
    is_sent = request.method == "POST"
    form = LegalPaperForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent and form.is_valid():
        try:
            add_legal_paper(
                producer, kind, by=request.user, upload=form.cleaned_data["file"], facts=form.facts()
            )
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã cất vào kho giấy tờ: %(paper)s.") % {"paper": rule.name})
            return redirect(reverse("products:producer", args=[pk]) + "#h-lh")
    words = _("Giấy tờ của loại hình %(form)s (%(basis)s). Cất một lần, dùng cho mọi hồ sơ.")
    context = {
        "form": form,
        "title": rule.name,
        "sub": producer.name,
        "intro": words % {"form": producer.get_kind_display(), "basis": rule.basis},
        "back": reverse("products:producer", args=[pk]),
    }
    return render(request, "form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
def producer_size(request: SignedInRequest, pk: int) -> HttpResponse:
    """Workers, revenue and capital of a form that the law limits."""
    producer = get_object_or_404(Producer.objects.visible_to(request.user).select_related("unit"), pk=pk)
    demand_right(request, "products.change_producer", producer)
    rule = rule_of(producer)
    if rule is None:
        raise Http404
    producer = locked(producer, request)
    form = watch(
        SizeForm(request.POST if request.method == "POST" else None, instance=size_of(producer), rule=rule)
    )
    if request.method == "POST" and form.is_valid() and merge(form):
        try:
            save_size(producer, form.cleaned_data, by=request.user)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect(reverse("products:producer", args=[pk]) + "#h-lh")
    words = _(
        "Chỉ doanh nghiệp nhỏ và vừa được tham gia (%(basis)s). Ghi theo báo cáo tài chính năm gần nhất."
    )
    context = {
        "form": form,
        "title": _("Quy mô doanh nghiệp"),
        "sub": producer.name,
        "intro": words % {"basis": rule.basis},
        "back": reverse("products:producer", args=[pk]),
    }
    return render(request, "form.html", context, status=422 if form.errors else 200)
