"""The inventory of potential products: the list by commune and group, and its Excel import in two steps."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.keyset import in_order, order_of, page_of
from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import OrgUnit
from ocop.orgs.rights import covered_paths
from ocop.refusals import put_on_form, say
from ocop.seen import locked, merge, watch
from ocop.spreadsheet import download, is_asked
from ocop.tables.pages import ImportPages, unit_that_brings
from products import law, spreadsheets
from products.forms.inventory import PotentialFilter, PotentialForm
from products.inventory.importing import MOST, check_import, template_file
from products.inventory.likeness import like_rows
from products.inventory.writing import change_potential, remove_potential, write_potential
from products.models import Potential, PotentialImport
from products.models.potential import CHANGE
from products.views.producers import own_communes
from products.workflow import POTENTIAL_IMPORT


@require_http_methods(["GET", "POST"])
@login_required
def potential_create(request: SignedInRequest) -> HttpResponse:
    unit_that_brings(request.user, CHANGE)
    return _written(request, None)


@require_http_methods(["GET", "POST"])
@login_required
def potential_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Until an idea has come of it."""
    row = get_object_or_404(Potential.objects.visible_to(request.user).for_list(), pk=pk)
    if request.method == "GET" and row.idea_id is not None:
        return redirect("products:idea", pk=row.idea_id)
    return _written(request, row)


def _written(request: SignedInRequest, row: Potential | None) -> HttpResponse:
    units = own_communes(request.user, CHANGE)
    form = PotentialForm(request.POST or None, instance=locked(row, request) if row else None, units=units)
    if row is not None:
        watch(form)
    back = reverse("products:potentials")
    if request.method == "POST" and form.is_valid() and (row is None or merge(form)):
        try:
            if row is None:
                saved = write_potential(form.facts(), by=request.user)
            else:
                saved = change_potential(row, form.facts(), by=request.user)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã lưu vào danh mục."))
            _propose(request, saved)
            return redirect(back)
    title = _("Sửa sản phẩm tiềm năng") if row else _("Ghi sản phẩm tiềm năng")
    context = {"form": form, "title": title, "back": back, "sub": row.name if row else ""}
    if row is not None:
        context["remove"] = reverse("products:potential_remove", args=[row.pk])
    return render(request, "products/inventory/edit.html", context, status=422 if form.errors else 200)


def _propose(request: SignedInRequest, saved: Potential) -> None:
    """What may be the same is said, not decided: two households may well make one thing each."""
    named = [f"{it.name} ({it.producer_name})" if it.producer_name else it.name for it in like_rows(saved)]
    if named:
        words = _(
            "Có thể là một với dòng đã có của xã: %(names)s. Nếu đúng, hãy đưa một dòng ra khỏi danh mục."
        )
        messages.warning(request, words % {"names": "; ".join(named[:3])})


@require_POST
@login_required
def potential_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Potential.objects.visible_to(request.user), pk=pk)
    try:
        remove_potential(row, by=request.user)
    except ValidationError as refused:
        say(request, refused)
    else:
        messages.success(request, _("Đã đưa “%(name)s” ra khỏi danh mục.") % {"name": row.name})
    return redirect("products:potentials")


IMPORTS = ImportPages(
    app="products",
    name="potential",
    templates="products/inventory",
    model=PotentialImport,
    check=check_import,
    workflow=POTENTIAL_IMPORT,
    template=template_file,
    template_name="mau-san-pham-tiem-nang.xlsx",
    most=MOST,
    title=gettext_lazy("Nhập danh sách"),
    above=((gettext_lazy("Sản phẩm tiềm năng"), "products:potentials"),),
)


@require_GET
@login_required
def potential_list(request: SignedInRequest) -> HttpResponse:
    """By commune and group, with how many of each."""
    unit_that_brings(request.user, CHANGE)
    seen = Potential.objects.visible_to(request.user)
    sets = list(seen.order_by("set_code").values_list("set_code", flat=True).distinct())
    form = PotentialFilter(
        request.GET or None, units=OrgUnit.objects.filter(pk__in=seen.values("unit")), sets=sets
    )
    given = form.cleaned_data if form.is_valid() else {}
    rows = seen.for_list().search(given.get("q", ""))
    for name in ("unit", "set_code"):
        if given.get(name):
            rows = rows.filter(**{name: given[name]})
    if given.get("used"):
        rows = rows.exclude(idea=None) if given["used"] == "yes" else rows.unused()
    columns = [{"label": _("Sản phẩm"), "sort": "sort_key"}, {"label": _("Xã, phường"), "sort": "unit__sort_key"}, {"label": _("Bộ tiêu chí")},
               {"label": _("Quy mô")}, {"label": _("Ý tưởng")}]  # fmt: skip
    order = order_of(request.GET, columns, "sort_key")
    if is_asked(request):
        return download(request, spreadsheets.POTENTIALS, in_order(rows, order))
    page = page_of(rows, request.GET, order=order)
    for row in page.rows:
        row.set_words = law.set_name(row.set_code) if row.set_code else "–"
    by_unit = (
        rows.order_by().values("unit", "unit__name").annotate(n=Count("pk")).order_by("-n", "unit__name")
    )
    context = {
        "page": page, "form": form, "columns": columns, "sort": order, "by_unit": list(by_unit[:12]),
        "may_register": bool(covered_paths(request.user, "products.register_idea")),
    }  # fmt: skip
    return render(request, "products/inventory/list.html", context)
