"""One part of a business plan as a form, whose draft's fields may stay empty; and why an officer removes a plan."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from products.dossiers.fields import form_field
from products.ideas.plan_parts import Part
from products.ideas.planning import LONGEST_REASON


class ReasonForm(forms.Form):
    note = forms.CharField(
        label=_("Lý do bỏ"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Chủ thể được báo kèm lý do này."),
    )


def part_form(part: Part, kept: Mapping[str, Any], data: Any = None) -> forms.Form:
    fields = {it.key: form_field(it) for it in part.fields}
    form: forms.Form = type("PartForm", (forms.Form,), {**fields, "use_required_attribute": False})(
        data, initial={it.key: kept.get(it.key) for it in part.fields}
    )
    form.full_clean()
    for it in part.fields:
        form.fields[it.key].required = it.required
    return form
