"""When a plan takes ideas in and by what it chooses them: read by all who read the plan, written by its officers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ocop.orgs.http import SignedInRequest
from ocop.refusals import put_on_form
from plans.models import Plan
from products.forms.ideas import WindowForm, rule_forms
from products.ideas.windows import CHANGE, save_window, starter_rules
from products.models import IdeaWindow
from products.views.shared import demand_right, whole_number


@require_http_methods(["GET", "POST"])
@login_required
def idea_window(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("unit"), pk=pk)
    window = IdeaWindow.objects.filter(plan=plan).first()
    may_write = request.user.has_perm(CHANGE, plan)
    crumbs = [(_("Kế hoạch"), reverse("plans:list")), (plan.title, reverse("plans:detail", args=[pk])),
              (_("Đăng ký ý tưởng"), "")]  # fmt: skip
    context = {"plan": plan, "window": window, "crumbs": crumbs, "may_write": may_write,
               "is_open": window is not None and window.takes_on(timezone.localdate())}  # fmt: skip
    if request.method == "GET" and not (may_write and "edit" in request.GET):
        columns = [{"label": _("Tiêu chí")}, {"label": _("Hệ số"), "end": True}, {"label": _("Yêu cầu")}]
        rules = list(window.rules.all()) if window else []
        return render(request, "products/ideas/window.html", {**context, "rules": rules, "columns": columns})
    demand_right(request, CHANGE, plan)
    return _write(request, plan, window, context)


def _write(
    request: SignedInRequest, plan: Plan, window: IdeaWindow | None, context: dict[str, object]
) -> HttpResponse:
    given = request.POST if request.method == "POST" else None
    form = WindowForm(given, instance=window or IdeaWindow(plan=plan))
    kept = list(window.rules.all()) if window else [] if given else starter_rules()
    rules = rule_forms(kept, given)
    if request.method == "POST" and form.is_valid() and rules.is_valid():
        try:
            seen = whole_number(request.POST["seen"]) if "seen" in request.POST else None
            save_window(form.save(commit=False), rules.rows(), by=request.user, seen=seen)
        except ValidationError as refused:
            put_on_form(form, refused)
            context["is_stale"] = getattr(refused, "code", "") == "stale"
        else:
            messages.success(request, _("Đã lưu đợt đăng ký ý tưởng."))
            return redirect("products:idea_window", pk=plan.pk)
    if given is None or context.get("is_stale"):  # after a clash she has read of it: the next save is meant
        context["seen"] = IdeaWindow.objects.filter(plan=plan).values_list("revision", flat=True).first() or 0
    else:
        context["seen"] = whole_number(given.get("seen"))
    status = 422 if form.errors or rules.total_error_count() else 200
    return render(
        request, "products/ideas/window_edit.html", {**context, "form": form, "rules": rules}, status=status
    )
