"""How long papers take and what they cost: the tenant's figures, which the way to the next star reckons with."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ocop.orgs.http import SignedInRequest
from ocop.refusals import put_on_form
from ocop.regulations import EvidenceKind
from ocop.seen import merge, watch
from products import law
from products.dossiers.efforts import efforts, write_effort
from products.dossiers.guidance import may_write
from products.models import Effort


class EffortForm(forms.ModelForm):
    class Meta:
        model = Effort
        fields = ("months_least", "months_most", "cost_least", "cost_most", "advice")
        widgets = {"advice": forms.Textarea(attrs={"rows": 3})}

    def validate_constraints(self) -> None:
        """When it is kept, where the kind and the writer are known."""


@require_safe
@login_required
def effort_list(request: SignedInRequest) -> HttpResponse:
    """Everybody may know what a paper takes."""
    kept = efforts()
    context = {
        "rows": [(kind, kept.get(kind.code)) for kind in _kinds()],
        "may_write": may_write(request.user),
        "columns": [{"label": _("Loại giấy tờ")}, {"label": _("Thời gian (tháng)")}, {"label": _("Chi phí (triệu đồng)")},
                    {"label": _("Cách làm, nơi nộp")}],
    }  # fmt: skip
    return render(request, "products/efforts.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def effort(request: SignedInRequest, kind: str) -> HttpResponse:
    named = next((it for it in _kinds() if it.code == kind), None)
    if named is None:
        raise Http404
    if not may_write(request.user):
        raise PermissionDenied
    row = efforts().get(kind) or Effort(kind=kind)
    form = watch(EffortForm(request.POST or None, instance=row))
    if request.method == "POST" and form.is_valid() and merge(form) and _kept(form, kind, request):
        messages.success(request, _("Đã lưu."))
        return redirect("products:efforts")
    context: dict[str, Any] = {
        "form": form,
        "title": named.name,
        "sub": _("Thời gian và chi phí chuẩn bị"),
        "back": reverse("products:efforts"),
    }
    return render(request, "form.html", context, status=422 if form.errors else 200)


def _kept(form: EffortForm, kind: str, request: SignedInRequest) -> bool:
    try:
        figures = {name: form.cleaned_data[name] for name in EffortForm.Meta.fields}
        write_effort(kind, figures, by=request.user)
    except ValidationError as refused:
        put_on_form(form, refused)
        return False
    return True


def _kinds() -> tuple[EvidenceKind, ...]:
    return law.regime_on(timezone.localdate()).evidence
