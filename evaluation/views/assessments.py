"""Pages of the advisory team: what waits, one assessment, its report."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaluation.assessments.starting import CHECK, start_assessment, waiting_dossiers, write_report
from evaluation.forms.council import ReportForm
from evaluation.models import Assessment, AssessmentState, Result, TeamReport
from evaluation.spreadsheets import ASSESSMENTS
from evaluation.workflow.assessment import ASSESSMENT, out_of_place
from ocop.audit.models import Entry
from ocop.history import events
from ocop.keyset import in_order, order_of, page_of
from ocop.orgs.http import SignedInRequest
from ocop.refusals import put_on_form, say
from ocop.spreadsheet import download, is_asked
from ocop.steps import step_page
from products.advisory.overview import overview
from products.models import Dossier

FIRST, MOST_WAITING = 5, 50  # of the waiting dossiers: those shown at once, and the others folded
KINDS = {
    AssessmentState.OPEN: "move",
    AssessmentState.CHECKED: "move",
    AssessmentState.SCHEDULED: "move",
    AssessmentState.CONCLUDED: "good",
    AssessmentState.DECIDED: "good",
}


class AssessmentFilter(forms.Form):
    q = forms.CharField(label=gettext_lazy("Tìm"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("Trạng thái"),
        required=False,
        choices=[("", gettext_lazy("Tất cả")), *AssessmentState.choices],
    )


@require_safe
@login_required
def assessment_list(request: SignedInRequest) -> HttpResponse:
    """Accepted dossiers that wait to be begun, and the assessments under way."""
    form = AssessmentFilter(request.GET)
    found = Assessment.objects.visible_to(request.user).for_list()
    if form.is_valid():
        found = found.search(form.cleaned_data["q"])
        found = found.filter(state=form.cleaned_data["state"]) if form.cleaned_data["state"] else found
    columns = [{"label": _("Sản phẩm"), "sort": "dossier__product__sort_key"}, {"label": _("Nơi nộp")},
               {"label": _("Bộ tiêu chí")}, {"label": _("Trạng thái")}]  # fmt: skip
    order = order_of(request.GET, columns, "-pk")
    if is_asked(request):
        return download(request, ASSESSMENTS, in_order(found, order))
    page = page_of(found, request.GET, order=order)
    queue = waiting_dossiers(request.user)
    waiting = list(queue[:MOST_WAITING])
    for row in page.rows:
        row.word_kind = KINDS.get(row.state, "move")
    context = {
        "page": page,
        "sort": order,
        "form": form,
        "columns": columns,
        "waiting": waiting,
        "waiting_more": queue.count() - FIRST if len(waiting) > FIRST else 0,
    }
    return render(request, "evaluation/assessments.html", context)


@require_POST
@login_required
def start(request: SignedInRequest, dossier: int) -> HttpResponse:
    wanted = get_object_or_404(Dossier.objects.visible_to(request.user), pk=dossier)
    try:
        begun = start_assessment(wanted, by=request.user)
    except ValidationError as refused:
        say(request, refused)
        return redirect("evaluation:assessments")
    return redirect("evaluation:assessment", pk=begun.pk)


@require_safe
@login_required
def assessment(request: SignedInRequest, pk: int) -> HttpResponse:
    """One assessment: the product, the team's report, what the council concluded, what may be done now."""
    found = get_object_or_404(Assessment.objects.visible_to(request.user).for_list(), pk=pk)
    result = Result.objects.visible_to(request.user).filter(assessment=found).first()
    offers = ASSESSMENT.without(out_of_place(found)).open_to(found, request.user)
    context = {
        "assessment": found,
        "report": TeamReport.objects.filter(assessment=found).select_related("written_by").first(),
        "result": result,
        "items": found.agenda_items.select_related("meeting__council"),
        "offers": offers,
        "base": reverse("evaluation:assessment", args=[pk]),
        "may_write": found.state == AssessmentState.OPEN and request.user.has_perm(CHECK, found),
        "may_read": Dossier.objects.visible_to(request.user).filter(pk=found.dossier_id).exists(),
        "advisory": overview(
            found.dossier, request.user, timezone.localdate(), with_steps=found.state == AssessmentState.OPEN
        ),
        "kinds": KINDS,
        "crumbs": [(_("Đánh giá"), reverse("evaluation:assessments")), (str(found), "")],
        "events": events(Entry.objects.about(found)[:50], ASSESSMENT),
    }
    return render(request, "evaluation/assessment.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Assessment.objects.visible_to(request.user).for_list(), pk=pk)
    if not request.user.has_perm(CHECK, found):
        raise PermissionDenied
    form = ReportForm(request.POST or None, instance=TeamReport.objects.filter(assessment=found).first())
    if request.method == "POST" and form.is_valid():
        try:
            write_report(found, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã lưu báo cáo."))
            return redirect("evaluation:assessment", pk=pk)
    title = _("Báo cáo của Tổ tư vấn")
    context = {"form": form, "title": title, "submit": _("Lưu báo cáo"), "crumbs": _crumbs(found, title)}
    return render(request, "form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
def step(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    found = get_object_or_404(Assessment.objects.visible_to(request.user), pk=pk)
    if name in out_of_place(found):
        raise Http404
    return step_page(request, found, ASSESSMENT, name, back=reverse("evaluation:assessment", args=[pk]))


def _crumbs(found: Assessment, last: str) -> list[tuple[str, str]]:
    return [
        (_("Đánh giá"), reverse("evaluation:assessments")),
        (str(found), reverse("evaluation:assessment", args=[found.pk])),
        (last, ""),
    ]
