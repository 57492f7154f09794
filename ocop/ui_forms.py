"""What the form and list components show, worked out from Django's own forms and query strings."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BaseForm, BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

CURSORS = ("before", "after")  # a changed filter starts the list anew
# Kind of field: keyboard of a phone, and the hint when the form gives none.
KEYBOARD = {forms.DecimalField: "decimal", forms.FloatField: "decimal", forms.IntegerField: "numeric"}
DATE_HINT = _("Ngày/tháng/năm, ví dụ 22/11/2026")
LAYOUT = {forms.CheckboxInput: "pick", forms.RadioSelect: "group", forms.CheckboxSelectMultiple: "group"}


def _keyboard(field: forms.Field) -> str:
    if isinstance(field, forms.DateField):
        return "numeric"
    return next((mode for kind, mode in KEYBOARD.items() if isinstance(field, kind)), "")


def _layout(widget: forms.Widget) -> str:
    return next((name for kind, name in LAYOUT.items() if isinstance(widget, kind)), "plain")


def field(bound: BoundField, *, hint: Any, saved: Any, dense: bool) -> dict[str, Any]:
    """One field's parts with their ids: label, hint, error, input, saved time."""
    hint = (
        hint
        or bound.help_text
        or (DATE_HINT if isinstance(bound.field, forms.DateField) and not dense else "")
    )
    layout = _layout(bound.field.widget)
    parts = {"hint": hint, "error": bound.errors, "saved": saved is not None}
    described = " ".join(f"{bound.auto_id}_{name}" for name, there in parts.items() if there)
    attrs: dict[str, Any] = {"class": "input"} if layout == "plain" else {}
    if described and layout != "group":
        attrs["aria-describedby"] = described
    if (keyboard := _keyboard(bound.field)) and layout == "plain":
        attrs["inputmode"] = keyboard
    return {
        "field": bound,
        "layout": layout,
        "hint": hint,
        "described": described,
        "saved": saved,
        "dense": dense,
        "optional": not _is_required(bound) and layout != "pick" and not dense,
        "input": "" if layout == "group" else bound.as_widget(attrs=attrs),
    }


def errors(form: BaseForm) -> list[dict[str, Any]]:
    """Every error under its field's name and id; those of the whole form have none, but maybe a page that mends them."""
    errors = form.non_field_errors()
    whole = [
        {"text": text, "id": "", "url": getattr(error, "url", "")}
        for text, error in zip(errors, errors.as_data(), strict=True)
    ]
    return whole + [
        {"text": _named(bound, text), "id": bound.auto_id} for bound in form for text in bound.errors
    ]


def _named(bound: BoundField, text: Any) -> str:
    """Three times "is required" would not say what is; the label of a tick is a sentence of its own."""
    label = str(bound.label)
    says_itself = label in str(text) or _layout(bound.field.widget) == "pick"
    return str(text) if says_itself else f"{label}: {text}"


def upload(bound: BoundField, *, label: str, hint: str) -> dict[str, Any]:
    described = " ".join(
        f"{bound.auto_id}_{name}" for name in ("hint", "error") if name == "hint" or bound.errors
    )
    attrs: dict[str, str | bool] = {
        "class": "input",
        "aria-describedby": described,
        "data-upload": bound.auto_id + "_list",
    }
    return {"field": bound, "label": label or bound.label, "hint": hint or bound.help_text} | {
        "input": bound.as_widget(attrs=attrs)
    }


def _words(bound: BoundField, value: Any) -> str:
    """A filter's value as its choice reads."""
    choices = dict(getattr(bound.field, "choices", ()))
    values = value if isinstance(value, list | tuple) else [value]
    return ", ".join(str(choices.get(one, one)) for one in values)


def chips(form: BaseForm, query: QueryDict) -> list[dict[str, str]]:
    """Each filter in force, and the address without it."""
    if not form.is_bound or not form.is_valid():
        return []
    shown = []
    for bound in form:
        value = form.cleaned_data.get(bound.name)
        if bound.is_hidden or value in (None, "", [], False) or not query.get(bound.html_name):
            continue
        rest = query.copy()
        for key in (bound.html_name, *CURSORS):
            rest.pop(key, None)
        text = str(bound.label) if value is True else f"{bound.label}: {_words(bound, value)}"
        shown.append({"text": text, "url": f"?{rest.urlencode()}"})
    return shown


def head(column: Mapping[str, Any], sort: str) -> dict[str, Any]:
    """A column's head: `label`, and with `sort` a link that turns the order round."""
    key = column.get("sort", "")
    order = {key: "ascending", f"-{key}": "descending"}.get(sort, "") if key else ""
    turned = f"-{key}" if order == "ascending" else key
    return dict(column, order=order, turned=turned)


def orders(columns: Sequence[Mapping[str, Any]], sort: str = "") -> list[tuple[str, str]]:
    """The orders a phone chooses from, where the heads are not shown; one that no column offers is the usual one."""
    keyed = [(column["sort"], column["label"]) for column in columns if column.get("sort")]
    offered = [
        (prefix + key, f"{label} {arrow}")
        for key, label in keyed
        for prefix, arrow in (("", "↑"), ("-", "↓"))
    ]
    if not offered or sort in dict(offered):
        return offered
    return [("", str(_("Mới nhất trước"))), *offered]


def _is_required(bound: BoundField) -> bool:
    """Required by the form, or by who takes it (a workflow's step says all that is missing at once)."""
    return bound.field.required or bound.field.widget.attrs.get("aria-required") == "true"
