"""The inventory of potential products: the list by commune and group, and its Excel import in two steps."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from ocop.keyset import in_order, order_of, page_of
from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import OrgUnit
from ocop.orgs.rights import covered_paths
from ocop.spreadsheet import download, is_asked
from ocop.tables.pages import ImportPages, unit_that_brings
from products import law, spreadsheets
from products.inventory.importing import MOST, check_import, template_file
from products.models import Potential, PotentialImport
from products.models.potential import CHANGE
from products.workflow import POTENTIAL_IMPORT

USED = [
    ("", gettext_lazy("Tất cả")),
    ("no", gettext_lazy("Chưa thành ý tưởng")),
    ("yes", gettext_lazy("Đã thành ý tưởng")),
]


class PotentialFilter(forms.Form):
    q = forms.CharField(label=gettext_lazy("Tìm"), required=False)
    unit = forms.ModelChoiceField(
        OrgUnit.objects.none(),
        label=gettext_lazy("Xã, phường"),
        required=False,
        empty_label=gettext_lazy("Mọi xã, phường"),
    )
    set_code = forms.ChoiceField(label=gettext_lazy("Bộ tiêu chí"), required=False)
    used = forms.ChoiceField(label=gettext_lazy("Ý tưởng"), required=False, choices=USED)

    def __init__(self, *args: Any, units: Any, sets: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        choices = [(code, law.set_name(code) or code) for code in sets if code]
        self.fields["set_code"].choices = [("", _("Mọi bộ")), *choices]  # type: ignore[attr-defined]


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
