"""A guest answers for the producer at the hearing of her product."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evaluation.meetings.guests import answered_for
from evaluation.models import Question
from evaluation.views.guests import heard_by
from evaluation.workflow.question import QUESTION, reply_at_hearing
from ocop.orgs.http import SignedInRequest
from ocop.refusals import put_on_form
from ocop.steps import form_class

REPLY = QUESTION["reply"]


@require_http_methods(["GET", "POST"])
@login_required
def answer(request: SignedInRequest, pk: int, question: int) -> HttpResponse:
    """Read while the product is discussed; what is sent a moment too late comes back with the reason, not lost."""
    meeting, is_sent = heard_by(request.user, pk), request.method == "POST"
    asked = get_object_or_404(
        Question.objects.select_related("meeting__council__unit", "assessment__dossier__product"),
        pk=question,
        meeting=meeting,
    )
    is_open = Question.objects.for_guest(request.user).filter(pk=question).exists()
    if not is_open and not (is_sent and answered_for(asked, request.user)):
        raise Http404
    form = form_class(REPLY)(request.POST if is_sent else None, request.FILES if is_sent else None)
    if form.is_valid():
        try:
            reply_at_hearing(asked, by=request.user, data=form.cleaned_data)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã gửi câu trả lời."))
            return redirect("evaluation:hearing", pk=pk)
    title = _("Trả lời Hội đồng")
    context = {
        "form": form,
        "title": title,
        "intro": f"{asked.criterion}: {asked.text}" if is_open else "",
        "submit": REPLY.label,
        "crumbs": [(_("Dự họp"), reverse("evaluation:hearing", args=[pk])), (title, "")],
    }
    return render(request, "form.html", context, status=422 if is_sent else 200)
