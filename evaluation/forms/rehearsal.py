"""By what a finished meeting is rehearsed: a law or a draft, and what of the Quy chế is otherwise."""

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evaluation.forms.council import RulesForm
from evaluation.meetings.rehearsal import Given, Rehearsed, among, rehearse, under
from evaluation.models import Meeting
from evaluation.rules import read_rules
from ocop.regulations import CriteriaSet, RegulationsError, sets_in
from products.law import law

MOST_BYTES = 1024 * 1024
AS_IT_WAS = ("", _("như phiên họp đã theo"))
# What of a Quy chế moves a star; the rest says how a council works.
MOVING = ("gates_on", "gates_cumulative", "fall_back", "max_spread")


class RehearsalForm(forms.Form):
    """Everything left as it was gives what was concluded."""

    regime = forms.ChoiceField(label=_("Theo quyết định"), required=False)
    file = forms.FileField(
        label=_("Hoặc theo tệp bộ tiêu chí dự thảo"),
        help_text=_("Một tệp YAML như trong thư mục dữ liệu quy định, đến 1 MB; tệp không được lưu."),
        required=False,
    )
    gates_on = forms.ChoiceField(label=RulesForm.base_fields["gates_on"].label, required=False)
    gates_cumulative = forms.ChoiceField(
        label=RulesForm.base_fields["gates_cumulative"].label,
        choices=[AS_IT_WAS, ("yes", _("có")), ("no", _("không"))],
        required=False,
    )
    fall_back = forms.ChoiceField(label=RulesForm.base_fields["fall_back"].label, required=False)
    max_spread = forms.IntegerField(
        label=RulesForm.base_fields["max_spread"].label, min_value=0, max_value=100, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regimes = sorted(law().regimes.values(), key=lambda it: it.files_from, reverse=True)
        self.fields["regime"].choices = [AS_IT_WAS, *((it.code, it.decision) for it in regimes)]  # type: ignore[attr-defined]
        for name in ("gates_on", "fall_back"):
            choices = RulesForm.base_fields[name].choices  # type: ignore[attr-defined]
            self.fields[name].choices = [AS_IT_WAS, *choices]  # type: ignore[attr-defined]

    def clean_file(self) -> tuple[CriteriaSet, ...]:
        """The sets of the draft; every fault of it at the field."""
        sent = self.cleaned_data["file"]
        if not sent:
            return ()
        if sent.size > MOST_BYTES:
            raise forms.ValidationError(_("Tệp quá lớn."))
        with tempfile.TemporaryDirectory() as room:
            path = Path(room, "draft.yaml")
            path.write_bytes(sent.read())
            try:
                return sets_in(path)
            except RegulationsError as error:
                raise forms.ValidationError([str(fault) for fault in error.faults]) from error

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("regime") and given.get("file"):
            self.add_error("file", _("Chọn một quyết định hoặc một tệp, không cả hai."))
        return given

    def rehearse(self, meeting: Meeting, products: list[Given]) -> list[Rehearsed]:
        """Each product by what was chosen."""
        policy = read_rules({**meeting.rules, **self._otherwise()}).policy
        return [rehearse(it, self._target(it.criteria_set), policy) for it in products]

    def _target(self, it: CriteriaSet) -> CriteriaSet | None:
        if drafts := self.cleaned_data.get("file"):
            return among(drafts, it)
        regime = self.cleaned_data.get("regime")
        return under(law(), it, regime) if regime else it

    def _otherwise(self) -> dict[str, Any]:
        given = {name: self.cleaned_data.get(name) for name in MOVING}
        changed = {name: value for name, value in given.items() if value not in ("", None)}
        if "gates_cumulative" in changed:
            changed["gates_cumulative"] = changed["gates_cumulative"] == "yes"
        return changed
