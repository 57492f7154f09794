"""When the tenant's producers are told that a paper runs out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ocop.orgs.http import SignedInRequest
from ocop.refusals import put_on_form
from ocop.seen import merge, watch
from products.dossiers.guidance import may_write
from products.forms import AlertDaysForm
from products.vault.alerts import alert_days, write_alert_days


@require_http_methods(["GET", "POST"])
@login_required
def paper_alerts(request: SignedInRequest) -> HttpResponse:
    if not may_write(request.user):
        raise PermissionDenied
    form = watch(AlertDaysForm(request.POST or None, initial={"days": list(alert_days())}))
    if request.method == "POST" and form.is_valid() and merge(form) and _kept(form, request):
        messages.success(
            request, _("Đã lưu. Chủ thể được nhắc theo các mốc mới từ lần kiểm tra hằng ngày tới.")
        )
        return redirect("products:paper_alerts")
    context = {
        "form": form,
        "title": _("Nhắc giấy tờ sắp hết hạn"),
        "intro": _(
            "Chủ thể nhận thông báo vào các mốc này; giấy tờ trong mốc xa nhất hiện là “Sắp hết hạn” trong kho."
        ),
        "crumbs": [(_("Việc tại bàn"), reverse("products:desk")), (_("Nhắc giấy tờ sắp hết hạn"), "")],
    }
    return render(request, "form.html", context, status=422 if form.errors else 200)


def _kept(form: AlertDaysForm, request: SignedInRequest) -> bool:
    try:
        write_alert_days(form.cleaned_data["days"], by=request.user)
    except ValidationError as refused:
        put_on_form(form, refused)
        return False
    return True
