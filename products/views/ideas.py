"""Ideas: the list, and one with its screening and its earlier years."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ocop.audit.models import Entry
from ocop.history import events
from ocop.keyset import in_order, order_of, page_of
from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import OrgUnit, User
from ocop.orgs.rights import covered_paths
from ocop.spreadsheet import download, is_asked
from ocop.steps import step_page
from products import law, spreadsheets
from products.forms.ideas import IdeaFilter
from products.ideas.likeness import alike
from products.ideas.ranking import most
from products.ideas.registering import line_of
from products.ideas.screening import MARK_WORDS, SCREEN, results
from products.ideas.windows import why_shut
from products.models import (
    BusinessPlan,
    CoachingVisit,
    Idea,
    IdeaState,
    IdeaWindow,
    Producer,
    ProducerMember,
    Screening,
)
from products.views.producers import own_communes
from products.workflow import IDEA, IDEA_ITSELF

KINDS = {
    IdeaState.REGISTERED: "move", IdeaState.CHOSEN: "good", IdeaState.NOT_CHOSEN: "back", IdeaState.MADE: "good",
    IdeaState.CARRIED: "over", IdeaState.WITHDRAWN: "over",
}  # fmt: skip
PLANNED = (IdeaState.REGISTERED, IdeaState.CHOSEN, IdeaState.MADE)
REGISTER = "products.register_idea"
LIKE = 5  # of each kind, shown


@require_GET
@login_required
def idea_list(request: SignedInRequest) -> HttpResponse:
    """What this person sees, the best placed first."""
    seen = Idea.objects.visible_to(request.user)
    windows = IdeaWindow.objects.filter(pk__in=seen.values("window")).select_related("plan")
    form = IdeaFilter(
        request.GET or None, windows=windows, units=OrgUnit.objects.filter(pk__in=seen.values("unit"))
    )
    given = form.cleaned_data if form.is_valid() else {}
    rows = seen.for_list().search(given.get("q", ""))
    for name in ("state", "window", "unit"):
        if given.get(name):
            rows = rows.filter(**{name: given[name]})
    columns: list[dict[str, Any]] = [{"label": _("Ý tưởng"), "sort": "sort_key"}, {"label": _("Xã, phường"), "sort": "unit__sort_key"}, {"label": _("Năm")},
               {"label": _("Trạng thái")}, {"label": _("Điểm"), "sort": "priority", "end": True}, {"label": _("Hạng dự kiến")}]  # fmt: skip
    order = order_of(request.GET, columns, "-priority")
    if is_asked(request):
        return download(request, spreadsheets.IDEAS, in_order(rows, order))
    page = page_of(rows, request.GET, order=order)
    for row in page.rows:
        row.word_kind = KINDS[row.state]
    context = {
        "page": page,
        "form": form,
        "columns": columns,
        "sort": order,
        "may_register": bool(covered_paths(request.user, REGISTER)) or own_producers(request.user).exists(),
        "shut": _shut(request),
        "may_keep": bool(covered_paths(request.user, "products.change_inventory")),
    }
    return render(request, "products/ideas/list.html", context)


def own_producers(user: User) -> Any:
    """Those this person acts for."""
    own = ProducerMember.objects.current().filter(user_id=user.pk)
    return Producer.objects.visible_to(user).filter(pk__in=own.values("producer")).select_related("unit")


def _shut(request: SignedInRequest) -> str:
    """When the next window opens, for a producer or an officer of one commune; others see many."""
    own = own_producers(request.user).first()
    if own is not None:
        return why_shut(own.unit)
    units = list(own_communes(request.user, REGISTER)[:2])
    return why_shut(units[0]) if len(units) == 1 else ""


@require_GET
@login_required
def idea_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """What it is, what was found, what may be done, what happened before."""
    idea = found(request, pk)
    screens = request.user.has_perm(SCREEN, idea)
    rules = list(idea.window.rules.all())
    row = Screening.objects.filter(idea=idea).select_related("saved_by").first()
    context = {
        "idea": idea,
        "kind": KINDS[IdeaState(idea.state)],
        "facts": _facts(idea),
        "screens": screens,
        "is_open": idea.state == IdeaState.REGISTERED,
        "rules": rules,
        "results": _results(row, rules, shows=screens or idea.state != IdeaState.REGISTERED),
        "result_columns": [
            {"label": _("Tiêu chí")},
            {"label": _("Hệ số"), "end": True},
            {"label": _("Kết quả")},
        ],
        "most": most(rules),
        "may_change": request.user.has_perm(REGISTER, idea),
        "earlier": [{"idea": it, "note": _why(it)} for it in line_of(idea)],
        "later": Idea.objects.visible_to(request.user)
        .filter(previous=idea)
        .select_related("window__plan")
        .first(),
        "like": _like(idea, request.user),
        "offers": _offers(idea, request),
        "base": reverse("products:idea", args=[pk]),
        "plan": BusinessPlan.objects.visible_to(request.user).filter(idea=idea).first(),
        "may_plan": idea.state in PLANNED and request.user.has_perm("products.change_product", idea),
        "coached": CoachingVisit.objects.visible_to(request.user).filter(producer=idea.producer_id).count(),
        "history": events(Entry.objects.about(idea), IDEA),
        "crumbs": [(_("Ý tưởng"), reverse("products:ideas")), (idea.name, "")],
    }
    return render(request, "products/ideas/idea.html", context)


def _like(idea: Idea, by: User) -> list[dict[str, Any]]:
    """What it may be the same as, a few of each kind with their addresses."""
    ideas, products = alike(idea, by=by)
    found: list[tuple[str, list[Any]]] = [("products:idea", ideas), ("products:product", products)]
    return [
        {
            "what": it._meta.verbose_name,
            "name": it.name,
            "producer": it.producer.name,
            "url": reverse(name, args=[it.pk]),
        }
        for name, rows in found
        for it in rows[:LIKE]
    ]


def _offers(idea: Idea, request: SignedInRequest) -> list[Any]:
    """A chosen one is made a product: that it cannot be carried yet is nothing to tell."""
    is_chosen = idea.state == IdeaState.CHOSEN
    offers = IDEA_ITSELF.open_to(idea, request.user)
    return [it for it in offers if not (is_chosen and it.name == "carry" and it.problems)]


def _facts(idea: Idea) -> list[tuple[Any, ...]]:
    set_name = law.set_name(idea.set_code) if idea.set_code else _("Chưa rõ")
    rows = [
        (_("Chủ thể"), idea.producer.name, ""),
        (_("Xã, phường"), str(idea.unit), ""),
        (_("Theo kế hoạch"), idea.window.plan.title, ""),
        (_("Ngành, nhóm"), set_name, ""),
        (_("Sản phẩm là gì"), idea.description, ""),
        (_("Điểm riêng, lợi thế"), idea.strengths or "–", ""),
        (_("Quy mô hiện nay"), idea.scale or "–", ""),
    ]
    return rows + ([(_("Hạng sao dự kiến"), _("%(n)s sao") % {"n": idea.stars}, "")] if idea.stars else [])


def _results(row: Screening | None, rules: list[Any], *, shows: bool) -> list[dict[str, Any]]:
    """What was decided on, or what the officers have marked so far; the producer reads it once it is decided."""
    if row is None or not shows:
        return []
    lines = row.result or results(rules, row.data)
    return [
        {**line, "word": MARK_WORDS[line["mark"]] if line["mark"] is not None else _("Chưa xét"),
         "kind": {0: "wrong", 1: "back", 2: "good"}.get(line["mark"], "")}
        for line in lines
    ]  # fmt: skip


def _why(idea: Idea) -> str:
    """The reason told with the last decision on it."""
    last = Entry.objects.about(idea).filter(action__in=["idea.decline", "idea.choose"]).first()
    return last.note if last else ""


@require_http_methods(["GET", "POST"])
@login_required
def idea_step(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    idea = found(request, pk)
    response = step_page(request, idea, IDEA_ITSELF, name, back=reverse("products:idea", args=[pk]))
    if response.status_code == 302:
        after = Idea.objects.for_list().get(pk__in=[pk])
        if name == "make_product" and after.product_id:
            return redirect("products:product", pk=after.product_id)
        if name == "carry":
            return redirect("products:idea", pk=after.followed_by.pk)
    return response


def found(request: SignedInRequest, pk: int) -> Idea:
    return get_object_or_404(Idea.objects.visible_to(request.user).for_list(), pk=pk)
