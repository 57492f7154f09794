"""What the commune and the province do: check item by item, write the findings."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ocop.device.sent import not_taken
from ocop.orgs.http import SignedInRequest
from ocop.refusals import put_on_form, say
from products.desks.answering import answers
from products.desks.checking import Item, changed_at_last, checks_at, desk_of, items_of, save_check
from products.desks.facts import facts_of
from products.desks.meeting import meeting_of
from products.desks.remarks import joined, offered, offered_at
from products.desks.reporting import ANCHOR, PROPOSAL, save_finding
from products.dossiers import queries
from products.dossiers.whole import Whole, load
from products.forms import CheckForm
from products.models import CommuneReport, Dossier, StandardRemark
from products.views.shared import (
    clock_words,
    demand_right,
    dossier_of,
    refused_json,
    saved_json,
    wants_json,
    whole_number,
)
from products.workflow import TAKEN_HERE


@require_http_methods(["GET", "POST"])
@login_required
def check(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every item with what it holds; a verdict a click. One POST is one item, or all of them by the button."""
    dossier = dossier_of(request, pk)
    desk = desk_of(dossier)
    if desk is None:
        messages.info(request, _("Hồ sơ không ở bước kiểm tra."))
        return not_taken(redirect("products:dossier", pk=pk))
    demand_right(request, desk.permission, dossier)
    whole = load(dossier)
    items = items_of(whole)
    ready = offered()
    forms = {it.key: _form(request, it, offered_at(it.key, ready)) for it in items}
    wrong: list[Item] = []
    if request.method == "POST":
        wrong = [it for it in items if not _saved(request, dossier, it, forms[it.key])]
        if not wrong:
            messages.success(request, _("Đã lưu kết quả kiểm tra."))
            return redirect(request.get_full_path())
    checks = checks_at(dossier, desk.unit)
    asked = dossier.supplements.filter(unit=desk.unit).first()
    changed = changed_at_last(dossier, items) if asked else set()  # who did not ask looks for the first time
    shown = [it for it in items if it.key in changed] if request.GET.get("only") == "changed" else items
    context = {
        "dossier": dossier,
        "is_answer": request.method == "POST",
        "desk": desk,
        "asked": asked,
        "answers": answers(whole, asked) if asked else [],
        "errors": [error for it in wrong for error in _errors(it, forms[it.key])],
        "groups": _groups(whole, shown, forms, checks, changed, ready),
        "changed": [it for it in items if it.key in changed],
        "changes_url": _changes_url(dossier) if changed else "",
        "is_narrowed": shown is not items,
        "done": sum(1 for it in items if it.key in checks),
        "count": len(items),
        "offers": TAKEN_HERE.open_to(dossier, request.user),
        "base": reverse("products:dossier", args=[pk]),
        "holder": queries.holder(dossier),
        "crumbs": _crumbs(dossier, _("Kiểm tra hồ sơ")),
    }
    return render(request, "products/check.html", context)  # 200: the items that nothing hindered are kept


def _errors(item: Item, form: CheckForm) -> list[dict[str, str]]:
    """For the summary on top: the item may stand far below."""
    place = f"muc-{slugify(item.key)}"
    return [
        {"text": f"{item.label}: {text}", "id": place} for texts in form.errors.values() for text in texts
    ]


def _changes_url(dossier: Dossier) -> str:
    """The last filing beside the one before it."""
    last = dossier.versions.order_by("-number").values_list("number", flat=True)[0]
    return reverse("products:changes", args=[dossier.pk, last])


def _form(request: SignedInRequest, item: Item, remarks: list[StandardRemark]) -> CheckForm:
    """As it was sent; a standard remark that was tapped brings its verdict and its words."""
    given = request.POST
    tapped = next((it for it in remarks if str(it.pk) == given.get(f"{item.key}-remark")), None)
    if tapped is not None:
        note = joined(given.get(f"{item.key}-note", ""), tapped.text)
        sent = {**given.dict(), f"{item.key}-verdict": tapped.verdict, f"{item.key}-note": note}
        return CheckForm(sent, prefix=item.key)
    return CheckForm(given if f"{item.key}-verdict" in given else None, prefix=item.key)


def _saved(request: SignedInRequest, dossier: Dossier, item: Item, form: CheckForm) -> bool:
    """True where nothing was said about the item, nothing else than stood there, or it is kept."""
    if not form.is_bound or (form.seen() is not None and not form.has_changed()):
        return True
    if not form.is_valid():
        return False
    given = form.cleaned_data
    try:
        save_check(dossier, item.key, given["verdict"], note=given["note"], seen=form.seen(), by=request.user)
    except ValidationError as refused:
        put_on_form(form, refused)
        return False
    return True


def _groups(
    whole: Whole, items: list[Item], forms: dict[str, CheckForm], checks: Any, changed: set[str],
    remarks: dict[str, list[StandardRemark]],
) -> list[dict[str, Any]]:  # fmt: skip
    groups: dict[str, list[dict[str, Any]]] = {}
    for item in items:
        found = checks.get(item.key)
        form = forms[item.key]
        if not form.is_bound and found is not None:
            form = CheckForm(prefix=item.key, initial={"verdict": found.verdict, "note": found.note})
        row = {"item": item, "form": form, "check": found, "shows": _shows(whole, item),
               "seen": (found.verdict, found.note) if found else ("", ""), "changed": item.key in changed, "remarks": offered_at(item.key, remarks)}  # fmt: skip
        groups.setdefault(item.group, []).append(row)
    return [{"name": name, "rows": rows} for name, rows in groups.items()]


