"""Who changes a form's row says what she saw of it, so that nothing is written over that she has not read.

Works without scripts: a hidden field holds a digest of each value that stood there.
"""

import hashlib
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

NAME = "seen"
Row = TypeVar("Row", bound=models.Model)
SomeForm = TypeVar("SomeForm", bound=forms.BaseForm)


def locked(row: Row, request: HttpRequest) -> Row:
    """The row as it stands; where something is to be written, nobody else writes until this request is through.

    Http404 where somebody removed it while this request waited.
    """
    if request.method != "POST":
        return row
    manager: Any = type(row)._default_manager
    return get_object_or_404(manager.select_for_update(of=("self",)), pk=row.pk)


def watch(form: SomeForm, stands: dict[str, Any] | None = None) -> SomeForm:
    """The form with what stands now: its own initial values, or `stands` where it proposes others."""
    form.stands = {name: _stands(form, name, stands or {}) for name in _watched(form)}  # type: ignore[attr-defined]
    form.fields[NAME] = forms.CharField(
        required=False, max_length=4000, initial=_told(form), widget=forms.HiddenInput
    )
    return form


def merge(form: forms.BaseForm) -> bool:
    """After `is_valid()`: what others wrote meanwhile stays, unless she changed the same field.

    False with both texts at each such field; sent once more, hers is meant.
    """
    if not hasattr(form, "stands"):
        return True  # of a row that is only being made
    seen = dict(pair.partition(":")[::2] for pair in form.cleaned_data.get(NAME, "").split())
    clashes = [name for name in form.stands if name in seen and _clashes(form, name, seen[name])]  # type: ignore[attr-defined]
    for name in clashes:
        words = _(
            "Nơi khác vừa sửa mục này, đang lưu: “%(theirs)s”. Chưa ghi đè; muốn giữ bản của bạn thì bấm Lưu lần nữa."
        )
        form.add_error(name, words % {"theirs": _words(form, name)})
    if clashes:
        given: Any = form.data
        form.data = again = given.copy()
        again[form.add_prefix(NAME)] = _told(form)
    return not clashes


def _clashes(form: forms.BaseForm, name: str, seen: str) -> bool:
    field, stands = form.fields[name], form.stands[name]  # type: ignore[attr-defined]
    theirs, mine = _digest(field, stands), _digest(field, form.cleaned_data.get(name))
    if theirs in (seen, mine):
        return False
    if mine != seen:
        return True
    try:
        form.cleaned_data[name] = field.clean(field.prepare_value(stands))
    except ValidationError:  # theirs is a value that this form does not offer her
        return True
    return False


def _watched(form: forms.BaseForm) -> list[str]:
    return [
        name
        for name, field in form.fields.items()
        if not (field.disabled or isinstance(field, forms.FileField) or field.widget.is_hidden)
    ]


def _stands(form: forms.BaseForm, name: str, given: dict[str, Any]) -> Any:
    return given[name] if name in given else form.get_initial_for_field(form.fields[name], name)


def _told(form: forms.BaseForm) -> str:
    return " ".join(f"{name}:{_digest(form.fields[name], value)}" for name, value in form.stands.items())  # type: ignore[attr-defined]


def _digest(field: forms.Field, value: Any) -> str:
    prepared = field.prepare_value(value)
    if isinstance(prepared, list | tuple):
        prepared = "\n".join(sorted(str(one) for one in prepared))
    text = "" if prepared in (None, False) else str(prepared).replace("\r\n", "\n").strip()
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _words(form: forms.BaseForm, name: str) -> str:
    """What stands, as the field shows it."""
    field = form.fields[name]
    value, names = field.prepare_value(form.stands[name]), _choices(getattr(field, "choices", ()))  # type: ignore[attr-defined]
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    values = value if isinstance(value, list | tuple) else [value]
    shown = [names.get(str(one)) or field.widget.format_value(one) for one in values if one not in (None, "")]
    return ", ".join(map(str, shown)) or "–"


def _choices(choices: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, label in choices:
        if isinstance(label, list | tuple):
            found |= _choices(label)
        else:
            found[str(key)] = label
    return found
