"""An idea in few fields, the window and rules of a plan, the marks of a screening."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import OrgUnit
from products.forms.producers import AsksAboutDoubles
from products.forms.products import set_groups
from products.ideas.screening import LONGEST, MARK_WORDS, STARS
from products.models import Idea, IdeaState, IdeaWindow, ProducerKind, SelectionRule


class IdeaForm(forms.ModelForm):
    """What a phone asks: a name and what it is; the rest may follow."""

    set_code = forms.ChoiceField(
        label=_("Ngành, nhóm sản phẩm"),
        required=False,
        help_text=_("Chưa rõ thì để trống, cán bộ sẽ giúp chọn."),
    )

    class Meta:
        model = Idea
        fields = ("name", "description", "strengths", "scale", "set_code")
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "strengths": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "strengths": _("Khác sản phẩm nơi khác ở chỗ nào, vì sao chỉ nơi này có."),
            "scale": _("Ví dụ 2 ha, 300 kg một năm, 5 người làm."),
        }

    def __init__(
        self, *args: Any, kind: str = "", windows: list[IdeaWindow] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = set_groups(self.instance.set_code, kind)
        self.fields["set_code"].choices = [("", _("Chưa rõ")), *choices]  # type: ignore[attr-defined]
        if windows and len(windows) > 1:
            self.fields["window"] = forms.ModelChoiceField(
                IdeaWindow.objects.filter(pk__in=[it.pk for it in windows]), label=_("Theo kế hoạch"),
                empty_label=None, initial=windows[-1], widget=forms.RadioSelect,
            )  # fmt: skip
            self.fields["window"].label_from_instance = lambda it: f"{it.plan.title} ({it.unit})"  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class OfficerIdeaForm(AsksAboutDoubles, IdeaForm):
    """The officer writes it down for somebody who is not in the register yet: who she is comes first."""

    MEANT = _("Ghi cho %(it)s")
    unit = forms.ModelChoiceField(OrgUnit.objects.none(), label=_("Xã, phường"), empty_label=None)
    producer_name = forms.CharField(label=_("Tên chủ thể"), max_length=300)
    kind = forms.ChoiceField(
        label=_("Loại hình"), choices=ProducerKind.choices, initial=ProducerKind.HOUSEHOLD
    )
    phone = forms.CharField(label=_("Điện thoại"), max_length=20, required=False)
    field_order = ("unit", "producer_name", "kind", "phone", *IdeaForm.Meta.fields)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class IdeaFilter(forms.Form):
    q = forms.CharField(label=_("Tìm"), required=False)
    state = forms.ChoiceField(
        label=_("Trạng thái"), required=False, choices=[("", _("Mọi trạng thái")), *IdeaState.choices]
    )
    window = forms.ModelChoiceField(
        IdeaWindow.objects.none(), label=_("Năm"), required=False, empty_label=_("Mọi năm")
    )
    unit = forms.ModelChoiceField(
        OrgUnit.objects.none(), label=_("Xã, phường"), required=False, empty_label=_("Mọi xã, phường")
    )

    def __init__(self, *args: Any, windows: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["window"].queryset = windows  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class WindowForm(forms.ModelForm):
    class Meta:
        model = IdeaWindow
        fields = ("opens_on", "closes_on", "chooser")
        labels = {
            "opens_on": _("Nhận ý tưởng từ ngày"),
            "closes_on": _("Đến hết ngày"),
            "chooser": _("Ai chọn ý tưởng"),
        }
        widgets = {"chooser": forms.RadioSelect}


class RuleForm(forms.ModelForm):
    code = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = SelectionRule
        fields = ("code", "label", "weight", "order", "is_required", "needs_proof")
        labels = {"label": _("Tiêu chí"), "weight": _("Hệ số"), "order": _("Thứ tự ưu tiên"),
                  "is_required": _("Bắt buộc đáp ứng"), "needs_proof": _("Phải nêu căn cứ")}  # fmt: skip


class Rules(forms.BaseFormSet):
    """The rows of the rules; an empty row says nothing, one marked for removal goes."""

    def rows(self) -> list[SelectionRule]:
        names = RuleForm.Meta.fields
        return [
            SelectionRule(**{name: form.cleaned_data[name] for name in names})
            for form in self.forms
            if form.cleaned_data and form.cleaned_data.get("label") and not form.cleaned_data.get("DELETE")
        ]


RuleFormSet = forms.formset_factory(RuleForm, formset=Rules, extra=1, can_delete=True, max_num=30)


def rule_forms(rules: list[SelectionRule], data: Any = None) -> Rules:
    names = RuleForm.Meta.fields
    initial = [{name: getattr(rule, name) for name in names} for rule in rules]
    return RuleFormSet(data, initial=initial, prefix="rules")  # type: ignore[return-value]


def screening_form(rules: list[SelectionRule], kept: dict[str, Any], data: Any = None) -> forms.Form:
    """Two fields a rule, its mark and why; and the stars the officer expects."""
    fields: dict[str, forms.Field] = {}
    for rule in rules:
        fields[f"mark_{rule.code}"] = forms.ChoiceField(
            label=rule.label, choices=[(str(mark), words) for mark, words in MARK_WORDS.items()],
            widget=forms.RadioSelect, required=False,
        )  # fmt: skip
        fields[f"why_{rule.code}"] = forms.CharField(
            label=_("Căn cứ, nhận xét"),
            required=False,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
    fields["stars"] = forms.ChoiceField(
        label=_("Hạng sao dự kiến"), required=False,
        choices=[("", "—"), *((str(n), _("%(n)s sao") % {"n": n}) for n in STARS)],
    )  # fmt: skip
    for rule in rules:  # nothing is refused while it is saved; no idea is decided without
        fields[f"mark_{rule.code}"].widget.attrs["aria-required"] = "true"
        if rule.needs_proof:
            fields[f"why_{rule.code}"].widget.attrs["aria-required"] = "true"
    initial = {name: "" if (value := kept.get(name)) is None else value for name in fields}
    return type("ScreeningForm", (forms.Form,), fields)(data, initial=initial)
