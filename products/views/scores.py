"""The self-score on the real sheet: the index, and one criterion a page beside its papers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.device.pages import keep
from ocop.orgs.http import SignedInRequest
from ocop.refusals import put_on_form, say
from ocop.regulations import Criterion
from products.dossiers.efforts import way
from products.dossiers.filling import Saved, save_self_score
from products.dossiers.guidance import guided
from products.dossiers.scoring import standing
from products.dossiers.whole import Whole, load
from products.forms import PinForm
from products.models import Dossier
from products.vault.home import at_hand
from products.vault.pages import place_words
from products.vault.pins import pin_page
from products.vault.viewer import ANCHOR, viewer
from products.views.shared import clock_words, dossier_of, refused_json, saved_json, wants_json, whole_number


@require_GET
@login_required
def score(request: SignedInRequest, pk: int) -> HttpResponse:
    """The sheet as an index: what is scored, what is not, what lies under a gate."""
    dossier = dossier_of(request, pk)
    whole = load(dossier)
    frame = _frame(whole)
    planned = way(whole, frame["standing"]["way"], timezone.localdate())
    may_fill = dossier.is_with_producer and request.user.has_perm("products.change_dossier", dossier)
    context = {**frame, "whole": whole, "way": planned, "may_fill": may_fill, "along": []}
    response = render(request, "products/score.html", context)
    return keep(response, request.user) if may_fill else response


@require_http_methods(["GET", "POST"])
@login_required
def criterion(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    dossier = dossier_of(request, pk)
    whole = load(dossier)
    found = whole.set.by_code.get(code)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _save(request, dossier, found)
    return _page(request, whole, found)


def _save(request: SignedInRequest, dossier: Dossier, found: Criterion) -> HttpResponse:
    by_itself = wants_json(request)
    seen = whole_number(request.POST.get("r"))
    try:
        saved = save_self_score(
            dossier, found.code, _raw(request, found), by=request.user, why=request.POST.get("why"), seen=seen
        )
    except ValidationError as refused:
        if by_itself:
            return refused_json(refused)
        say(request, refused)
        return redirect("products:criterion", pk=dossier.pk, code=found.code)
    whole = load(dossier)
    if by_itself:
        tally = (
            ""
            if saved.clashes
            else render_to_string("products/tally_inside.html", {"standing": standing(whole)})
        )
        return saved_json(saved, tally=tally)
    if saved.clashes:
        return _page(request, whole, found, saved)
    messages.success(request, _("Đã lưu %(time)s") % {"time": clock_words(saved.saved_at)})
    following = _after(whole, found)
    if "next" in request.POST and following:
        return redirect("products:criterion", pk=dossier.pk, code=following)
    return (
        redirect("products:criterion", pk=dossier.pk, code=found.code)
        if "next" not in request.POST
        else redirect("products:score", pk=dossier.pk)
    )


def _raw(request: SignedInRequest, found: Criterion) -> Any:
    """The level ticked, as the sheet's reader takes it; None while none is."""
    points, case = request.POST.get("points", ""), None
    if found.cases:
        case, _colon, points = points.partition(":")
    if not points.isdigit():
        return None
    return {"case": case, "points": int(points)} if found.cases else int(points)


def _after(whole: Whole, found: Criterion) -> str:
    codes = [it.code for it in whole.set.criteria]
    place = codes.index(found.code) + 1
    return codes[place] if place < len(codes) else ""


def _before(whole: Whole, found: Criterion) -> str:
    codes = [it.code for it in whole.set.criteria]
    place = codes.index(found.code)
    return codes[place - 1] if place else ""


def _frame(whole: Whole, current: str = "") -> dict[str, Any]:
    """The index, the tally and the crumbs that both pages share."""
    dossier, levels, now = whole.dossier, whole.levels(), standing(whole)
    under = {gate["criterion"] for gate in now["missed"]}
    parts = []
    for part in whole.set.parts:
        sections = []
        for section in part.sections:
            rows = [
                {"code": it.code, "name": it.name, "max": it.points, "points": levels.get(it.code, {}).get("p"),
                 "is_gate": it.code in under and levels.get(it.code, {}).get("p") is not None,
                 "url": reverse("products:criterion", args=[dossier.pk, it.code]), "current": it.code == current}
                for it in section.criteria
            ]  # fmt: skip
            got = sum(levels.get(it.code, {}).get("p") or 0 for it in section.criteria)
            sections.append(
                {"code": section.code, "name": section.name, "max": section.points, "got": got, "rows": rows}
            )
        parts.append({"code": part.code, "name": part.name, "sections": sections})
    home = reverse("products:dossier", args=[dossier.pk])
    crumbs = [(_("Hồ sơ"), reverse("products:dossiers")), (dossier.product.name, home)]
    return {"dossier": dossier, "parts": parts, "standing": now, "crumbs": [*crumbs, (_("Tự chấm điểm"), "")]}


