"""A field of a section as Django reads, shows and keeps it: one reader for pages and API."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from products.dossiers.sections import Field

LONGEST_TEXT, LONGEST_LINES = 500, 20_000


def form_field(field: Field) -> forms.Field:
    """Nothing is required while it is a draft; completeness says what is missing."""
    shared: dict[str, Any] = {"label": field.label, "help_text": field.hint, "required": False}
    match field.kind:
        case "lines":
            return forms.CharField(
                max_length=LONGEST_LINES, widget=forms.Textarea(attrs={"rows": 4}), **shared
            )
        case "number":
            words = {"invalid": _("Hãy ghi bằng số, ví dụ 1.200.")}
            return forms.IntegerField(min_value=0, localize=True, error_messages=words, **shared)
        case "date":
            return forms.DateField(**shared)
        case "choices":
            return forms.MultipleChoiceField(
                choices=field.choices, widget=forms.CheckboxSelectMultiple, **shared
            )
        case _:
            return forms.CharField(max_length=LONGEST_TEXT, **shared)


def read(field: Field, raw: Any) -> Any:
    """The value as JSON keeps it; ValidationError in words."""
    value = form_field(field).clean(raw)
    return value.isoformat() if isinstance(value, dt.date) else value


def shown(field: Field, kept: Any) -> Any:
    """The kept value as a form shows it."""
    return dt.date.fromisoformat(kept) if field.kind == "date" and kept else kept
