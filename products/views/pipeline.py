"""The pipeline of a plan: the funnel, each figure opening its list on the same page."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ocop.keyset import in_order, page_of
from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import User
from ocop.spreadsheet import download, is_asked
from plans.models import Plan
from products import spreadsheets
from products.dossiers.queries import KIND_OF_STATE
from products.dossiers.readiness import readiness
from products.dossiers.whole import load_all
from products.ideas.pipeline import BY_KEY, STARS, Stage, figures, reached
from products.models import Dossier, Idea, Product

SHEETS = {Idea: spreadsheets.IDEAS, Product: spreadsheets.PRODUCTS, Dossier: spreadsheets.PIPELINE}
USUAL = "draft"


@require_GET
@login_required
def pipeline(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("unit"), pk=pk)
    stage = BY_KEY.get(request.GET.get("stage", ""), BY_KEY[USUAL])
    rows = _rows(stage, plan, request)
    if is_asked(request):
        return download(request, SHEETS[rows.model], in_order(rows, "-pk"))
    page = page_of(rows, request.GET)
    found = figures(plan, request.user)
    context = {
        "plan": plan,
        "stage": stage,
        "page": page,
        "kind": rows.model._meta.model_name,
        "figures": [it for it in found if not it.stage.is_over],
        "over": [it for it in found if it.stage.is_over],
        "funnel": _funnel(found),
        "figure_columns": [{"label": _("Đang ở")}, *({"label": _("%(n)s sao") % {"n": n}, "end": True} for n in STARS),
                           {"label": _("Chưa rõ"), "end": True}, {"label": _("Tất cả"), "end": True}],
        "columns": COLUMNS[rows.model](),
        "crumbs": [(_("Kế hoạch"), reverse("plans:list")), (plan.title, reverse("plans:detail", args=[pk])),
                   (_("Sản phẩm dự kiến"), "")],
    }  # fmt: skip
    _decorate(page.rows, request.user)
    return render(request, "products/ideas/pipeline.html", context)


def _rows(stage: Stage, plan: Plan, request: SignedInRequest) -> Any:
    rows = stage.rows(plan, request.user)
    if rows.model is Product:
        return rows.select_related("producer", "unit")
    return rows.for_list()


def _decorate(rows: list[Any], user: User) -> None:
    """How far each dossier is, in five queries for the page; what it lacks is told to who may open it."""
    if not rows or not isinstance(rows[0], Dossier):
        return
    today, keys = timezone.localdate(), [row.pk for row in rows]
    opens = set(Dossier.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
    for whole in load_all(rows):
        dossier: Any = whole.dossier
        dossier.word_kind = KIND_OF_STATE[dossier.state]
        dossier.opens = dossier.pk in opens
        dossier.days = (dossier.round.cutoff_on - today).days
        if dossier.is_with_producer:
            dossier.readiness = readiness(whole, today)


def _funnel(found: list[Any]) -> list[tuple[Any, int]]:
    """How many came how far, those who stand further on included; what ended on the way stands apart."""
    return [
        (_("Ý tưởng, sản phẩm của năm"), reached(found, "registered")),
        (_("được chọn"), reached(found, "chosen")),
        (_("đã lập hồ sơ"), reached(found, "draft")),
        (_("đã nộp"), reached(found, "filed")),
        (_("được công nhận"), reached(found, "recognised")),
    ]


COLUMNS = {
    Idea: lambda: [{"label": _("Ý tưởng")}, {"label": _("Xã, phường")}, {"label": _("Hạng dự kiến")}, {"label": _("Điểm"), "end": True}],
    Product: lambda: [{"label": _("Sản phẩm")}, {"label": _("Xã, phường")}, {"label": _("Hạng dự kiến")}],
    Dossier: lambda: [{"label": _("Sản phẩm")}, {"label": _("Xã, phường")}, {"label": _("Hạng dự kiến")}, {"label": _("Đang ở")},
                      {"label": _("Sẵn sàng")}],
}  # fmt: skip
