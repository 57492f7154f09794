"""The dossier: its start, its home, its steps, its receipts."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ocop.device.pages import keep
from ocop.orgs.http import SignedInRequest
from ocop.papers.links import paper_url
from ocop.refusals import put_on_form
from ocop.steps import step_page
from products.advisory.overview import overview
from products.binding.handing import is_of_the_producer, may_take_archive
from products.desks.answering import answers
from products.desks.checking import PERMISSION
from products.desks.forwarding import take_step
from products.desks.meeting import meeting_of, minutes_link
from products.dossiers import queries
from products.dossiers.completeness import gaps
from products.dossiers.efforts import way
from products.dossiers.filing import kinds_for, open_rounds, start_dossier
from products.dossiers.mending import gap_url
from products.dossiers.scoring import standing
from products.dossiers.sections import form_name
from products.dossiers.whole import Whole, load
from products.forms import StartForm
from products.models import CommuneReport, Dossier, DossierState, Product
from products.samples import expected, on_hand, on_the_way
from products.views.bindings import bound_of
from products.views.shared import demand_right, dossier_of
from products.workflow import TAKEN_HERE, out_of_place


@require_http_methods(["GET", "POST"])
@login_required
def dossier_start(request: SignedInRequest, pk: int) -> HttpResponse:
    """The kind first, then the round."""
    product = get_object_or_404(
        Product.objects.visible_to(request.user).select_related("producer", "unit"), pk=pk
    )
    demand_right(request, "products.create_dossier", product)
    rounds = open_rounds(product)
    kinds = kinds_for(product)
    form = StartForm(request.POST or None, product=product, kinds=kinds, rounds=rounds)
    back = reverse("products:product", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            dossier = start_dossier(product, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            return redirect("products:dossier", pk=dossier.pk)
    context = {"form": form, "product": product, "rounds": rounds, "back": back, "is_recognised": not kinds}
    return render(request, "products/start.html", context, status=422 if form.errors else 200)


@require_GET
@login_required
def dossier_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The home of a dossier: the road, who has it, what is left, what may be done, what happened."""
    dossier = dossier_of(request, pk)
    whole, today = load(dossier), timezone.localdate()
    is_hers = request.user.has_perm("products.change_dossier", dossier)
    may_fill = dossier.is_with_producer and is_hers
    report = CommuneReport.objects.filter(dossier=dossier).select_related("paper__unit").first()
    now = standing(whole)
    held = on_hand([dossier.pk]).get(dossier.pk, 0)
    asked = queries.open_request(dossier)
    answered = answers(whole, asked) if asked else []
    wrong = {it.key for it in answered if not it.changed}
    context = {
        "dossier": dossier,
        "kind": queries.KIND_OF_STATE[DossierState(dossier.state)],
        "road": queries.road(dossier),
        "holder": queries.holder(dossier),
        "may_fill": may_fill,
        "is_hers": is_hers,
        "tasks": queries.tasks(whole, today, wrong) if may_fill else [],
        "along": _along(whole) if may_fill else [],
        "reasons": queries.reasons(whole, today) if may_fill else [],
        "advice": queries.advice(whole, today) if may_fill else [],
        "asked": asked,
        "answers": answered,
        "standing": now,
        "way": way(whole, now["way"], today),
        "offers": TAKEN_HERE.without(out_of_place(dossier, today)).open_to(dossier, request.user),
        "may_refile": dossier.state == DossierState.LAPSED
        and request.user.has_perm("products.create_dossier", dossier.product),
        "base": reverse("products:dossier", args=[pk]),
        "may_check": _may_check(request, dossier),
        "report": report,
        "report_url": paper_url(report.paper, request.user) if report else "",
        "minutes": _minutes(request, dossier),
        "advisory": overview(dossier, request.user, today),
        "samples_wanted": expected(dossier) if dossier.code else 0,
        "samples_held": held,
        "samples_sent": 0 if held else on_the_way([dossier.pk]),
        "versions": dossier.versions.defer("content").select_related("submitted_by").order_by("-number"),
        "events": queries.events(dossier),
        "crumbs": [(_("Hồ sơ"), reverse("products:dossiers")), (dossier.product.name, "")],
    }
    response = render(request, "products/dossier.html", context)
    return keep(response, request.user) if may_fill else response


def _along(whole: Whole) -> list[str]:
    """Where what she fills in stands, to be taken onto the device with the task list."""
    pk = whole.dossier.pk
    sections = [reverse("products:section", args=[pk, it.key]) for it in whole.asked]
    return [*sections, reverse("products:evidence", args=[pk]), reverse("products:review", args=[pk])]


