"""A business plan: its overview with the table of years, one part a page, the paper."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.audit.log import record
from ocop.orgs.http import SignedInRequest
from ocop.orgs.text import unaccented
from ocop.papers.layout import paper_html
from ocop.papers.pdf import CONTENT_TYPE, to_pdf
from ocop.papers.word.paper import CONTENT_TYPE as WORD_CONTENT_TYPE
from ocop.papers.word.paper import to_docx
from ocop.refusals import say
from products.dossiers.filling import Saved
from products.dossiers.sections import is_empty
from products.forms.business_plans import part_form
from products.ideas.plan_actuals import plan_actuals, told
from products.ideas.plan_paper import plan_paper
from products.ideas.plan_parts import WORDS, YEARS, Part, doubts, missing, parts, table
from products.ideas.planning import CHANGE, part_of, save_part, start_plan
from products.models import BusinessPlan, Idea, Product
from products.views.shared import (
    clock_words,
    demand_right,
    refused_json,
    saved_json,
    wants_json,
    whole_number,
)


@require_POST
@login_required
def of_idea(request: SignedInRequest, pk: int) -> HttpResponse:
    """The plan of an idea, begun where there is none."""
    idea = get_object_or_404(Idea.objects.visible_to(request.user).for_list(), pk=pk)
    return _begin(request, idea, reverse("products:idea", args=[pk]))


@require_POST
@login_required
def of_product(request: SignedInRequest, pk: int) -> HttpResponse:
    """The plan of a product, begun where there is none."""
    product = get_object_or_404(Product.objects.visible_to(request.user).select_related("producer"), pk=pk)
    return _begin(request, product, reverse("products:product", args=[pk]))


def _begin(request: SignedInRequest, of: Idea | Product, back: str) -> HttpResponse:
    demand_right(request, CHANGE, of)
    try:
        plan = start_plan(of, by=request.user)
    except ValidationError as refused:
        say(request, refused)
        return redirect(back)
    return redirect("products:business_plan", pk=plan.pk)


@require_GET
@login_required
def business_plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """The tasks that are left, and the figures as they will be printed."""
    plan = _found(request, pk)
    may_change = request.user.has_perm(CHANGE, plan)
    years = [plan.first_year - 1 + n for n in range(YEARS)]
    context = {
        "plan": plan,
        "may_change": may_change,
        "tasks": [_task(plan, part) for part in parts(plan.first_year)] if may_change else [],
        "words": [
            (field.label, plan.data.get(field.key) or "–", "") for part in WORDS for field in part.fields
        ],
        "lines": table(plan.data, plan.first_year),
        "columns": [{"label": _("Chỉ tiêu")}, *({"label": str(year), "end": True} for year in years)],
        "doubts": doubts(plan.data, plan.first_year),
        **_followed(request, plan),
        "crumbs": [*_home(plan), (_("Phương án sản xuất kinh doanh"), "")],
    }
    return render(request, "products/business_plans/plan.html", context)


def _followed(request: SignedInRequest, plan: BusinessPlan) -> dict[str, Any]:
    """What came of the plan, year by year, as far as this reader may know it."""
    names = (_("Chỉ tiêu"), _("Theo phương án"), _("Đã khai"), _("Kết quả"), _("Nguồn"))
    ends = (_("Theo phương án"), _("Đã khai"))
    return {
        "followed": [(year, told(year)) for year in plan_actuals(plan, by=request.user)],
        "followed_columns": [{"label": it, "end": it in ends} for it in names],
    }


def _task(plan: BusinessPlan, part: Part) -> dict[str, Any]:
    left = missing(part, plan.data)
    begun = any(not is_empty(plan.data.get(it.key)) for it in part.fields)
    return {
        "label": part.title,
        "url": reverse("products:business_plan_part", args=[plan.pk, part.key]),
        "sub": _("Còn %(n)s mục: %(fields)s") % {"n": len(left), "fields": ", ".join(left[:3])} if left and begun else "",
        "status": "done" if begun and not left else "doing" if begun else "todo",
    }  # fmt: skip


def _home(plan: BusinessPlan) -> list[tuple[Any, str]]:
    if plan.product:
        return [
            (_("Sản phẩm"), reverse("products:products")),
            (plan.product.name, reverse("products:product", args=[plan.product.pk])),
        ]
    idea = plan.idea
    return [
        (_("Ý tưởng"), reverse("products:ideas")),
        (str(idea), reverse("products:idea", args=[plan.idea_id])),
    ]


@require_http_methods(["GET", "POST"])
@login_required
def business_plan_part(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """One part of the plan, saved field by field."""
    plan = _found(request, pk)
    demand_right(request, CHANGE, plan)
    part = part_of(plan, key)
    if part is None:
        raise Http404
    return _save(request, plan, part) if request.method == "POST" else _page(request, plan, part)


def _save(request: SignedInRequest, plan: BusinessPlan, part: Part) -> HttpResponse:
    by_itself = wants_json(request)
    names = [
        it.key
        for it in part.fields
        if it.key in request.POST and (not by_itself or it.key == request.POST.get("field"))
    ]
    seen = {name: whole_number(request.POST.get(f"r:{name}")) for name in names}
    try:
        saved = save_part(
            plan, part, {name: request.POST[name] for name in names}, by=request.user, seen=seen
        )
    except ValidationError as refused:  # removed in another tab at this moment
        if by_itself:
            return refused_json(refused)
        say(request, refused)
        return redirect(_home(plan)[-1][1])
    if by_itself:
        return saved_json(saved)
    if saved.is_whole:
        messages.success(request, _("Đã lưu %(time)s") % {"time": clock_words(saved.saved_at)})
        return redirect(_next(plan, part) if "next" in request.POST else request.path)
    return _page(request, _found(request, plan.pk), part, saved)


def _next(plan: BusinessPlan, part: Part) -> str:
    keys = [it.key for it in parts(plan.first_year)]
    following = keys[keys.index(part.key) + 1 :]
    if following:
        return reverse("products:business_plan_part", args=[plan.pk, following[0]])
    return reverse("products:business_plan", args=[plan.pk])


def _page(
    request: SignedInRequest, plan: BusinessPlan, part: Part, saved: Saved | None = None
) -> HttpResponse:
    form = part_form(part, plan.data, request.POST if saved else None)
    for name, errors in (saved.errors if saved else {}).items():
        if name in form.fields and name not in form.errors:
            form.add_error(name, errors)
    clashes = {it.name: it for it in saved.clashes} if saved else {}
    context = {
        "plan": plan,
        "part": part,
        "form": form,
        "rows": [
            {"bound": form[it.key], "revision": plan.revisions.get(it.key, 0), "clash": clashes.get(it.key),
             "saved": plan.saved_at if it.key in plan.revisions else ""}
            for it in part.fields
        ],
        "crumbs": [*_home(plan), (_("Phương án"), reverse("products:business_plan", args=[plan.pk])), (part.title, "")],
    }  # fmt: skip
    return render(request, "products/business_plans/part.html", context)


@require_GET
@login_required
def business_plan_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = _found(request, pk)
    return _file(request, plan, to_pdf(paper_html(plan_paper(plan))), CONTENT_TYPE, "pdf")


@require_GET
@login_required
def business_plan_word(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = _found(request, pk)
    return _file(request, plan, to_docx(plan_paper(plan), is_draft=False), WORD_CONTENT_TYPE, "docx")


def _file(
    request: SignedInRequest, plan: BusinessPlan, content: bytes, content_type: str, ending: str
) -> HttpResponse:
    record("businessplan.download", plan, by=request.user, data={"as": ending})
    response = HttpResponse(content, content_type=content_type)
    name = f"phuong-an-{slugify(unaccented(str(plan)))}.{ending}"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Disposition"] = content_disposition_header(ending == "docx", name) or "inline"
    return response


def _found(request: SignedInRequest, pk: int) -> BusinessPlan:
    return get_object_or_404(BusinessPlan.objects.visible_to(request.user).for_page(), pk=pk)
