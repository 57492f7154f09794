"""What the list behind a figure may be asked."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import OrgUnit
from plans.measures import STARS, Measure
from plans.models.line import units_in_line


@dataclass(frozen=True)
class Asked:
    """The filters in force; what was not asked, or not rightly, has its usual value."""

    unit: OrgUnit
    year: int
    stars: int | None
    until: dt.date | None


class MeasureForm(forms.Form):
    """A GET form: a wrong value is left out, as a typed address should still show a list."""

    year = forms.IntegerField(label=_("Năm"), required=False, min_value=2018, max_value=2100)
    stars = forms.TypedChoiceField(
        label=_("Hạng sao"), required=False, coerce=int, empty_value=None,
        choices=[("", _("mọi hạng")), *((star, _("%(star)s sao") % {"star": star}) for star in STARS)],
    )  # fmt: skip
    unit = forms.ModelChoiceField(
        label=_("Đơn vị"), queryset=OrgUnit.objects.none(), required=False, empty_label=None
    )
    until = forms.DateField(required=False, input_formats=["%Y-%m-%d"], widget=forms.HiddenInput)

    def __init__(self, data: Any, *, user: Any, measure: Measure) -> None:
        units = units_in_line(user, "plans.view_plan")
        self.root = units.order_by("path").first()
        given = data.copy()  # what is not asked shows its usual value
        given.setdefault("year", timezone.localdate().year)
        given.setdefault("unit", self.root and self.root.pk)
        super().__init__(given)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if not measure.takes_stars:
            del self.fields["stars"]

    def asked(self) -> Asked:
        self.is_valid()
        given = self.cleaned_data
        return Asked(
            given.get("unit") or self.root,
            given.get("year") or timezone.localdate().year,
            given.get("stars"),
            given.get("until"),
        )