def _minutes(request: SignedInRequest, dossier: Dossier) -> dict[str, str] | None:
    """Who reads no papers anywhere, as a producer, costs no question to the database."""
    if not request.user.has_perm("papers.view_paper"):
        return None
    return minutes_link(meeting_of(dossier), request.user)


def _may_check(request: SignedInRequest, dossier: Dossier) -> bool:
    permission = PERMISSION.get(DossierState(dossier.state))
    return permission is not None and request.user.has_perm(permission, dossier)


@require_GET
@login_required
def dossier_review(request: SignedInRequest, pk: int) -> HttpResponse:
    """Check your answers: everything on one page, as it will be filed."""
    dossier = dossier_of(request, pk)
    whole = load(dossier)
    step = next(
        (
            name
            for name in ("submit", "resubmit", "answer_return")
            if dossier.state in TAKEN_HERE[name].sources
        ),
        "",
    )
    found = gaps(whole, timezone.localdate()) if step else []
    context = {
        "dossier": dossier,
        "parts": [_part(whole, section) for section in whole.asked],
        "papers": whole.papers,
        "marks": _marks(whole),
        "standing": standing(whole),
        "reasons": [(gap.text, gap_url(dossier, gap)) for gap in found],
        "advice": queries.advice(whole, timezone.localdate()) if step else [],
        "along": [],
        "step": step if request.user.has_perm("products.submit_dossier", dossier) else "",
        "may_fill": dossier.is_with_producer and request.user.has_perm("products.change_dossier", dossier),
        "crumbs": [(_("Hồ sơ"), reverse("products:dossiers")), (dossier.product.name, reverse("products:dossier", args=[pk])),
                   (_("Xem lại"), "")],
    }  # fmt: skip
    response = render(request, "products/review.html", context)
    return keep(response, request.user) if context["may_fill"] else response


def _part(whole: Whole, section: Any) -> dict[str, Any]:
    values = whole.values(section)
    rows = [(it.label, whole.known(it) or "–", "") for it in section.known]
    for it in whole.fields(section):
        value = values.get(it.key)
        if it.kind == "choices":
            names = dict(it.choices)
            value = ", ".join(str(names[one]) for one in value or ())
        rows.append((it.label, "–" if value in (None, "") else value, ""))
    return {
        "section": section,
        "form": form_name(whole.regime, whole.dossier.kind, section.form),
        "rows": rows,
    }


def _marks(whole: Whole) -> list[dict[str, Any]]:
    levels = whole.levels()
    return [
        {"code": it.code, "name": it.name, "max": it.points, **levels.get(it.code, {})}
        for it in whole.set.criteria
    ]


@require_http_methods(["GET", "POST"])
@login_required
def dossier_step(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    dossier = dossier_of(request, pk)
    if name in out_of_place(dossier, timezone.localdate()):
        raise Http404
    back = reverse("products:dossier", args=[pk])
    response = step_page(request, dossier, TAKEN_HERE, name, back=back, take=take_step)
    if response.status_code == 302 and name in ("submit", "resubmit", "answer_return"):
        return redirect("products:receipt", pk=pk, number=dossier.versions.latest("number").number)
    if response.status_code == 302 and name == "withdraw":
        messages.info(request, _("Hồ sơ đã rút; sản phẩm nộp lại được ở đợt này hoặc đợt sau."))
    return response


@require_GET
@login_required
def receipt(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """What the producer prints: number, time, who, digest."""
    dossier = dossier_of(request, pk)
    version = get_object_or_404(dossier.versions.select_related("submitted_by"), number=number)
    context = {
        "dossier": dossier,
        **bound_of(version),
        "may_take_all": may_take_archive(dossier, request.user),
        "is_own": is_of_the_producer(dossier, request.user),
        "papers": version.content["papers"],
        "facts": [
            (_("Số tiếp nhận"), version.receipt, ""),
            (_("Nơi nhận"), str(dossier.unit), ""),
            (_("Sản phẩm"), version.content["product"]["name"], ""),
            (_("Mã sản phẩm"), dossier.code, ""),
            (_("Chủ thể"), version.content["producer"]["name"], ""),
            (_("Loại đánh giá"), dossier.get_kind_display(), ""),
            (_("Lần nộp"), version.number, ""),
            (_("Người nộp"), version.submitted_by.get_full_name(), ""),
        ],
        "crumbs": [(_("Hồ sơ"), reverse("products:dossiers")), (dossier.product.name, reverse("products:dossier", args=[pk])),
                   (version.receipt, "")],
    }  # fmt: skip
    return render(request, "products/receipt.html", context)
