"""Decisions: what waits, the draft with what it will do, the decision as issued."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaluation.decisions.drafting import DRAFT, draft_decision, drop_draft, remove_item
from evaluation.decisions.outcomes import waiting_by_unit
from evaluation.models import Decision, DecisionState
from evaluation.spreadsheets import DECISIONS
from evaluation.workflow.decision import DECISION, items_of
from ocop.audit.models import Entry
from ocop.filters import StateFilter
from ocop.history import events
from ocop.keyset import in_order, page_of
from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import OrgUnit, User
from ocop.orgs.rights import covered_paths
from ocop.refusals import say
from ocop.spreadsheet import download, is_asked
from ocop.steps import step_page

PAGE = 50
COLUMNS = tuple(
    {"label": label}
    for label in (
        gettext_lazy("Quyết định"),
        gettext_lazy("Số"),
        gettext_lazy("Ngày"),
        gettext_lazy("Tình trạng"),
    )
)
ITEM_COLUMNS = tuple(
    {"label": label}
    for label in (
        gettext_lazy("Sản phẩm"), gettext_lazy("Điểm"), gettext_lazy("Hạng sao"), gettext_lazy("Kết quả"), "",
    )
)  # fmt: skip


@login_required
@require_safe
def decision_list(request: SignedInRequest) -> HttpResponse:
    form = StateFilter(request.GET, DecisionState.choices)
    decisions = form.narrow(Decision.objects.visible_to(request.user).select_related("unit"))
    if is_asked(request):
        return download(request, DECISIONS, in_order(decisions, "-pk"))
    context = {
        "form": form,
        "page": page_of(decisions, request.GET),
        "columns": COLUMNS,
        "waiting": waiting_by_unit(request.user),
    }
    return render(request, "evaluation/decisions/list.html", context)


@login_required
@require_POST
def draft(request: SignedInRequest) -> HttpResponse:
    """Draft a decision of one unit's tier with the products that were ticked (all, where none is named)."""
    unit = get_object_or_404(
        OrgUnit.objects.filter(_covered(request.user)), pk=request.POST.get("unit") or None
    )
    tier = request.POST.get("tier", "")
    chosen = [it.assessment for it in _ticked(request, unit, tier)] if "assessment" in request.POST else None
    try:
        made = draft_decision(unit, tier, by=request.user, assessments=chosen)
    except ValidationError as refused:
        say(request, refused)
        return redirect("evaluation:decisions")
    return redirect("evaluation:decision", pk=made.pk)


def _covered(user: User) -> Q:
    """The units whose decisions this person drafts."""
    where = Q(pk__in=[])
    for path in covered_paths(user, DRAFT):
        where |= Q(path__startswith=path)
    return where


def _ticked(request: SignedInRequest, unit: OrgUnit, tier: str) -> list[Any]:
    wanted = set(request.POST.getlist("assessment"))
    groups = waiting_by_unit(request.user)
    return [
        it
        for group in groups
        if group.unit == unit and group.tier.code == tier
        for it in group.waiting
        if str(it.assessment.pk) in wanted
    ]


@login_required
@require_safe
def decision(request: SignedInRequest, pk: int) -> HttpResponse:
    decision = _found(request, pk)
    is_draft = decision.state == DecisionState.DRAFT
    items = items_of(decision)
    context = {
        "decision": decision,
        "rows": [(item, item.assessment.result.mean) for item in items],
        "columns": ITEM_COLUMNS,
        "effects": _effects(items),
        "certificates": decision.certificates.select_related("pdf"),
        "offers": DECISION.open_to(decision, request.user),
        "base": reverse("evaluation:decision", args=[decision.pk]),
        "may_change": is_draft and request.user.has_perm(DRAFT, decision),
        "history": events(Entry.objects.about(decision)[:PAGE], DECISION),
        "crumbs": [(_("Quyết định"), reverse("evaluation:decisions")), (decision.number or _("Dự thảo"), "")],
    }
    return render(request, "evaluation/decisions/decision.html", context)


def _effects(items: list[Any]) -> list[tuple[int, str]]:
    """What issuing it will do (or did), counted."""
    words = {
        "certify": _("giấy chứng nhận được cấp"),
        "send_up": _("hồ sơ được chuyển lên cấp trên"),
        "send_back": _("hồ sơ được trả về cấp dưới"),
        "not_recognised": _("sản phẩm không được công nhận"),
    }
    counts = {outcome: sum(1 for item in items if item.outcome == outcome) for outcome in words}
    return [(counts[outcome], text) for outcome, text in words.items() if counts[outcome]]


@login_required
@require_POST
def remove(request: SignedInRequest, pk: int, item: int) -> HttpResponse:
    decision = _found(request, pk)
    found = get_object_or_404(decision.items, pk=item)
    try:
        remove_item(decision, found, by=request.user)
    except ValidationError as refused:
        say(request, refused)
    return redirect("evaluation:decision", pk=decision.pk)


@login_required
@require_POST
def drop(request: SignedInRequest, pk: int) -> HttpResponse:
    decision = _found(request, pk)
    try:
        drop_draft(decision, by=request.user)
    except ValidationError as refused:
        say(request, refused)
        return redirect("evaluation:decision", pk=decision.pk)
    messages.success(request, _("Đã bỏ dự thảo; các sản phẩm chờ quyết định khác."))
    return redirect("evaluation:decisions")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    if name not in DECISION:
        raise Http404
    decision = _found(request, pk)
    return step_page(
        request, decision, DECISION, name, back=reverse("evaluation:decision", args=[decision.pk])
    )


def _found(request: SignedInRequest, pk: int) -> Decision:
    decisions = Decision.objects.visible_to(request.user).select_related(
        "unit", "paper", "created_by", "signed_by"
    )
    return get_object_or_404(decisions, pk=pk)
