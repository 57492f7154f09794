"""What the lists can be narrowed by."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.models import Round
from products.models import DossierState, ProducerState
from products.vault.home import STATES

DUES = [("", _("Mọi thời hạn")), ("soon", _("Sắp hết hoặc đã quá")), ("late", _("Đã quá"))]


class DossierFilter(forms.Form):
    q = forms.CharField(label=_("Tìm"), required=False)
    state = forms.ChoiceField(
        label=_("Đang ở"), required=False, choices=[("", _("Mọi bước")), *DossierState.choices]
    )
    round = forms.ModelChoiceField(
        Round.objects.none(), label=_("Đợt"), required=False, empty_label=_("Mọi đợt")
    )
    due = forms.ChoiceField(label=_("Thời hạn"), required=False, choices=DUES)

    def __init__(self, *args: Any, rounds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = rounds  # type: ignore[attr-defined]


class ProducerFilter(forms.Form):
    q = forms.CharField(label=_("Tìm"), required=False)
    state = forms.ChoiceField(
        label=_("Trạng thái"), required=False, choices=[("", _("Mọi trạng thái")), *ProducerState.choices]
    )


class ProductFilter(forms.Form):
    q = forms.CharField(label=_("Tìm"), required=False)


class VaultFilter(forms.Form):
    q = forms.CharField(label=_("Tìm"), required=False)
    kind = forms.ChoiceField(label=_("Loại giấy tờ"), required=False)
    state = forms.ChoiceField(
        label=_("Tình trạng"), required=False, choices=[("", _("Mọi tình trạng")), *STATES]
    )

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Mọi loại")), *kinds]  # type: ignore[attr-defined]
