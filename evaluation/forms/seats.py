"""Forms about people: the chair's delegation, a seat's sectors, the advisory team."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evaluation.forms.council import HomeField, PersonField
from evaluation.models import Council
from products.law import law


class SectorsField(forms.MultipleChoiceField):
    """Categories of the sets of a council's regime."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Lĩnh vực"),
            help_text=_("Dùng khi phân công chấm; để trống là chấm được mọi lĩnh vực."),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            **kwargs,
        )

    def fill(self, council: Council) -> None:
        sets = [it for it in law().sets.values() if it.regime.code == council.regime]
        self.choices = sorted({(it.category.code, it.category.name) for it in sets})


class SectorsForm(forms.Form):
    unit = HomeField()
    sectors = SectorsField()

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].fill()  # type: ignore[attr-defined]
        self.fields["sectors"].fill(council)  # type: ignore[attr-defined]


class DelegationForm(forms.Form):
    """Both empty: the delegation is taken back."""

    acts_as = forms.CharField(
        label=_("Ký thay"),
        help_text=_("Ví dụ: KT. CHỦ TỊCH HỘI ĐỒNG / PHÓ CHỦ TỊCH. Để trống là thôi ủy quyền."),
        max_length=200,
        required=False,
    )
    delegation = forms.CharField(
        label=_("Văn bản ủy quyền"), help_text=_("Số, ngày của văn bản."), max_length=200, required=False
    )


class TeamForm(forms.Form):
    """One more on the advisory team."""

    user = PersonField(label=_("Thành viên"))
    starts_on = forms.DateField(label=_("Từ ngày"))
    ends_on = forms.DateField(label=_("Đến hết ngày"), required=False)
    decision_number = forms.CharField(
        label=_("Quyết định số"), max_length=60, error_messages={"required": _("Hãy ghi số quyết định.")}
    )
    decision_on = forms.DateField(label=_("Ngày quyết định"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].fill()  # type: ignore[attr-defined]


class DismissForm(forms.Form):
    on = forms.DateField(label=_("Đến hết ngày"))
