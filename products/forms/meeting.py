"""The meeting of the commune's sections: when, who led it, and a row for each who took part."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from products.desks.meeting import Said
from products.models import SectionsMeeting

MOST = 30


class MeetingForm(forms.Form):
    held_on = forms.DateField(label=_("Ngày họp"))
    chaired_by = forms.CharField(label=_("Người chủ trì"), max_length=200)
    conclusion = forms.CharField(
        label=_("Kết luận"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class OpinionForm(forms.Form):
    section = forms.CharField(label=_("Bộ phận"), max_length=200)
    name = forms.CharField(label=_("Người dự"), max_length=200)
    opinion = forms.CharField(
        label=_("Ý kiến"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class Opinions(forms.BaseFormSet):
    """An empty row says nothing: blanking one takes it out."""

    default_error_messages = {
        **forms.BaseFormSet.default_error_messages,
        "too_many_forms": ngettext_lazy(
            "Nhiều nhất %(num)d người dự.", "Nhiều nhất %(num)d người dự.", "num"
        ),
    }

    def initial_form_count(self) -> int:
        """What was sent stands for itself, whatever is kept meanwhile."""
        return 0 if self.is_bound else super().initial_form_count()

    def said(self) -> list[Said]:
        kept = [it.cleaned_data for it in self.forms if it.cleaned_data]
        return [Said(it["section"], it["name"], it["opinion"]) for it in kept]

    def clean(self) -> None:
        if not any(self.errors) and not self.said():
            raise ValidationError(_("Ghi ít nhất một người dự họp."))


OpinionFormSet = forms.formset_factory(
    OpinionForm, formset=Opinions, extra=3, max_num=MOST, absolute_max=MOST
)


def meeting_forms(kept: SectionsMeeting | None, data: Any = None) -> tuple[MeetingForm, Opinions]:
    """Both as kept, or as they were sent."""
    first: dict[str, Any] = {"revision": 0}
    rows: list[dict[str, str]] = []
    if kept is not None:
        first = {name: getattr(kept, name) for name in MeetingForm.base_fields}
        rows = [{"section": it.section, "name": it.name, "opinion": it.opinion} for it in kept.opinions.all()]
    opinions: Any = OpinionFormSet(data, initial=rows if data is None else None, prefix="opinions")
    return MeetingForm(data, initial=first), opinions
