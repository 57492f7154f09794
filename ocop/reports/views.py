"""Home, a plan with its actuals, and the list behind a figure."""

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from ocop.keyset import in_order, page_of
from ocop.leaving.reach import HAND_OVER
from ocop.orgs.http import SignedInRequest
from ocop.orgs.rights import covered_paths
from ocop.reports.actuals import plan_actuals, share_of_year
from ocop.reports.forms import MeasureForm
from ocop.reports.home import blocks_for
from ocop.reports.measures import COUNTED, Scope, figure, may_count, rows_of
from ocop.reports.rows import SHOWN, sheet_of
from ocop.spreadsheet import download, is_asked
from plans.measures import MEASURES
from plans.models import Plan


@require_GET
@login_required
def home(request: SignedInRequest) -> HttpResponse:
    """What waits for me?"""
    today = timezone.localdate()
    blocks = blocks_for(request.user, on=today)
    waiting = sum(task.count for block in blocks for task in block.tasks if task.status != "done")
    title = ngettext("%(count)s việc đang chờ bạn", "%(count)s việc đang chờ bạn", waiting) % {
        "count": waiting
    }
    context = {
        "blocks": [block for block in blocks if block.key != "overview"],
        "overview": next((block for block in blocks if block.key == "overview"), None),
        "title": title if waiting else _("Không có việc nào đang chờ bạn"),
        "is_idle": not any(block.tasks for block in blocks),
        "today": today,
        "may_hand_over": bool(covered_paths(request.user, HAND_OVER)),
    }
    return render(request, "reports/home.html", context)


@require_GET
@login_required
def plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """The plan with what was reached; `?part=targets` is the list alone, for the plan's own page."""
    found = get_object_or_404(Plan.objects.visible_to(request.user).select_related("unit"), pk=pk)
    today = timezone.localdate()
    context = {
        "plan": found,
        "actuals": plan_actuals(found, by=request.user, on=today),
        "percent_gone": round(share_of_year(found.year, today) * 100),
        "as_of": min(today, dt.date(found.year, 12, 31)),
        "crumbs": [(_("Kế hoạch năm"), reverse("plans:list")), (found.title, reverse("plans:detail", args=[pk])),
                   (_("Thực hiện"), "")],
    }  # fmt: skip
    is_part = request.GET.get("part") == "targets"
    return render(request, "reports/targets.html" if is_part else "reports/plan.html", context)


@require_GET
@login_required
def measure(request: SignedInRequest, name: str) -> HttpResponse:
    """The list behind a figure: exactly the records that it counts."""
    if name not in MEASURES:
        raise Http404
    form = MeasureForm(request.GET, user=request.user, measure=MEASURES[name])
    if form.root is None:
        raise PermissionDenied
    asked = form.asked()
    if not may_count(request.user, name, asked.unit):
        raise PermissionDenied
    today = timezone.localdate()
    scope = Scope.of(asked.unit, asked.year, by=request.user, on=today, until=asked.until)
    rows = rows_of(name, scope, stars=asked.stars)
    shown = SHOWN[rows.model]
    rows = rows.select_related(*shown.related)
    sums = COUNTED[name].sums
    if is_asked(request):
        amount = (capfirst(str(MEASURES[name].unit)), sums) if sums else None
        return download(request, sheet_of(MEASURES[name].label, shown, amount), in_order(rows, "-pk"))
    page = page_of(rows, request.GET)
    context: dict[str, Any] = {
        "name": name,
        "measure": MEASURES[name],
        "form": form,
        "asked": asked,
        "as_of": scope.on,
        "rows": [(shown.row(row), getattr(row, sums) if sums else None) for row in page.rows],
        "sum": rows.aggregate(found=figure(name))["found"] if sums else None,
        "page": page,
        "has_stars": MEASURES[name].takes_stars,
        "columns": [{"label": _("Tên")}, {"label": _("Xã, phường, đơn vị")},
                    {"label": capfirst(str(MEASURES[name].unit)), "end": True} if sums else {"label": _("Sao")}, {"label": shown.day()}],
        "day_label": shown.day(),
    }  # fmt: skip
    return render(request, "reports/measure.html", context)
