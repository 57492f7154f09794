"""The tenant's standard remarks, kept by its officers."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from ocop.orgs.http import SignedInRequest
from ocop.refusals import put_on_form, say
from ocop.seen import locked, merge, watch
from products.desks.remarks import choices, drop_remark, may_change, names, write_remark
from products.law import regime_on
from products.models import StandardRemark, Verdict
from products.models.remark import FAULTS


class RemarkForm(forms.ModelForm):
    item = forms.ChoiceField(label=gettext_lazy("Mục"), required=False)
    verdict = forms.ChoiceField(
        label=gettext_lazy("Kết quả"), choices=FAULTS, widget=forms.RadioSelect, initial=Verdict.WRONG
    )

    class Meta:
        model = StandardRemark
        fields = ("item", "verdict", "text")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["item"].choices = choices(regime_on(timezone.localdate()))  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@login_required
def remarks(request: SignedInRequest) -> HttpResponse:
    """The list, and a form for one more."""
    _demand(request)
    form = RemarkForm(request.POST or None)
    if request.method == "POST" and _saved(request, form):
        return redirect("products:remarks")
    rows = StandardRemark.objects.all()
    context = {"form": form, "groups": names(regime_on(timezone.localdate()), rows), "crumbs": _crumbs()}
    return render(request, "products/remarks.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@login_required
def remark(request: SignedInRequest, pk: int) -> HttpResponse:
    _demand(request)
    row = get_object_or_404(StandardRemark.objects.all(), pk=pk)
    form = watch(RemarkForm(request.POST or None, instance=locked(row, request)))
    if request.method == "POST" and _saved(request, form, pk):
        return redirect("products:remarks")
    context = {
        "form": form,
        "title": _("Sửa nhận xét mẫu"),
        "submit": _("Lưu nhận xét"),
        "crumbs": [*_crumbs()[:-1], (_("Nhận xét mẫu"), reverse("products:remarks")), (_("Sửa"), "")],
    }
    return render(request, "form.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@login_required
def remark_drop(request: SignedInRequest, pk: int) -> HttpResponse:
    _demand(request)
    get_object_or_404(StandardRemark.objects.all(), pk=pk)
    try:
        drop_remark(pk, by=request.user)
    except ValidationError as refused:
        say(request, refused)
    return redirect("products:remarks")


def _saved(request: SignedInRequest, form: RemarkForm, pk: int | None = None) -> bool:
    if not (form.is_valid() and merge(form)):
        return False
    try:
        facts = {name: form.cleaned_data[name] for name in RemarkForm.Meta.fields}
        write_remark(**facts, by=request.user, pk=pk)
    except ValidationError as refused:
        put_on_form(form, refused)
        return False
    messages.success(request, _("Đã lưu nhận xét."))
    return True


def _demand(request: SignedInRequest) -> None:
    if not may_change(request.user):
        raise PermissionDenied


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Việc tại bàn"), reverse("products:desk")), (_("Nhận xét mẫu"), "")]
