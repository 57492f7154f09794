"""An office's word on a paper, the list it comes from, and which kinds are whose."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from products.models import PaperVerdict
from products.vault.confirming import STATES
from products.vault.offices import kinds_of_all_time


class ConfirmForm(forms.Form):
    """`revision` and `seen` say what was looked at."""

    verdict = forms.ChoiceField(
        label=_("Kết luận"),
        choices=PaperVerdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn một kết luận.")},
    )
    note = forms.CharField(
        label=_("Ghi chú"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Bắt buộc khi không phải giấy đã cấp hoặc chưa xác định được; chủ thể đọc được."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ConfirmFilter(forms.Form):
    q = forms.CharField(label=_("Tìm"), required=False)
    kind = forms.ChoiceField(label=_("Loại giấy tờ"), required=False)
    state = forms.ChoiceField(
        label=_("Kết luận"), required=False, choices=[("", STATES[0][1]), *STATES[1:]]
    )  # what waits is the usual list

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Mọi loại")), *kinds]  # type: ignore[attr-defined]


class OfficeForm(forms.Form):
    kinds = forms.MultipleChoiceField(
        label=_("Loại giấy tờ do cơ quan này xác nhận"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = kinds_of_all_time()  # type: ignore[attr-defined]
