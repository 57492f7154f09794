"""One section a page; it saves itself, and without scripts by its button."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ocop.device.pages import keep
from ocop.orgs.http import SignedInRequest
from ocop.refusals import say
from products.dossiers import queries
from products.dossiers.completeness import Gap, known_is_missing
from products.dossiers.filling import Saved, save_section
from products.dossiers.mending import gap_url
from products.dossiers.sections import BY_KEY, Section, form_name
from products.dossiers.whole import Whole, load
from products.forms import section_form
from products.ideas.plan_parts import table
from products.models import BusinessPlan, Dossier
from products.views.shared import clock_words, dossier_of, refused_json, saved_json, wants_json, whole_number

RESULTS = ("production", "business")  # the sections about what came of the business plan
ANCHOR = "hoi-"  # before a question's key: one question at a time where the screen is narrow
KNOWN = f"{ANCHOR}co-san"


@require_http_methods(["GET", "POST"])
@login_required
def section(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    dossier = dossier_of(request, pk, "products.change_dossier")
    found = BY_KEY.get(key)
    if found is None or dossier.kind not in found.kinds:
        raise Http404
    if request.method == "POST":
        return _save(request, dossier, found)
    if not dossier.is_with_producer:
        messages.info(request, _("Hồ sơ đã nộp nên không sửa được nữa."))
        return redirect("products:review", pk=pk)
    return _page(request, load(dossier), found)


def _save(request: SignedInRequest, dossier: Dossier, found: Section) -> HttpResponse:
    whole = load(dossier)
    names = [it.key for it in whole.fields(found)]
    by_itself = wants_json(request)
    if by_itself:
        names = [name for name in names if name == request.POST.get("field")]
    reader = section_form(whole, found)
    values = {name: reader.fields[name].widget.value_from_datadict(request.POST, {}, name) for name in names}
    seen = {name: whole_number(request.POST.get(f"r:{name}")) for name in names}
    try:
        saved = save_section(dossier, found.key, values, by=request.user, seen=seen)
    except ValidationError as refused:
        if by_itself:
            return refused_json(refused)
        say(request, refused)
        return redirect("products:dossier", pk=dossier.pk)
    if by_itself:
        return saved_json(saved)
    if saved.is_whole:
        messages.success(request, _("Đã lưu %(time)s") % {"time": clock_words(saved.saved_at)})
        return redirect(_following(request, whole, found))
    return _page(request, load(dossier), found, request.POST, saved)


def _following(request: SignedInRequest, whole: Whole, found: Section) -> str:
    """Where the pressed button leads: the next question of this page, the next page, or this page again."""
    if "next" in request.POST:
        return _next(whole, found)
    here = reverse("products:section", args=[whole.dossier.pk, found.key])
    asked = request.POST.get("to")
    return f"{here}#{ANCHOR}{asked}" if asked in {it.key for it in whole.fields(found)} else here


def _next(whole: Whole, found: Section) -> str:
    """The section after this one, at last the dossier's home."""
    following = whole.asked[whole.asked.index(found) + 1 :]
    if following:
        return reverse("products:section", args=[whole.dossier.pk, following[0].key])
    return reverse("products:evidence", args=[whole.dossier.pk])


def _page(
    request: SignedInRequest, whole: Whole, found: Section, data: Any = None, saved: Saved | None = None
) -> HttpResponse:
    """The page answers 200 even with a bad value: what could be kept is kept."""
    form = section_form(whole, found, data)
    for name, errors in (saved.errors if saved else {}).items():
        if name in form.fields and name not in form.errors:
            form.add_error(name, errors)
    asked = queries.open_request(whole.dossier)
    dossier, following = whole.dossier, _next(whole, found)
    plan = _business_plan(request, whole, found)
    begins = [KNOWN] if found.known or plan else []
    context = {
        "dossier": dossier,
        "section": found,
        "form": form,
        "form_name": form_name(whole.regime, dossier.kind, found.form),
        "known": [_known(whole, it) for it in found.known],
        "rows": _questions(whole, found, form, saved, begins),
        "begins": begins,
        "plan": plan,
        "next_url": following,
        "along": [reverse("products:dossier", args=[dossier.pk]), following],
        "wrong": [it for it in asked.items if it["item"] == found.key] if asked else [],
        "crumbs": [(_("Hồ sơ"), reverse("products:dossiers")), (dossier.product.name, reverse("products:dossier", args=[dossier.pk])),
                   (found.title, "")],
    }  # fmt: skip
    response = render(request, "products/section.html", context)
    return keep(response, request.user) if request.method == "GET" else response


def _questions(
    whole: Whole, found: Section, form: Form, saved: Saved | None, begins: list[str]
) -> list[dict[str, Any]]:
    """Each question with what is kept of it, and which one stands before and after it on a phone."""
    row = whole.sections.get(found.key)
    revisions = row.revisions if row else {}
    clashes = {it.name: it for it in saved.clashes} if saved else {}
    keys = [it.key for it in whole.fields(found)]
    before, after = [*begins, *(f"{ANCHOR}{key}" for key in keys)], [*keys[1:], ""]
    following = _next(whole, found)
    return [
        {
            "bound": form[key],
            "anchor": f"{ANCHOR}{key}",
            "number": number,
            "before": before[number - 2 + len(begins)] if number > 1 or begins else "",
            "to": after[number - 1],
            "go": f"#{ANCHOR}{after[number - 1]}" if after[number - 1] else following,
            "revision": revisions.get(key, 0),
            "clash": clashes.get(key),
            "saved": row.saved_at if row and key in revisions and key not in form.errors else "",
        }
        for number, key in enumerate(keys, start=1)
    ]


def _business_plan(request: SignedInRequest, whole: Whole, found: Section) -> dict[str, Any] | None:
    """What the product's plan said, where Mẫu 02 (part II) asks what came of it."""
    if found.key not in RESULTS:
        return None
    plan = BusinessPlan.objects.visible_to(request.user).filter(product=whole.product).first()
    if plan is None:
        return None
    lines = table(plan.data, plan.first_year)
    columns = [{"label": _("Chỉ tiêu")}, *({"label": str(year), "end": True} for year in lines[0].years)]
    return {"pk": plan.pk, "lines": lines, "columns": columns}


def _known(whole: Whole, known: Any) -> dict[str, Any]:
    missing = known_is_missing(whole, known)
    url = gap_url(whole.dossier, Gap("", "", known.page)) if known.page else ""
    return {"label": known.label, "value": whole.known(known), "missing": missing, "url": url}
