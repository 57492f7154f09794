"""The tenant's line beside a criterion, written by its officers."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ocop.orgs.http import SignedInRequest
from ocop.seen import merge, watch
from products.dossiers.guidance import may_write, write_guidance
from products.law import law
from products.models import Guidance


class GuidanceForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Hướng dẫn"),
        help_text=gettext_lazy("Chủ thể, xã và Hội đồng đều thấy khi chấm tiêu chí này."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )
    link = forms.URLField(
        label=gettext_lazy("Đường dẫn"),
        help_text=gettext_lazy("Văn bản, video hay ví dụ, bắt đầu bằng https://."),
        max_length=500,
        required=False,
        assume_scheme="https",
    )


@require_http_methods(["GET", "POST"])
@login_required
def guidance(request: SignedInRequest, set_code: str, code: str) -> HttpResponse:
    of_set = law().sets.get(set_code)
    if of_set is None or code not in of_set.by_code:
        raise Http404
    if not may_write(request.user):
        raise PermissionDenied
    kept = Guidance.objects.filter(set_code=set_code, criterion=code).first()
    initial = {"text": kept.text, "link": kept.link} if kept else {}
    form = watch(GuidanceForm(request.POST or None, initial=initial))
    if request.method == "POST" and form.is_valid() and merge(form):
        given = form.cleaned_data
        write_guidance(set_code, code, text=given["text"], link=given["link"], by=request.user)
        messages.success(request, _("Đã lưu hướng dẫn."))
        return redirect("products:guidance", set_code=set_code, code=code)
    context = {
        "form": form,
        "title": _("Hướng dẫn chấm %(code)s. %(name)s") % {"code": code, "name": of_set.by_code[code].name},
        "sub": of_set.name,
        "submit": _("Lưu hướng dẫn"),
    }
    return render(request, "form.html", context, status=422 if form.errors else 200)
