"""The page a producer gets after the decision: criterion by criterion, what held the star back, the way up."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evaluation.decisions.feedback import explained_to, read_feedback
from evaluation.models import Certificate
from ocop.orgs.http import SignedInRequest
from products.models import Dossier


@require_safe
@login_required
def feedback(request: SignedInRequest, pk: int) -> HttpResponse:
    """By the assessment; before there is a decision it is there for nobody."""
    result = get_object_or_404(
        explained_to(request.user).select_related(
            "meeting__council", "assessment__published", "assessment__unit", "assessment__dossier__unit",
            "assessment__dossier__product__producer",
        ),
        assessment=pk,
    )  # fmt: skip
    told = read_feedback(result)
    dossier = result.assessment.dossier
    may_read = Dossier.objects.visible_to(request.user).filter(pk=dossier.pk).exists()
    certificates = Certificate.objects.visible_to(request.user).filter(dossier=dossier)
    context = {
        "feedback": told,
        "result": result,
        "dossier": dossier,
        "certificate": certificates.filter(decision=told.item.decision).first() if told.item else None,
        "columns": [
            {"label": _("Tiêu chí")}, {"label": _("Tự chấm"), "end": True}, {"label": _("Hội đồng"), "end": True},
        ],
        "crumbs": [
            (dossier.product.name, reverse("products:dossier", args=[dossier.pk]) if may_read else ""),
            (_("Kết quả đánh giá"), ""),
        ],
    }  # fmt: skip
    return render(request, "evaluation/feedback.html", context)
