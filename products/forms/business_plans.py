"""One part of a business plan as a form; a draft's field may stay empty, yet shows whether it is asked."""

from collections.abc import Mapping
from typing import Any

from django import forms

from products.dossiers.fields import form_field
from products.ideas.plan_parts import Part


def part_form(part: Part, kept: Mapping[str, Any], data: Any = None) -> forms.Form:
    fields = {it.key: form_field(it) for it in part.fields}
    form: forms.Form = type("PartForm", (forms.Form,), {**fields, "use_required_attribute": False})(
        data, initial={it.key: kept.get(it.key) for it in part.fields}
    )
    form.full_clean()
    for it in part.fields:
        form.fields[it.key].required = it.required
    return form
