"""Forms of plans and rounds; what they may say is ruled by the models."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import OrgUnit
from plans.measures import STARS, choices
from plans.models import Plan, Round, Target
from plans.queries import units_held


def _year() -> forms.IntegerField:
    return forms.IntegerField(label=_("Năm"), min_value=2018, max_value=2100)  # the programme began in 2018


class PlanForm(forms.ModelForm):
    unit = forms.ModelChoiceField(label=_("Đơn vị ban hành"), queryset=OrgUnit.objects.none())
    year = _year()

    class Meta:
        model = Plan
        fields = ("unit", "year", "title", "bases", "purpose")
        labels = {"title": _("Tên kế hoạch"), "bases": _("Căn cứ"), "purpose": _("Mục đích, yêu cầu")}
        help_texts = {"bases": _("Mỗi căn cứ một dòng")}
        widgets = {"bases": forms.Textarea(attrs={"rows": 5}), "purpose": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("bases", "purpose"):  # a draft may wait for them, no plan is issued without
            self.fields[name].widget.attrs["aria-required"] = "true"
        units = units_held(user, "plans.change_plan")
        if self.instance.pk:
            units |= OrgUnit.objects.filter(pk=self.instance.unit_id)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if not self.instance.pk:
            self.initial.update({"year": timezone.localdate().year, "unit": units.first()})


class TargetForm(forms.ModelForm):
    measure = forms.ChoiceField(label=_("Cách đo"), choices=lambda: [("", "—"), *choices()])
    stars = forms.TypedChoiceField(
        label=_("Hạng sao"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("mọi hạng")), *((star, _("%(star)s sao") % {"star": star}) for star in STARS)],
    )

    class Meta:
        model = Target
        fields = ("label", "measure", "stars", "low", "high")
        labels = {"label": _("Chỉ tiêu"), "low": _("Ít nhất / từ"), "high": _("đến")}


class Targets(forms.BaseFormSet):
    """The rows of a draft; an empty row says nothing, a row marked for removal goes."""

    def rows(self) -> list[Target]:
        """The targets as they are to stand, in order."""
        kept = [form for form in self.forms if form.has_changed() or form.initial]
        return [
            Target(**{name: form.cleaned_data[name] for name in TargetForm.Meta.fields})
            for form in kept
            if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]


TargetFormSet = forms.formset_factory(TargetForm, formset=Targets, extra=2, can_delete=True, max_num=60)


def target_forms(plan: Plan | None, data: Any = None) -> Targets:
    """The rows of this plan, and two empty ones."""
    fields = TargetForm.Meta.fields
    initial = (
        [{name: getattr(row, name) for name in fields} for row in plan.targets.all()]
        if plan and plan.pk
        else []
    )
    return TargetFormSet(data, initial=initial, prefix="targets")  # type: ignore[return-value]


class YearForm(forms.Form):
    """For which year, and whose, the regular rounds are to be made."""

    unit = forms.ModelChoiceField(label=_("Đơn vị"), queryset=OrgUnit.objects.none())
    year = _year()

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_held(user, "plans.change_round")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.initial.setdefault("year", timezone.localdate().year)
        self.initial.setdefault("unit", units.first())


class ExtraRoundForm(forms.ModelForm):
    unit = forms.ModelChoiceField(label=_("Đơn vị tổ chức"), queryset=OrgUnit.objects.none())
    plan = forms.ModelChoiceField(label=_("Theo kế hoạch"), queryset=Plan.objects.none(), required=False,
                                  empty_label=_("không theo kế hoạch nào"))  # fmt: skip
    year = _year()

    class Meta:
        model = Round
        fields = ("unit", "plan", "year", "name", "basis", "opens_on", "cutoff_on", "ends_on")
        labels = {"name": _("Tên đợt"), "basis": _("Căn cứ mở đợt"), "opens_on": _("Nhận hồ sơ từ ngày"),
                  "cutoff_on": _("Xã đề nghị đến hết ngày"), "ends_on": _("Kết thúc đến hết ngày")}  # fmt: skip
        help_texts = {"basis": _("Văn bản cho mở đợt bổ sung: số, ngày, nơi ban hành")}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_held(user, "plans.change_round")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["plan"].queryset = Plan.objects.visible_to(user).exclude(state="draft")  # type: ignore[attr-defined]
        self.fields["basis"].required = True
        self.initial.update({"year": timezone.localdate().year, "unit": units.first()})
