"""Forms of the agenda: what waits narrowed, how many score each product."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from products.law import criteria_set

FIELDS = {"round": "dossier__round", "criteria": "published__code", "commune": "dossier__unit"}


class WaitingFilter(forms.Form):
    """By round, set and commune, of those that something waits from."""

    round = forms.ChoiceField(label=_("Đợt"), required=False)
    criteria = forms.ChoiceField(label=_("Bộ tiêu chí"), required=False)
    commune = forms.ChoiceField(label=_("Nơi nộp"), required=False)

    def __init__(self, *args: Any, waiting: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(waiting.select_related("dossier__round", "dossier__unit", "published"))
        sets = {it.published.code for it in rows}
        self._offer("round", {(str(it.dossier.round_id), str(it.dossier.round)) for it in rows})
        self._offer("criteria", {(code, f"{code} {criteria_set(code).name}") for code in sets})
        self._offer("commune", {(str(it.dossier.unit_id), str(it.dossier.unit)) for it in rows})

    def _offer(self, name: str, choices: set[tuple[str, str]]) -> None:
        offered = [("", _("Tất cả")), *sorted(choices, key=lambda it: it[1])]
        self.fields[name].choices = offered  # type: ignore[attr-defined]

    @property
    def is_narrowed(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.values())

    def narrow(self, waiting: Any) -> Any:
        """Those that answer; what cannot be read narrows nothing."""
        self.is_valid()
        for name, field in FIELDS.items():
            if self.cleaned_data.get(name):
                waiting = waiting.filter(**{field: self.cleaned_data[name]})
        return waiting


class AssignForm(forms.Form):
    """How many score each product; the seed makes the preview and what is kept the same draw."""

    each = forms.IntegerField(label=_("Số người chấm mỗi sản phẩm"), min_value=1, max_value=99)
    seed = forms.RegexField(r"^[0-9a-f]{1,40}$", widget=forms.HiddenInput, required=False)
