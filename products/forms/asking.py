"""Fields that may stay empty for now, though no dossier is filed without them."""

from django import forms


def ask(form: forms.BaseForm, *names: str) -> None:
    """Say so to who fills the form in; nothing is refused yet."""
    for name in names:
        form.fields[name].widget.attrs["aria-required"] = "true"
