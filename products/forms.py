"""Forms of the producer's and the officers' pages; rules live in the domain functions they feed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.files.kinds import ACCEPT
from ocop.orgs.models import OrgUnit
from ocop.regulations import CriteriaSet
from plans.models import Round
from products import law
from products.fields import form_field, shown
from products.making import set_choices
from products.models import (
    DossierKind,
    DossierState,
    Producer,
    ProducerPersonal,
    ProducerState,
    Product,
    Verdict,
)
from products.registration import FACTS, PERSONAL
from products.sections import Section
from products.whole import Whole

AIMS = [(star, _("%(n)s sao") % {"n": star}) for star in (3, 4, 5)]


class ProducerForm(forms.ModelForm):
    """What the programme knows of a producer."""

    unit = forms.ModelChoiceField(OrgUnit.objects.none(), label=_("Xã, phường"), empty_label="—")

    class Meta:
        model = Producer
        fields: tuple[str, ...] = ("unit", "kind", "name", *FACTS)

    def __init__(self, *args: Any, units: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if units is None:
            del self.fields["unit"]
        else:
            self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "kind", *FACTS)}


class RegisterForm(ProducerForm):
    """Registration from outside: the producer and the account in one go; `is_known` people have an account."""

    person_name = forms.CharField(label=_("Họ và tên người đăng ký"), max_length=200)
    username = forms.CharField(
        label=_("Tên đăng nhập"), max_length=150, help_text=_("Có thể dùng số điện thoại."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )  # fmt: skip
    password = forms.CharField(
        label=_("Mật khẩu"), help_text=_("Từ 10 ký tự."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    ACCOUNT = ("person_name", "username", "password")

    class Meta(ProducerForm.Meta):
        fields = (
            "unit",
            "kind",
            "name",
            "registration_number",
            "address",
            "phone",
            "email",
            "representative",
        )

    def __init__(self, *args: Any, is_known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_known:
            for name in self.ACCOUNT:
                del self.fields[name]

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields[3:]}


class OfficerForm(ProducerForm):
    """The officer enters a producer; an account can be given at once."""

    username = forms.CharField(
        label=_("Tên đăng nhập cho chủ thể"), max_length=150, required=False,
        help_text=_("Để trống nếu chủ thể chưa dùng tài khoản; xã làm hồ sơ thay."),
    )  # fmt: skip
    password = forms.CharField(
        label=_("Mật khẩu ban đầu"), required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip


class PersonalForm(forms.ModelForm):
    class Meta:
        model = ProducerPersonal
        fields = PERSONAL


class ProductForm(forms.ModelForm):
    """A product and its place in the sets of the regime in force."""

    set_code = forms.ChoiceField(label=_("Ngành, nhóm sản phẩm"))

    class Meta:
        model = Product
        fields = ("name", "set_code", "specification", "description")

    def __init__(self, *args: Any, producer: Producer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [
            (name, [(it.code, _set_label(it)) for it in sets])
            for name, sets in set_choices(kind=producer.kind)
        ]
        own = self.instance.set_code
        if (
            own
            and own not in {code for _name, pairs in groups for code, _label in pairs}
            and own in law.law().sets
        ):
            groups.append((str(_("Quyết định trước")), [(own, _set_label(law.criteria_set(own)))]))
        self.fields["set_code"].choices = [("", "—"), *groups]  # type: ignore[attr-defined]


def _set_label(it: CriteriaSet) -> str:
    return f"{it.set_no}. {it.name}"


class StartForm(forms.Form):
    """The kind first; then the round that takes it."""

    kind = forms.ChoiceField(label=_("Loại đánh giá"), widget=forms.RadioSelect)
    round = forms.ModelChoiceField(
        Round.objects.none(), label=_("Đợt"), empty_label=None, widget=forms.RadioSelect
    )
    star_aim = forms.TypedChoiceField(label=_("Hạng sao phấn đấu"), choices=AIMS, coerce=int, initial=3)

    def __init__(self, *args: Any, kinds: list[str], rounds: list[Round], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, DossierKind(kind).label) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["round"].queryset = Round.objects.filter(pk__in=[it.pk for it in rounds])  # type: ignore[attr-defined]
        if len(kinds) == 1:
            self.fields["kind"].initial = kinds[0]
        if len(rounds) == 1:
            self.fields["round"].initial = rounds[0]


def section_form(whole: Whole, section: Section, data: Any = None) -> forms.Form:
    """The form of one section, with what is kept; a draft's field may stay empty, yet shows whether it is asked."""
    asked, kept = whole.fields(section), whole.values(section)
    fields = {it.key: form_field(it) for it in asked}
    form: forms.Form = type("SectionForm", (forms.Form,), {**fields, "use_required_attribute": False})(
        data, initial={it.key: shown(it, kept.get(it.key)) for it in asked}
    )
    form.full_clean()
    for it in asked:
        form.fields[it.key].required = it.required
    return form


class EvidenceForm(forms.Form):
    """A paper and the facts that can be read off it."""

    kind = forms.ChoiceField(label=_("Loại giấy tờ"))
    file = forms.FileField(label=_("Ảnh chụp hoặc tệp"), widget=forms.FileInput(attrs={"accept": ACCEPT}))
    title = forms.CharField(label=_("Tên giấy tờ"), max_length=300, required=False)
    number = forms.CharField(label=_("Số"), max_length=80, required=False)
    issuer = forms.CharField(label=_("Nơi cấp"), max_length=200, required=False)
    issued_on = forms.DateField(label=_("Ngày cấp"), required=False)
    expires_on = forms.DateField(label=_("Có giá trị đến"), required=False)
    criteria = forms.MultipleChoiceField(
        label=_("Chứng minh cho tiêu chí"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Để trống thì gắn theo danh mục của quyết định."),
    )  # fmt: skip

    def __init__(self, *args: Any, whole: Whole, with_file: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "—"), *((it.code, it.name) for it in whole.regime.evidence)]  # type: ignore[attr-defined]
        self.fields["criteria"].choices = [(it.code, f"{it.code} {it.name}") for it in whole.set.criteria]  # type: ignore[attr-defined]
        if not with_file:
            del self.fields["file"]

    def facts(self) -> dict[str, Any]:
        return {
            name: self.cleaned_data[name] for name in ("title", "number", "issuer", "issued_on", "expires_on")
        }


class CheckForm(forms.Form):
    """One item's verdict."""

    verdict = forms.ChoiceField(label=_("Kết quả"), choices=Verdict.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Nhận xét"), max_length=500, required=False)


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
