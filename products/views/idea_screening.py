"""Marking an idea by the plan's rules; each field saves itself."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ocop.orgs.http import SignedInRequest
from ocop.refusals import say
from products.dossiers.filling import Saved
from products.forms.ideas import screening_form
from products.ideas.ranking import most
from products.ideas.screening import MARK_WORDS, SCREEN, save_marks
from products.models import Idea, IdeaState, Screening, SelectionRule
from products.views.ideas import found
from products.views.shared import (
    clock_words,
    demand_right,
    refused_json,
    saved_json,
    wants_json,
    whole_number,
)
from products.workflow import IDEA


@require_http_methods(["GET", "POST"])
@login_required
def screening(request: SignedInRequest, pk: int) -> HttpResponse:
    idea = found(request, pk)
    demand_right(request, SCREEN, idea)
    rules = list(idea.window.rules.all())
    if request.method == "POST":
        return _save(request, idea, rules)
    if idea.state != IdeaState.REGISTERED:
        messages.info(request, _("Ý tưởng đã xét xong; hãy mở xét lại trước khi sửa."))
        return redirect("products:idea", pk=pk)
    return _page(request, idea, rules)


def _save(request: SignedInRequest, idea: Idea, rules: list[SelectionRule]) -> HttpResponse:
    by_itself = wants_json(request)
    names = [
        name
        for name in screening_form(rules, {}).fields
        if name in request.POST and (not by_itself or name == request.POST.get("field"))
    ]
    seen = {name: whole_number(request.POST.get(f"r:{name}")) for name in names}
    try:
        saved = save_marks(idea, {name: request.POST[name] for name in names}, by=request.user, seen=seen)
    except ValidationError as refused:
        if by_itself:
            return refused_json(refused)
        say(request, refused)
        return redirect("products:idea", pk=idea.pk)
    if by_itself:
        return saved_json(saved)
    if saved.is_whole:
        messages.success(request, _("Đã lưu %(time)s") % {"time": clock_words(saved.saved_at)})
        return redirect("products:idea" if "next" in request.POST else "products:screening", pk=idea.pk)
    return _page(request, idea, rules, saved)


def _page(
    request: SignedInRequest, idea: Idea, rules: list[SelectionRule], saved: Saved | None = None
) -> HttpResponse:
    """200 even with a clash: what could be kept is kept."""
    row = Screening.objects.filter(idea=idea).select_related("saved_by").first()
    form = screening_form(rules, row.data if row else {}, request.POST if saved else None)
    for name, errors in (saved.errors if saved else {}).items():
        if name in form.fields and name not in form.errors:
            form.add_error(name, errors)
    revisions = row.revisions if row else {}
    clashes = {it.name: it for it in saved.clashes} if saved else {}

    def line(name: str) -> dict[str, Any]:
        return {"bound": form[name], "revision": revisions.get(name, 0), "clash": _clash(name, clashes),
                "saved": row.saved_at if row and name in revisions else ""}  # fmt: skip

    context = {
        "idea": idea,
        "form": form,
        "groups": [{"rule": it, "mark": line(f"mark_{it.code}"), "why": line(f"why_{it.code}")} for it in rules],
        "stars": line("stars"),
        "most": most(rules),
        "last": row,
        "offers": IDEA.open_to(Idea.objects.for_list().get(pk__in=[idea.pk]), request.user, only=("choose", "decline")),
        "base": reverse("products:idea", args=[idea.pk]),
        "crumbs": [(_("Ý tưởng"), reverse("products:ideas")), (idea.name, reverse("products:idea", args=[idea.pk])),
                   (_("Xét chọn"), "")],
    }  # fmt: skip
    return render(request, "products/ideas/screening.html", context)


def _clash(name: str, clashes: dict[str, Any]) -> dict[str, Any] | None:
    """Both values in words: a mark as its label."""
    if name not in clashes:
        return None
    it = clashes[name]
    words = MARK_WORDS if name.startswith("mark_") else {}
    return {
        "mine": words.get(it.mine, it.mine),
        "theirs": words.get(it.theirs, it.theirs),
        "revision": it.revision,
    }
