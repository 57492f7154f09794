"""Pages of a council: its seats, its rules, its decision."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evaluation.councils.making import CHANGE, draft_council
from evaluation.councils.rules import set_rules
from evaluation.forms.council import CouncilForm, NewRulesForm, RulesForm
from evaluation.meetings.written import knows_writing
from evaluation.models import Council, CouncilState
from evaluation.spreadsheets import COUNCILS
from evaluation.workflow.council import COUNCIL
from ocop.audit.models import Entry
from ocop.filters import StateFilter
from ocop.history import events
from ocop.keyset import in_order, page_of
from ocop.orgs.http import SignedInRequest
from ocop.orgs.rights import covered_paths
from ocop.papers.links import paper_url
from ocop.refusals import put_on_form
from ocop.spreadsheet import download, is_asked
from ocop.steps import step_page

KINDS = {CouncilState.DRAFT: "", CouncilState.ESTABLISHED: "good", CouncilState.ENDED: "over"}


@require_safe
@login_required
def council_list(request: SignedInRequest) -> HttpResponse:
    form = StateFilter(request.GET, CouncilState.choices)
    found = form.narrow(Council.objects.visible_to(request.user).select_related("unit"))
    if is_asked(request):
        return download(request, COUNCILS, in_order(found, "-starts_on"))
    columns = [{"label": _("Hội đồng")}, {"label": _("Cơ quan")}, {"label": _("Quyết định")},
               {"label": _("Trạng thái")}]  # fmt: skip
    page = page_of(found, request.GET, order="-starts_on")
    for row in page.rows:
        row.word_kind = KINDS[row.state]
    context = {
        "form": form,
        "page": page,
        "columns": columns,
        "may_write": bool(covered_paths(request.user, CHANGE)),
    }
    return render(request, "evaluation/councils.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new(request: SignedInRequest) -> HttpResponse:
    if not covered_paths(request.user, CHANGE):
        raise PermissionDenied
    form = CouncilForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            drawn = draft_council(
                given.pop("unit"), regime_code=given.pop("regime"), by=request.user, **given
            )
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            return redirect("evaluation:council", pk=drawn.pk)
    context = {
        "form": form,
        "title": _("Lập Hội đồng"),
        "submit": _("Lưu dự thảo"),
        "crumbs": [(_("Hội đồng"), reverse("evaluation:councils")), (_("Lập mới"), "")],
    }
    return render(request, "form.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def council(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who sits on it, by which rules it works, what may be done now."""
    found = get_object_or_404(Council.objects.visible_to(request.user).select_related("unit", "paper"), pk=pk)
    may_write = request.user.has_perm(CHANGE, found)
    columns = [{"label": _("Họ và tên")}, {"label": _("Chức danh")}, {"label": _("Cơ quan")},
               {"label": _("Chấm điểm")}, {"label": _("Thời gian")}, {"label": ""}]  # fmt: skip
    context = {
        "council": found,
        "seats": found.seats.select_related("user", "unit", "replaces__user").prefetch_related(
            "user__persons", "replaces__user__persons"
        ),
        "columns": columns,
        "rules": rules_in_words(found),
        "versions": found.rules_versions.select_related("set_by"),
        "meetings": found.meetings.all()[:20],
        "offers": COUNCIL.open_to(found, request.user),
        "base": reverse("evaluation:council", args=[pk]),
        "kinds": KINDS,
        "paper_url": paper_url(found.paper, request.user),
        "may_write": may_write and found.state != CouncilState.ENDED,
        "is_draft": found.state == CouncilState.DRAFT,
        "knows_writing": knows_writing(found),
        "may_meet": found.state == CouncilState.ESTABLISHED
        and request.user.has_perm("evaluation.change_meeting", found),
        "crumbs": [(_("Hội đồng"), reverse("evaluation:councils")), (found.name, "")],
        "events": events(Entry.objects.about(found)[:50], COUNCIL),
    }
    return render(request, "evaluation/council.html", context)


def rules_in_words(found: Council) -> list[tuple[str, str, str]]:
    """The Quy chế as rows of label, value and nothing more, in the words of its form."""
    form = RulesForm(initial=RulesForm.initial_of(found.rules))
    return [(str(bound.label), _words(bound.field, bound.initial), "") for bound in form]


def _words(field: object, value: object) -> str:
    if isinstance(value, bool):
        return _("có") if value else _("không")
    return str(dict(getattr(field, "choices", ())).get(value, value))


@require_http_methods(["GET", "POST"])
@login_required
def rules(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Council.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm(CHANGE, found):
        raise PermissionDenied
    kind = RulesForm if found.state == CouncilState.DRAFT else NewRulesForm
    form = kind(request.POST or None, initial=RulesForm.initial_of(found.rules))
    if request.method == "POST" and form.is_valid():
        try:
            basis = form.cleaned_data.get("basis", "")
            set_rules(found, form.rules(found), by=request.user, basis=basis)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã lưu Quy chế. Phiên họp đã mở vẫn theo Quy chế lúc mở."))
            return redirect("evaluation:council", pk=pk)
    context = {"form": form, "title": _("Quy chế"), "submit": _("Lưu"), "crumbs": crumbs(found, _("Quy chế"))}
    return render(request, "form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
def step(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    found = get_object_or_404(Council.objects.visible_to(request.user), pk=pk)
    return step_page(request, found, COUNCIL, name, back=reverse("evaluation:council", args=[pk]))


def crumbs(found: Council, last: str) -> list[tuple[str, str]]:
    return [
        (_("Hội đồng"), reverse("evaluation:councils")),
        (found.name, reverse("evaluation:council", args=[found.pk])),
        (last, ""),
    ]
