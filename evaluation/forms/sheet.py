"""Forms of the score sheet beside the points."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evaluation.ballots.proposals import papers_of
from evaluation.ballots.saving import set_of
from evaluation.models import Ballot
from products.models import EvidencePaper


class ProposalForm(forms.Form):
    """A case of loại, in words, with the page of the paper it was seen on; what refuses is said by the function."""

    code = forms.ChoiceField(label=_("Trường hợp loại"))
    words = forms.CharField(
        label=_("Điều đã thấy"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    paper = forms.ModelChoiceField(
        label=_("Thấy ở giấy tờ"),
        queryset=EvidencePaper.objects.none(),
        required=False,
        empty_label=_("không có"),
    )
    page = forms.IntegerField(label=_("Trang"), min_value=1, required=False)

    def __init__(self, *args: Any, ballot: Ballot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = set_of(ballot).knock_outs
        self.fields["code"].choices = [("", "—"), *((code, it.text) for code, it in held.items())]  # type: ignore[attr-defined]
        self.fields["paper"].queryset = papers_of(ballot)  # type: ignore[attr-defined]
