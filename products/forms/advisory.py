"""The advisory team's forms: a test asked for, its result, a visit planned, the tenant's lists and clocks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.files.kinds import PICTURE, SCANS, accept
from products.advisory.extra_tests import answering_papers, lots
from products.models import Dossier, ExtraTest, ExtraTestClock, Sample
from products.models.sample import MOST

NUMBER = {"invalid": _("Hãy ghi số bằng chữ số.")}


class AskTestForm(forms.ModelForm):
    """What is to be tested; the lot only where an office holds one."""

    sample = forms.ModelChoiceField(
        Sample.objects.none(),
        label=_("Lấy từ lô mẫu"),
        required=False,
        empty_label=_("Không lấy mẫu đang giữ"),
    )
    sample_units = forms.IntegerField(
        label=_("Số đơn vị mẫu"), required=False, min_value=1, max_value=MOST, localize=True,
        error_messages=NUMBER, help_text=_("Sổ nhận mẫu ghi ngay số đơn vị gửi đi kiểm nghiệm."),
    )  # fmt: skip

    class Meta:
        model = ExtraTest
        fields = ("parameters", "reason", "due_on", "laboratory", "payer", "sample", "sample_units")
        widgets = {
            "parameters": forms.Textarea(attrs={"rows": 3}),
            "reason": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = lots(dossier)
        if not held:
            del self.fields["sample"], self.fields["sample_units"]
            return
        chosen: Any = self.fields["sample"]
        chosen.queryset = Sample.objects.filter(pk__in=[row.pk for row, _n in held])
        left = {row.pk: n for row, n in held}
        number = {row.pk: n for n, (row, _left) in enumerate(held, start=1)}
        chosen.label_from_instance = lambda row: (
            _("Lô %(n)s, còn %(left)s đơn vị")
            % {
                "n": number[row.pk],
                "left": left[row.pk],
            }
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("sample") and not given.get("sample_units") and "sample_units" not in self.errors:
            self.add_error("sample_units", _("Ghi số đơn vị gửi đi kiểm nghiệm."))
        if given.get("sample_units") and not given.get("sample"):
            self.add_error("sample", _("Hãy chọn lô mẫu."))
        return given

    def _post_clean(self) -> None:
        """The domain function judges the row; here only the fields."""


class ResultForm(forms.Form):
    """A paper of the vault, or a file that becomes one."""

    paper: Any = forms.ModelChoiceField(
        None,
        label=_("Giấy tờ đã có trong kho của chủ thể"),
        required=False,
        empty_label=_("Tải tệp khác lên"),
    )
    file = forms.FileField(
        label=_("Ảnh chụp hoặc tệp phiếu kết quả"), required=False,
        help_text=_("Không cần khi đã chọn giấy tờ trong kho."),
        widget=forms.FileInput(attrs={"accept": accept(SCANS)}),
    )  # fmt: skip
    number = forms.CharField(label=_("Số phiếu"), max_length=80, required=False)
    issuer = forms.CharField(label=_("Nơi kiểm nghiệm"), max_length=200, required=False)
    issued_on = forms.DateField(label=_("Ngày cấp"), required=False)
    note = forms.CharField(label=_("Ghi chú"), max_length=500, required=False)

    def __init__(self, *args: Any, test: ExtraTest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers = list(answering_papers(test))
        if not papers:
            del self.fields["paper"]
            return
        chosen: Any = self.fields["paper"]
        chosen.queryset = (
            type(papers[0]).objects.filter(pk__in=[it.pk for it in papers]).order_by("-added_at")
        )
        chosen.label_from_instance = lambda it: f"{it.title} {it.number}".strip()

    def data_of_step(self) -> dict[str, Any]:
        """As the workflow's step takes it."""
        given = self.cleaned_data
        facts = {name: given[name] for name in ("number", "issuer", "issued_on")}
        return {"paper": given.get("paper"), "upload": given["file"], "facts": facts, "note": given["note"]}


class TestClockForm(forms.ModelForm):
    __test__ = False  # no case of pytest

    class Meta:
        model = ExtraTestClock
        fields = ("pauses", "basis")
        help_texts = {"basis": _("Điều, khoản của Quy chế hoặc văn bản quy định việc này.")}


class SurveyForm(forms.Form):
    """A visit that is planned."""

    planned_on = forms.DateField(label=_("Ngày dự kiến"), required=False)
    purpose = forms.CharField(label=_("Cần làm rõ"), max_length=500, required=False)


class PhotoForm(forms.Form):
    file = forms.FileField(
        label=_("Ảnh"), widget=forms.FileInput(attrs={"accept": accept([PICTURE]), "capture": "environment"})
    )
    item = forms.ChoiceField(label=_("Ảnh của mục"), required=False)
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)

    def __init__(self, *args: Any, checklist: list[dict[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(it["code"], f"{it['code']}. {it['text']}") for it in checklist]
        self.fields["item"].choices = [("", _("Cả cuộc khảo sát")), *rows]  # type: ignore[attr-defined]


class SurveyListForm(forms.Form):
    text = forms.CharField(
        label=_("Các mục, mỗi dòng một mục"), required=False, max_length=8000, strip=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Để trống thì dùng lại danh sách có sẵn. Cuộc khảo sát đã bắt đầu giữ danh sách của nó."),
    )  # fmt: skip
