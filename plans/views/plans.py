"""Pages of the plan of the year."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ocop.files.store import serve
from ocop.filters import StateFilter
from ocop.keyset import in_order, order_of, page_of
from ocop.orgs.http import SignedInRequest
from ocop.orgs.rights import covered_paths
from ocop.refusals import put_on_form
from ocop.spreadsheet import download, is_asked
from ocop.steps import step_page
from plans.drafts import write_draft
from plans.forms import PlanForm, target_forms
from plans.models import Plan, PlanState
from plans.spreadsheets import PLANS
from plans.workflow import PLAN


@require_GET
@login_required
def plan_list(request: SignedInRequest) -> HttpResponse:
    """All plans that this person may read, the newest year first."""
    form = StateFilter(request.GET, PlanState.choices)
    plans = form.narrow(Plan.objects.visible_to(request.user).select_related("unit"))
    columns: list[dict[str, Any]] = [{"label": _("Kế hoạch")}, {"label": _("Đơn vị")}, {"label": _("Năm"), "end": True, "sort": "year"},
               {"label": _("Số, ngày")}, {"label": _("Trạng thái")}]  # fmt: skip
    order = order_of(request.GET, columns, "-year")
    if is_asked(request):
        return download(request, PLANS, in_order(plans, order))
    context = {
        "form": form,
        "page": page_of(plans, request.GET, order=order),
        "columns": columns,
        "sort": order,
        "may_write": bool(covered_paths(request.user, "plans.change_plan")),
    }
    return render(request, "plans/list.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def plan_create(request: SignedInRequest) -> HttpResponse:
    if not covered_paths(request.user, "plans.change_plan"):
        raise PermissionDenied
    return _write(request, Plan(), back=reverse("plans:list"))


@require_GET
@login_required
def plan_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The plan as it reads, its rounds, and what may be done with it now."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("unit", "scan"), pk=pk)
    context = {
        "plan": plan,
        "crumbs": [(_("Kế hoạch năm"), reverse("plans:list")), (str(plan.year), "")],
        "targets": plan.targets.all(),
        "rounds": plan.rounds.order_by("opens_on"),
        "offers": PLAN.open_to(plan, request.user),
        "base": reverse("plans:detail", args=[pk]),
        "may_write": plan.is_draft and request.user.has_perm("plans.change_plan", plan),
        "columns": [{"label": _("Chỉ tiêu")}, {"label": _("Cách đo")}, {"label": _("Hạng sao")},
                    {"label": _("Số phải đạt"), "end": True}],
    }  # fmt: skip
    return render(request, "plans/detail.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def plan_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(Plan.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm("plans.change_plan", plan):
        raise PermissionDenied
    if not plan.is_draft:
        messages.error(request, _("Kế hoạch đã ban hành không sửa được nữa; hãy lập kế hoạch điều chỉnh."))
        return redirect("plans:detail", pk=pk)
    return _write(request, plan, back=reverse("plans:detail", args=[pk]))


def _write(request: SignedInRequest, plan: Plan, *, back: str) -> HttpResponse:
    """One page for a new draft and an old one; "save and add" comes back with empty rows."""
    form = PlanForm(request.POST or None, instance=plan, user=request.user)
    targets = target_forms(plan, request.POST or None)
    if request.method == "POST" and form.is_valid() and targets.is_valid():
        try:
            saved = write_draft(form.save(commit=False), targets.rows(), by=request.user)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã lưu dự thảo."))
            goes_on = "more" in request.POST
            return redirect("plans:edit" if goes_on else "plans:detail", pk=saved.pk)
    context: dict[str, Any] = {"form": form, "targets": targets, "plan": plan, "back": back}
    return render(request, "plans/edit.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@login_required
def plan_step(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    plan = get_object_or_404(Plan.objects.visible_to(request.user), pk=pk)
    return step_page(request, plan, PLAN, name, back=reverse("plans:detail", args=[pk]))


@require_GET
@login_required
def plan_scan(request: SignedInRequest, pk: int) -> HttpResponse:
    """The sealed paper as it was scanned."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("scan"), pk=pk)
    if plan.scan is None:
        raise Http404
    return serve(plan.scan, about=plan, by=request.user)
