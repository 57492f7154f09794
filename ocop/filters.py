"""The filter of lists that are narrowed by their state alone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class StateFilter(forms.Form):
    """A GET form; a state that does not exist narrows nothing."""

    state = forms.ChoiceField(label=_("Trạng thái"), required=False)

    def __init__(self, data: Any, states: list[tuple[str, Any]]) -> None:
        super().__init__(data)
        self.fields["state"].choices = [("", _("Tất cả")), *states]  # type: ignore[attr-defined]

    def narrow(self, rows: Any) -> Any:
        wanted = self.cleaned_data["state"] if self.is_valid() else ""
        return rows.filter(state=wanted) if wanted else rows
