"""Extra tests of a dossier: asked for, answered with a paper, judged; and what they do to its clocks."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ocop.audit.models import Entry
from ocop.history import events
from ocop.orgs.http import SignedInRequest
from ocop.refusals import put_on_form
from ocop.steps import step_page
from products import law
from products.advisory.extra_tests import ASK, BRING, ask_test
from products.dossiers.extra_test_clocks import extra_test_rules, write_test_clock
from products.dossiers.guidance import may_write
from products.forms.advisory import AskTestForm, ResultForm, TestClockForm
from products.models import Dossier, ExtraTest
from products.views.shared import demand_right, dossier_of
from products.workflow.extra_test import BY_ITS_OWN_PAGE, EXTRA_TEST


@require_http_methods(["GET", "POST"])
@login_required
def ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """One more test of this dossier."""
    dossier = dossier_of(request, pk, ASK)
    form = AskTestForm(request.POST or None, dossier=dossier)
    if request.method == "POST" and form.is_valid():
        try:
            row = ask_test(dossier, form.cleaned_data, by=request.user)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã gửi yêu cầu; chủ thể được báo."))
            return redirect("products:extra_test", pk=row.pk)
    title = _("Yêu cầu kiểm nghiệm thêm")
    context = {
        "form": form,
        "title": title,
        "sub": dossier.product.name,
        "submit": _("Gửi yêu cầu"),
        "back": reverse("products:dossier", args=[pk]),
        "crumbs": _crumbs(dossier, title),
    }
    return render(request, "form.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def extra_test(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is asked, what was brought, what may be done now."""
    row = _seen(request, pk)
    offers = EXTRA_TEST.without(BY_ITS_OWN_PAGE).open_to(row, request.user)
    context = {
        "test": row,
        "dossier": row.dossier,
        "days": (row.due_on - timezone.localdate()).days if row.is_owed() else None,
        "offers": offers,
        "may_bring": bool(EXTRA_TEST.open_to(row, request.user, only=BY_ITS_OWN_PAGE)),
        "base": reverse("products:extra_test", args=[pk]),
        "events": events(Entry.objects.about(row)[:50], EXTRA_TEST),
        "crumbs": _crumbs(row.dossier, _("Kiểm nghiệm thêm")),
    }
    return render(request, "products/advisory/test.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def result(request: SignedInRequest, pk: int) -> HttpResponse:
    """A paper of the vault, or a file, answers the request."""
    row = _seen(request, pk)
    demand_right(request, BRING, row)
    form = ResultForm(request.POST or None, request.FILES or None, test=row)
    if request.method == "POST" and form.is_valid():
        try:
            EXTRA_TEST.take("bring", row, by=request.user, data=form.data_of_step())
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã nộp kết quả."))
            return redirect("products:extra_test", pk=pk)
    context = {
        "form": form,
        "title": _("Nộp kết quả kiểm nghiệm"),
        "sub": row.dossier.product.name,
        "intro": row.parameters,
        "submit": _("Nộp kết quả"),
        "back": reverse("products:extra_test", args=[pk]),
        "crumbs": _crumbs(row.dossier, _("Kết quả kiểm nghiệm")),
    }
    return render(request, "form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
def step(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    if name in BY_ITS_OWN_PAGE:
        raise Http404
    back = reverse("products:extra_test", args=[pk])
    return step_page(request, _seen(request, pk), EXTRA_TEST, name, back=back)


def _seen(request: SignedInRequest, pk: int) -> ExtraTest:
    return get_object_or_404(ExtraTest.objects.visible_to(request.user).for_list(), pk=pk)


def _crumbs(dossier: Dossier, last: str) -> list[tuple[str, str]]:
    home = reverse("products:dossier", args=[dossier.pk])
    return [(_("Hồ sơ"), reverse("products:dossiers")), (dossier.product.name, home), (last, "")]


# ── what a test does to a clock ──


@require_safe
@login_required
def clock_list(request: SignedInRequest) -> HttpResponse:
    """Each clock of today's law, whether it stands, and who says so."""
    if not may_write(request.user):
        raise PermissionDenied
    context: dict[str, Any] = {
        "rules": extra_test_rules(law.regime_on(timezone.localdate())),
        "columns": [{"label": _("Thời hạn")}, {"label": _("Khi chờ kết quả kiểm nghiệm")}, {"label": _("Căn cứ")}],
        "crumbs": [(_("Việc tại bàn"), reverse("products:desk")), (_("Kiểm nghiệm và thời hạn"), "")],
    }  # fmt: skip
    return render(request, "products/advisory/clocks.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def clock(request: SignedInRequest, rule: str) -> HttpResponse:
    regime = law.regime_on(timezone.localdate())
    found = next((it for it in extra_test_rules(regime) if it.rule.code == rule), None)
    if found is None:
        raise Http404
    if not may_write(request.user):
        raise PermissionDenied
    initial = {"pauses": found.pauses, "basis": found.basis if found.is_own else ""}
    form = TestClockForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        write_test_clock(regime, rule, form.cleaned_data, by=request.user)
        messages.success(request, _("Đã lưu."))
        return redirect("products:test_clocks")
    clocks = reverse("products:test_clocks")
    context = {
        "form": form,
        "title": found.rule.name,
        "sub": _("Kiểm nghiệm thêm và thời hạn"),
        "intro": _("Hồ sơ đang chạy hạn theo quy định này từ lần làm việc tiếp theo."),
        "back": clocks,
        "crumbs": [(_("Kiểm nghiệm và thời hạn"), clocks), (found.rule.name, "")],
    }
    return render(request, "form.html", context, status=422 if form.errors else 200)
