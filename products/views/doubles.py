"""Pairs that may be one, compared side by side and made one."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import User
from ocop.orgs.rights import covered_paths
from ocop.refusals import put_on_form, say
from products import law
from products.doubles.finding import MERGE, producer_pairs, product_pairs
from products.doubles.keeping import keep_apart, look_again, said_of
from products.doubles.merging import merge_producers, merge_products, producer_problems, product_problems
from products.models import Dossier, Producer, Product
from products.producers.registration import FACTS
from products.views.shared import demand_right, field_label

MOST = 100
MODELS: dict[str, Any] = {"producer": Producer, "product": Product}


class MergeForm(forms.Form):
    """Which of the two stays, and why they are one."""

    kept = forms.ChoiceField(label=gettext_lazy("Giữ lại"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=gettext_lazy("Lý do gộp"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, rows: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept"].choices = [(str(row.pk), f"{row.name} ({row.unit})") for row in rows]  # type: ignore[attr-defined]
        self.fields["kept"].initial = str(rows[0].pk)


class ApartForm(forms.Form):
    """Why they are two."""

    prefix = None
    note = forms.CharField(
        label=gettext_lazy("Vì sao không trùng"),
        max_length=500,
        widget=forms.TextInput(attrs={"id": "id_apart"}),
    )


@require_GET
@login_required
def double_list(request: SignedInRequest) -> HttpResponse:
    if not covered_paths(request.user, MERGE):
        raise PermissionDenied
    producers, products = producer_pairs(request.user), product_pairs(request.user)
    context = {
        "groups": [
            {"kind": "producer", "label": _("Chủ thể"), "rows": producers[:MOST], "total": len(producers)},
            {"kind": "product", "label": _("Sản phẩm"), "rows": products[:MOST], "total": len(products)},
        ],
        "most": MOST,
        "columns": [
            {"label": _("Dòng thứ nhất")},
            {"label": _("Dòng thứ hai")},
            {"label": _("Vì sao")},
            {"label": ""},
        ],
        "crumbs": [(_("Chủ thể"), reverse("products:producers")), (_("Trùng trong sổ"), "")],
    }
    return render(request, "products/doubles/list.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def double_merge(request: SignedInRequest, kind: str, one: int, other: int) -> HttpResponse:
    """Both side by side, what each brings along, and the way to one of them, or to two that stay two."""
    rows = _pair(request, kind, one, other)
    form = MergeForm(request.POST or None, rows=rows)
    if request.method == "POST" and form.is_valid():
        kept, gone = rows if form.cleaned_data["kept"] == str(one) else rows[::-1]
        merge: Any = merge_producers if kind == "producer" else merge_products
        try:
            merge(kept, gone, by=request.user, note=form.cleaned_data["note"])
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã gộp: địa chỉ cũ dẫn tới đây."))
            return redirect(f"products:{kind}", pk=kept.pk)
    by = request.user
    problems = [*(producer_problems(*rows, by=by) if kind == "producer" else product_problems(*rows))]
    context = {
        "rows": rows,
        "form": form,
        "problems": [] if form.errors else problems,
        "makers_url": _makers_url(kind, rows, by),
        "apart": said_of(*rows),
        "apart_form": ApartForm(),
        "apart_url": reverse("products:double_apart", args=[kind, one, other]),
        "facts": _facts(kind, rows, by),
        "columns": [{"label": _("Thông tin")}, *({"label": label} for label in _labels()), {"label": ""}],
        "crumbs": [(_("Trùng trong sổ"), reverse("products:doubles")), (_("So và gộp"), "")],
    }  # fmt: skip
    return render(request, "products/doubles/merge.html", context, status=422 if form.errors else 200)


def _makers_url(kind: str, rows: list[Any], by: User) -> str:
    """Where the producers of two products are compared, whom she may make one."""
    if kind != "product" or rows[0].producer_id == rows[1].producer_id:
        return ""
    makers = [row.producer for row in rows]
    if not all(by.has_perm(MERGE, it) for it in makers):
        return ""
    return reverse("products:double_merge", args=["producer", *(it.pk for it in makers)])


def _pair(request: SignedInRequest, kind: str, one: int, other: int) -> list[Any]:
    """Both rows, of which she may make one; 404 and 403 as everywhere."""
    if kind not in MODELS or one == other:
        raise Http404
    seen = MODELS[kind].objects.visible_to(request.user).select_related("unit")
    rows = [get_object_or_404(seen, pk=pk) for pk in (one, other)]
    for row in rows:
        demand_right(request, MERGE, row)
    return rows


@require_POST
@login_required
def double_apart(request: SignedInRequest, kind: str, one: int, other: int) -> HttpResponse:
    """They are two: out of the list; `again` brings the pair back."""
    rows = _pair(request, kind, one, other)
    if "again" in request.POST:
        look_again(*rows, by=request.user)
        return redirect("products:double_merge", kind=kind, one=one, other=other)
    try:
        keep_apart(*rows, by=request.user, note=request.POST.get("note", ""))
    except ValidationError as refused:
        say(request, refused)
        return redirect("products:double_merge", kind=kind, one=one, other=other)
    messages.success(request, _("Đã ghi: hai dòng khác nhau, không hiện trong danh sách trùng nữa."))
    return redirect("products:doubles")


def _labels() -> tuple[str, str]:
    """What the columns are called: on a phone each cell says it."""
    return _("Dòng 1"), _("Dòng 2")


def _facts(kind: str, rows: list[Any], by: User) -> list[dict[str, Any]]:
    """(what, of the one, of the other, whether they agree)."""
    names = [(_("Tên"), [row.name for row in rows])]
    pairs = names + (_producer_facts(rows, by) if kind == "producer" else _product_facts(rows, by))
    return [
        {"what": what, "values": list(zip(_labels(), values, strict=True)), "agrees": values[0] == values[1]}
        for what, values in pairs
    ]  # fmt: skip


def _producer_facts(rows: list[Any], by: User) -> list[tuple[Any, list[str]]]:
    facts = [(field_label(rows[0], name), [_shown(getattr(row, name)) for row in rows]) for name in FACTS]
    return [
        (_("Xã, phường"), [str(row.unit) for row in rows]),
        (_("Loại hình"), [row.get_kind_display() for row in rows]),
        *facts,
        (_("Sản phẩm"), [", ".join(it.name for it in row.products.visible_to(by)) or "–" for row in rows]),
        (_("Đang làm việc cho chủ thể"), [", ".join(str(it.user) for it in row.people.current().select_related("user")) or "–" for row in rows]),
    ]  # fmt: skip


def _shown(value: Any) -> str:
    if isinstance(value, dt.date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return str(value or "–")


def _product_facts(rows: list[Any], by: User) -> list[tuple[Any, list[str]]]:
    seen = Dossier.objects.visible_to(by).select_related("round").order_by("pk")
    dossiers = [seen.filter(product=row) for row in rows]
    return [
        (_("Chủ thể"), [f"{row.producer} ({row.unit})" for row in rows]),
        (_("Bộ tiêu chí"), [law.set_name(row.set_code) for row in rows]),
        (_("Quy cách"), [row.specification or "–" for row in rows]),
        (_("Mô tả"), [row.description or "–" for row in rows]),
        (
            _("Hồ sơ"),
            [", ".join(f"{it.round}: {it.get_state_display()}" for it in found) or "–" for found in dossiers],
        ),
    ]
