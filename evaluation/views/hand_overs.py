"""Files that went to the tier above: the package as it was frozen, and the answer."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from evaluation.models import HandOver
from evaluation.workflow.hand_over import BY_OTHERS, HAND_OVER
from ocop.audit.models import Entry
from ocop.files.store import serve
from ocop.history import events
from ocop.orgs.http import SignedInRequest
from ocop.papers.hashes import in_groups
from ocop.regulations import shown
from ocop.steps import step_page
from products.law import regime

PAGE = 50
COLUMNS = tuple(
    {"label": label}
    for label in (
        gettext_lazy("Sản phẩm"),
        gettext_lazy("Số chuyển"),
        gettext_lazy("Ngày"),
        gettext_lazy("Tình trạng"),
    )
)


@login_required
@require_safe
def hand_over_list(request: SignedInRequest) -> HttpResponse:
    sent = HandOver.objects.visible_to(request.user).for_list()
    page = Paginator(sent, PAGE).get_page(request.GET.get("page"))
    return render(request, "evaluation/hand_overs/list.html", {"page": page, "columns": COLUMNS})


@login_required
@require_safe
def hand_over(request: SignedInRequest, pk: int) -> HttpResponse:
    sent = _found(request, pk)
    offers = [offer for offer in HAND_OVER.open_to(sent, request.user) if offer.name not in BY_OTHERS]
    context = {
        "sent": sent,
        "tier": regime(sent.assessment.dossier.regime).tier(sent.to_tier),
        "points": shown(sent.assessment.result.mean),
        "digest": in_groups(sent.digest),
        "offers": offers,
        "base": reverse("evaluation:hand_over", args=[sent.pk]),
        "history": events(Entry.objects.about(sent)[:PAGE], HAND_OVER),
        "crumbs": [(_("Hồ sơ chuyển cấp trên"), reverse("evaluation:hand_overs")), (sent.receipt, "")],
    }
    return render(request, "evaluation/hand_overs/hand_over.html", context)


@login_required
@require_safe
def answer_file(request: SignedInRequest, pk: int) -> HttpResponse:
    sent = _found(request, pk)
    if sent.answer_file is None:
        raise Http404
    return serve(sent.answer_file, about=sent, by=request.user, inline="download" not in request.GET)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    if name in BY_OTHERS:
        raise Http404
    sent = _found(request, pk)
    return step_page(request, sent, HAND_OVER, name, back=reverse("evaluation:hand_over", args=[sent.pk]))


def _found(request: SignedInRequest, pk: int) -> HandOver:
    return get_object_or_404(
        HandOver.objects.visible_to(request.user)
        .for_list()
        .select_related("letter", "answer_file", "assessment__result"),
        pk=pk,
    )
