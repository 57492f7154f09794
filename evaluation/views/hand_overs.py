"""Files that go to the tier above: prepared, sent as they were frozen, answered."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from evaluation.hand_overs.packages import openable, words_in, words_read_at
from evaluation.models import HandOver, HandOverState
from evaluation.spreadsheets import HAND_OVERS
from evaluation.workflow.hand_over import HAND_OVER, out_of_place
from ocop.audit.models import Entry
from ocop.files.store import serve
from ocop.filters import StateFilter
from ocop.history import events
from ocop.keyset import in_order, page_of
from ocop.orgs.http import SignedInRequest
from ocop.papers.hashes import in_groups
from ocop.spreadsheet import download, is_asked
from ocop.steps import step_page

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
    form = StateFilter(request.GET, HandOverState.choices)
    sent = form.narrow(HandOver.objects.visible_to(request.user).for_list())
    if is_asked(request):
        return download(request, HAND_OVERS, in_order(sent, "-pk"))
    page = page_of(sent, request.GET, order="-pk")
    context = {"form": form, "page": page, "columns": COLUMNS}
    return render(request, "evaluation/hand_overs/list.html", context)


@login_required
@require_safe
def hand_over(request: SignedInRequest, pk: int) -> HttpResponse:
    sent = _found(request, pk)
    offers = HAND_OVER.without(out_of_place(sent)).open_to(sent, request.user)
    context = {
        "sent": sent,
        "digest": in_groups(sent.digest),
        "tests": openable(sent.package, request.user),
        "words": words_in(sent.package),
        "words_at": words_read_at(sent.package),
        "offers": offers,
        "base": reverse("evaluation:hand_over", args=[sent.pk]),
        "history": events(Entry.objects.about(sent)[:PAGE], HAND_OVER),
        "crumbs": [(_("Hồ sơ chuyển cấp trên"), reverse("evaluation:hand_overs")), (str(sent), "")],
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
    sent = _found(request, pk)
    if name in out_of_place(sent):
        raise Http404
    return step_page(request, sent, HAND_OVER, name, back=reverse("evaluation:hand_over", args=[sent.pk]))


def _found(request: SignedInRequest, pk: int) -> HandOver:
    return get_object_or_404(
        HandOver.objects.visible_to(request.user)
        .for_list()
        .select_related("letter", "answer_file", "assessment__result"),
        pk=pk,
    )
