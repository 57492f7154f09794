"""The inventory of potential products: what its list is narrowed by, and one row of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.orgs.models import OrgUnit
from products import law
from products.forms.products import set_groups
from products.inventory.writing import FACTS
from products.models import Potential

USED = [
    ("", gettext_lazy("Tất cả")),
    ("no", gettext_lazy("Chưa thành ý tưởng")),
    ("yes", gettext_lazy("Đã thành ý tưởng")),
]


class PotentialFilter(forms.Form):
    q = forms.CharField(label=gettext_lazy("Tìm"), required=False)
    unit = forms.ModelChoiceField(
        OrgUnit.objects.none(),
        label=gettext_lazy("Xã, phường"),
        required=False,
        empty_label=gettext_lazy("Mọi xã, phường"),
    )
    set_code = forms.ChoiceField(label=gettext_lazy("Bộ tiêu chí"), required=False)
    used = forms.ChoiceField(label=gettext_lazy("Ý tưởng"), required=False, choices=USED)

    def __init__(self, *args: Any, units: Any, sets: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        choices = [(code, law.set_name(code) or code) for code in sets if code]
        self.fields["set_code"].choices = [("", _("Mọi bộ")), *choices]  # type: ignore[attr-defined]


class PotentialForm(forms.ModelForm):
    """One row of the inventory."""

    unit = forms.ModelChoiceField(OrgUnit.objects.none(), label=gettext_lazy("Xã, phường"))
    set_code = forms.ChoiceField(label=gettext_lazy("Ngành, nhóm sản phẩm"), required=False)

    class Meta:
        model = Potential
        fields = FACTS

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].initial = self.instance.unit_id or (units[0] if len(units[:2]) == 1 else None)
        kind = self.fields["producer_kind"]
        kind.choices = [("", _("Chưa rõ")), *(it for it in kind.choices if it[0])]  # type: ignore[attr-defined]
        self.fields["set_code"].choices = [("", _("Chưa rõ")), *set_groups(self.instance.set_code, "")]  # type: ignore[attr-defined]

    field_order = ("unit",)

    def _post_clean(self) -> None:
        """The row stays as it is: the domain function writes and checks."""

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("unit", *FACTS)}