def _shows(whole: Whole, item: Item) -> dict[str, Any]:
    """What the officer looks at: the section as filled, or the papers of the kind."""
    if item.key.startswith("paper:"):
        kind = item.key.removeprefix("paper:")
        return {"papers": [paper for paper in whole.papers if paper.row.kind == kind]}
    section = next((it for it in whole.asked if it.key == item.key), None)
    if section is None:
        return _elsewhere(whole.dossier, item)
    values = whole.values(section)
    rows = [(it.label, whole.known(it) or "–", "") for it in section.known]
    for it in whole.fields(section):
        value = values.get(it.key)
        if it.kind == "choices":
            value = ", ".join(str(dict(it.choices)[one]) for one in value or ())
        rows.append((it.label, "–" if value in (None, "") else value, ""))
    return {"rows": rows}


def _elsewhere(dossier: Dossier, item: Item) -> dict[str, Any]:
    """What has a page of its own."""
    if item.key == "self_score":
        return {"url": reverse("products:score", args=[dossier.pk]), "label": _("Xem bảng tự chấm")}
    return {"url": reverse("products:samples", args=[dossier.pk]), "label": _("Sổ nhận sản phẩm mẫu")}


def _crumbs(dossier: Dossier, last: str) -> list[tuple[str, str]]:
    home = reverse("products:dossier", args=[dossier.pk])
    return [(_("Hồ sơ"), reverse("products:dossiers")), (dossier.product.name, home), (last, "")]


HERE = ("report", "forward", "take_back_report")  # the steps about the report
LAST = f"{ANCHOR}xong"  # behind the questions: the meeting and those steps


@require_http_methods(["GET", "POST"])
@login_required
def findings(request: SignedInRequest, pk: int) -> HttpResponse:
    """The findings of Mẫu 03; each saves itself."""
    dossier = dossier_of(request, pk, "products.report_dossier")
    whole = load(dossier)
    asked = [(it.code, it.name) for it in whole.regime.findings] + [(PROPOSAL, _("Đề nghị"))]
    if request.method == "POST":
        return _save_findings(request, whole, asked)
    return _findings_page(request, whole, asked, {})


def _save_findings(request: SignedInRequest, whole: Whole, asked: list[tuple[str, str]]) -> HttpResponse:
    dossier = whole.dossier
    by_itself = wants_json(request)
    names = [
        code
        for code, _name in asked
        if code in request.POST and (not by_itself or code == request.POST.get("field"))
    ]
    clashes: dict[str, Any] = {}
    saved = None
    try:
        for name in names:
            seen = {name: whole_number(request.POST.get(f"r:{name}"))}
            saved = save_finding(dossier, name, request.POST[name], by=request.user, seen=seen)
            clashes |= {it.name: it for it in saved.clashes}
    except ValidationError as refused:
        if by_itself:
            return refused_json(refused)
        say(request, refused)
        return redirect("products:dossier", pk=dossier.pk)
    if by_itself and saved is not None:
        return saved_json(saved)
    if clashes:
        return _findings_page(request, whole, asked, clashes)
    if saved is not None:
        messages.success(request, _("Đã lưu %(time)s") % {"time": clock_words(saved.saved_at)})
    here, to = reverse("products:findings", args=[dossier.pk]), request.POST.get("to")
    return redirect(f"{here}#{to}" if to in {LAST, *(f"{ANCHOR}{code}" for code, _name in asked)} else here)


def _findings_page(
    request: SignedInRequest, whole: Whole, asked: list[tuple[str, str]], clashes: dict[str, Any]
) -> HttpResponse:
    dossier = whole.dossier
    row = CommuneReport.objects.filter(dossier=dossier).select_related("paper").first()
    kept = {**row.findings, PROPOSAL: row.proposal} if row else {}
    revisions = row.revisions if row else {}
    anchors = [*(f"{ANCHOR}{code}" for code, _name in asked), LAST]
    rows = [
        {"code": code, "name": name, "value": request.POST.get(code, kept.get(code, "")), "clash": clashes.get(code),
         "revision": revisions.get(code, 0), "required": code != PROPOSAL, "facts": facts_of(whole, code),
         "saved_at": row.written_at if row and code in revisions else "",
         "anchor": anchors[n], "before": anchors[n - 1] if n else "", "to": anchors[n + 1]}
        for n, (code, name) in enumerate(asked)
    ]  # fmt: skip
    context = {
        "dossier": dossier,
        "rows": rows,
        "clashing": [it for it in rows if it["clash"]],
        "last": LAST,
        "before_last": anchors[-2],
        "is_open": dossier.state == "submitted",
        "report": row,
        "meeting": meeting_of(dossier),
        "offers": TAKEN_HERE.open_to(dossier, request.user, only=HERE),
        "base": reverse("products:dossier", args=[dossier.pk]),
        "crumbs": _crumbs(dossier, _("Báo cáo của xã")),
    }
    return render(request, "products/findings.html", context)
