"""Files that came from the tier below: what lies in the package, and what is made of it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from evaluation.hand_overs.packages import openable, words_in, words_read_at
from evaluation.hand_overs.receiving import faults_of
from evaluation.models import Arrival, ArrivalState
from evaluation.spreadsheets import ARRIVALS
from evaluation.workflow.hand_over import ARRIVAL, BY_OTHERS
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
        gettext_lazy("Nơi gửi"),
        gettext_lazy("Ngày đến"),
        gettext_lazy("Tình trạng"),
    )
)


@login_required
@require_safe
def arrival_list(request: SignedInRequest) -> HttpResponse:
    form = StateFilter(request.GET, ArrivalState.choices)
    came = form.narrow(Arrival.objects.visible_to(request.user).for_list().defer("content"))
    if is_asked(request):
        return download(request, ARRIVALS, in_order(came, "-pk"))
    page = page_of(came, request.GET, order="-pk")
    context = {"form": form, "page": page, "columns": COLUMNS}
    return render(request, "evaluation/arrivals/list.html", context)


@login_required
@require_safe
def arrival(request: SignedInRequest, pk: int) -> HttpResponse:
    came = _found(request, pk)
    context = {
        "came": came,
        "faults": faults_of(came),
        "digest": in_groups(came.digest),
        "tests": [] if came.is_from_elsewhere else openable(came.package, request.user),
        "words": words_in(came.package),
        "words_at": words_read_at(came.package),
        "files": came.files.select_related("file"),
        "offers": ARRIVAL.without(BY_OTHERS).open_to(came, request.user),
        "base": reverse("evaluation:arrival", args=[came.pk]),
        "history": events(Entry.objects.about(came)[:PAGE], ARRIVAL),
        "crumbs": [(_("Hồ sơ cấp dưới chuyển lên"), reverse("evaluation:arrivals")), (came.receipt, "")],
    }
    return render(request, "evaluation/arrivals/arrival.html", context)


@login_required
@require_safe
def file(request: SignedInRequest, pk: int, file: int) -> HttpResponse:
    came = _found(request, pk)
    row = get_object_or_404(came.files.select_related("file"), pk=file)
    return serve(row.file, about=came, by=request.user, inline="download" not in request.GET)


@require_http_methods(["GET", "POST"])
@login_required
def step(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    if name in BY_OTHERS:
        raise Http404
    came = _found(request, pk)
    return step_page(request, came, ARRIVAL, name, back=reverse("evaluation:arrival", args=[came.pk]))


def _found(request: SignedInRequest, pk: int) -> Arrival:
    return get_object_or_404(Arrival.objects.visible_to(request.user).for_list(), pk=pk)
