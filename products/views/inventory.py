"""The inventory of potential products: the list by commune and group, and its Excel import in two steps."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from ocop.files.store import serve
from ocop.keyset import in_order, order_of, page_of
from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import OrgUnit, User
from ocop.orgs.rights import covered_paths, held_roles
from ocop.orgs.roles import roles_with
from ocop.refusals import say
from ocop.spreadsheet import download, is_asked
from ocop.tables.template import CONTENT_TYPE
from products import law, spreadsheets
from products.inventory.importing import check_import, template_file
from products.models import Potential, PotentialImport, PotentialImportState
from products.models.potential import CHANGE
from products.workflow import POTENTIAL_IMPORT

MOST_FOUND, MOST_FAULTS = 20, 500
USED = [
    ("", gettext_lazy("Tất cả")),
    ("no", gettext_lazy("Chưa thành ý tưởng")),
    ("yes", gettext_lazy("Đã thành ý tưởng")),
]
FAULT_COLUMNS, DOUBT_COLUMNS = (
    tuple({"label": label} for label in (what, gettext_lazy("Dòng"), gettext_lazy("Cột")))
    for what in (gettext_lazy("Lỗi"), gettext_lazy("Cần xem lại"))
)


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


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Tệp Excel"), help_text=gettext_lazy("Theo tệp mẫu, tối đa 2.000 dòng."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )  # fmt: skip


@require_GET
@login_required
def potential_list(request: SignedInRequest) -> HttpResponse:
    """By commune and group, with how many of each."""
    _demand(request.user)
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


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def potential_imports(request: SignedInRequest) -> HttpResponse:
    """The lists so far, and the place to send one to be checked."""
    unit = _demand(request.user)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            one = check_import(unit, form.cleaned_data["file"], by=request.user)
        except ValidationError as refused:
            form.add_error("file", refused)
        else:
            return redirect("products:potential_import", pk=one.pk)
    rows = PotentialImport.objects.visible_to(request.user).select_related("file", "created_by")[:MOST_FOUND]
    crumbs = [(_("Sản phẩm tiềm năng"), reverse("products:potentials")), (_("Nhập danh sách"), "")]
    context = {"form": form, "rows": rows, "crumbs": crumbs}
    return render(request, "products/inventory/imports.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def potential_template(request: SignedInRequest) -> HttpResponse:
    _demand(request.user)
    response = HttpResponse(template_file(), content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="mau-san-pham-tiem-nang.xlsx"'
    return response


@require_safe
@login_required
def potential_import(request: SignedInRequest, pk: int) -> HttpResponse:
    one = _found(request, pk)
    context = {
        "one": one,
        "faults": one.faults[:MOST_FAULTS],
        "doubts": one.summary.get("doubts", [])[:MOST_FAULTS],
        "columns": FAULT_COLUMNS,
        "doubt_columns": DOUBT_COLUMNS,
        "is_checked": one.state == PotentialImportState.CHECKED,
        "is_done": one.state == PotentialImportState.DONE,
        "crumbs": [(_("Sản phẩm tiềm năng"), reverse("products:potentials")),
                   (_("Nhập danh sách"), reverse("products:potential_imports")), (str(one.file), "")],
    }  # fmt: skip
    return render(request, "products/inventory/import.html", context)


@require_POST
@login_required
def potential_commit(request: SignedInRequest, pk: int) -> HttpResponse:
    one = _found(request, pk)
    try:
        POTENTIAL_IMPORT.take("commit", one, by=request.user)
    except ValidationError as refused:
        say(request, refused)
    return redirect("products:potential_import", pk=pk)


@require_safe
@login_required
def potential_file(request: SignedInRequest, pk: int) -> HttpResponse:
    one = _found(request, pk)
    return serve(one.file, about=one, by=request.user)


def _demand(user: User) -> OrgUnit:
    """The unit whose inventory she keeps; 403 without one."""
    roles = roles_with(CHANGE)
    held = next((one for one in held_roles(user) if one.role in roles), None)
    if held is None:
        raise PermissionDenied
    return held.unit


def _found(request: SignedInRequest, pk: int) -> PotentialImport:
    rows = PotentialImport.objects.visible_to(request.user).select_related("file", "created_by")
    return get_object_or_404(rows, pk=pk)
