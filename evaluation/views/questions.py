"""Questions to the producer: asked from a sheet, passed on by the secretary, answered on the producer's page."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from evaluation.ballots.saving import set_of
from evaluation.meetings.questions import LONGEST, ask
from evaluation.models import Question
from evaluation.views.proposals import own_ballot
from evaluation.workflow.question import QUESTION
from ocop.files.store import serve
from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import User
from ocop.refusals import put_on_form
from ocop.steps import step_page
from products.law import criteria_set
from products.models import Dossier


class QuestionForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Câu hỏi"),
        help_text=gettext_lazy("Thư ký chuyển câu hỏi đi; chủ thể không biết ai hỏi."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST,
    )


@require_http_methods(["GET", "POST"])
@login_required
def new(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """A member asks on one criterion."""
    ballot = own_ballot(request, pk)
    criterion = set_of(ballot).by_code.get(code)
    if criterion is None:
        raise Http404
    back = reverse("evaluation:criterion", args=[pk, code])
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask(ballot, code, form.cleaned_data["text"], by=request.user)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã gửi câu hỏi cho Thư ký."))
            return redirect(back)
    context = {
        "form": form,
        "title": _("Hỏi chủ thể: %(code)s %(name)s") % {"code": code, "name": criterion.name},
        "submit": _("Gửi Thư ký"),
        "crumbs": [
            (_("Chương trình họp"), reverse("evaluation:meeting", args=[ballot.meeting_id])),
            (ballot.assessment.dossier.product.name, back),
            (_("Hỏi chủ thể"), ""),
        ],
    }
    return render(request, "form.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def of_dossier(request: SignedInRequest, dossier: int) -> HttpResponse:
    """The producer's page: what the council asks of her product, and what she answered."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user).for_list(), pk=dossier)
    asked = Question.objects.for_producer(request.user).filter(assessment__dossier=found)
    questions = list(
        asked.select_related("meeting__council__unit", "assessment__dossier__product__producer", "file")
    )
    names = {it.code: it.name for it in criteria_set(found.set_code).criteria}
    rows = [
        {
            "it": it,
            "name": names.get(it.criterion, ""),
            "offers": QUESTION.open_to(it, request.user, only=("reply",)),
        }
        for it in questions
    ]
    if not rows:
        raise Http404
    crumbs = [
        (found.product.name, reverse("products:dossier", args=[found.pk])),
        (_("Câu hỏi của Hội đồng"), ""),
    ]
    return render(request, "evaluation/questions.html", {"dossier": found, "rows": rows, "crumbs": crumbs})


@require_http_methods(["GET", "POST"])
@login_required
def step(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    found = _question(request, pk)
    return step_page(request, found, QUESTION, name, back=_back(found, request.user, name))


def _back(found: Question, user: User, name: str) -> str:
    """The product in the meeting; the producer's own page, or the hearing for who answers there."""
    if name != "reply":
        return reverse("evaluation:agenda_item", args=[found.meeting_id, found.assessment_id])
    if found.roles_of(user) == ["hearing_guest"]:
        return reverse("evaluation:hearing", args=[found.meeting_id])
    return reverse("evaluation:dossier_questions", args=[found.assessment.dossier_id])


@require_safe
@login_required
def file(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the producer sent with her answer."""
    found = _question(request, pk)
    if found.file is None:
        raise Http404
    return serve(found.file, about=found, by=request.user, inline=True)


def _question(request: SignedInRequest, pk: int) -> Question:
    found = Question.objects.visible_to(request.user).select_related(
        "meeting__council__unit", "assessment__dossier"
    )
    return get_object_or_404(found, pk=pk)
