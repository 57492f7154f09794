"""What a list of papers can be narrowed by."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.papers.kinds import CHOICES
from ocop.papers.models import PaperState


class PaperFilter(forms.Form):
    """Words, kind, state and year."""

    q = forms.CharField(label=_("Số hoặc trích yếu"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Loại văn bản"), required=False, choices=[("", _("Tất cả")), *CHOICES])
    state = forms.ChoiceField(
        label=_("Tình trạng"), required=False, choices=[("", _("Tất cả")), *PaperState.choices]
    )
    year = forms.IntegerField(label=_("Năm"), required=False, min_value=2000, max_value=2100)

    def narrow(self, papers: Any) -> Any:
        """The papers that answer; what cannot be read narrows nothing."""
        self.is_valid()
        given = self.cleaned_data
        for name in ("kind", "state", "year"):
            if given.get(name):
                papers = papers.filter(**{name: given[name]})
        return papers.search(given.get("q", ""))