def _page(
    request: SignedInRequest,
    whole: Whole,
    found: Criterion,
    saved: Saved | None = None,
    pinning: tuple[int, PinForm] | None = None,
) -> HttpResponse:
    """The criterion beside its papers; `pinning` is the paper and the form of a pin that was refused."""
    dossier = whole.dossier
    mark = whole.levels().get(found.code, {})
    papers = [paper for paper in whole.papers if found.code in paper.criteria]
    may_fill = dossier.is_with_producer and request.user.has_perm("products.change_dossier", dossier)
    following, before = _after(whole, found), _before(whole, found)
    query = {"paper": str(pinning[0])} if pinning else request.GET
    pins = {paper.row.pk: paper.pages.get(found.code) for paper in papers}
    seen = viewer([paper.row for paper in papers], query, opens_at=pins)
    context = {
        **_frame(whole, found.code),
        "criterion": found,
        "card": guided(_card(whole, found), whole.set.code, found, dossier.regime, request.user),
        "cases": [_case(found, case.code, case.name) for case in found.cases],
        "mark": mark,
        "value": f"{mark.get('case')}:{mark.get('p')}" if found.cases and mark.get("case") else mark.get("p"),
        "why": (request.POST.get("why") if saved else mark.get("why")) or "",
        "clash": saved.clashes[0] if saved and saved.clashes else None,
        "revision": mark.get("r", 0),
        "saved_at": whole.self_score.saved_at if whole.self_score and mark else "",
        "may_fill": may_fill,
        "index": [it.code for it in whole.set.criteria].index(found.code) + 1,
        "after": reverse("products:criterion", args=[dossier.pk, following]) if following else "",
        "before": reverse("products:criterion", args=[dossier.pk, before]) if before else "",
        "at_hand": at_hand(whole, found) if may_fill else [],
        "go": reverse("products:criterion", args=[dossier.pk, following])
        if following
        else reverse("products:score", args=[dossier.pk]),
        "along": [reverse("products:criterion", args=[dossier.pk, following])] if following else [],
        "wanted": [whole.regime.evidence_kind(kind) for kind in found.evidence],
        "pin_form": pinning[1]
        if pinning
        else PinForm(
            initial={"page": seen["paper"] and seen["paper"]["page"]},
            of_clip=bool(seen["paper"] and seen["paper"].get("clip_url")),
        ),
        **seen,
    }
    response = render(request, "products/criterion.html", context, status=422 if pinning else 200)
    return keep(response, request.user) if may_fill and request.method == "GET" else response


@require_POST
@login_required
def pin(request: SignedInRequest, pk: int, code: str, paper: int) -> HttpResponse:
    """Name the page of a paper that proves this criterion, or take the name out."""
    dossier = dossier_of(request, pk, "products.change_dossier")
    whole = load(dossier)
    found = whole.set.by_code.get(code)
    row = next((it.row for it in whole.papers if it.row.pk == paper and code in it.criteria), None)
    if found is None or row is None:
        raise Http404
    back = f"{reverse('products:criterion', args=[pk, code])}?paper={paper}{ANCHOR}"
    form, clears = PinForm(request.POST, of_clip=row.file.is_clip), "clear" in request.POST
    if not clears and not form.is_valid():
        return _page(request, whole, found, pinning=(paper, form))
    page = None if clears else form.cleaned_data["page"]
    try:
        pin_page(dossier, row, code, page, by=request.user)
    except ValidationError as refused:
        if not hasattr(refused, "error_dict"):
            say(request, refused)
            return redirect(back)
        put_on_form(form, refused)
        return _page(request, whole, found, pinning=(paper, form))
    words = _("Đã ghim %(place)s.") % {"place": place_words(row.file, page)} if page else _("Đã bỏ ghim.")
    messages.success(request, words)
    return redirect(back)


def _card(whole: Whole, found: Criterion) -> dict[str, Any]:
    section = next(it for it in whole.set.sections if found in it.criteria)
    part = next(it for it in whole.set.parts if section in it.sections)
    return {
        "code": found.code,
        "title": found.name,
        "max": found.points,
        "where": _("Phần %(part)s · %(code)s. %(section)s")
        % {"part": part.code, "code": section.code, "section": section.name},
        "help": " ".join([*found.notes, *(it.text for it in found.knock_outs)]),
        "levels": _levels(found, None, with_zero=True),
    }


def _levels(found: Criterion, case: str | None, *, with_zero: bool) -> list[dict[str, Any]]:
    """The printed levels; where the sheet prints no 0, "none of these" stands before them."""
    rows = [
        {"points": it.points, "text": it.label, "gates": (it.star,) if it.star else ()}
        for it in found.scale(case)
    ]
    if with_zero and all(row["points"] for row in rows):
        rows.insert(0, {"points": 0, "text": _("Không đạt mức nào"), "gates": ()})
    return rows


def _case(found: Criterion, code: str, name: str) -> dict[str, Any]:
    rows = _levels(found, code, with_zero=True)
    return {
        "code": code,
        "name": name,
        "levels": [{**row, "value": f"{code}:{row['points']}"} for row in rows],
    }
