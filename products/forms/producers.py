"""A producer, its people, the account that comes with it."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ocop.files.kinds import ACCEPT_EVIDENCE, SIZES_OF_EVIDENCE
from ocop.orgs.models import OrgUnit, User
from ocop.regulations import SizeRule
from products.forms.asking import ask
from products.models import MemberRole, Producer, ProducerPersonal, ProducerSize
from products.producers.doubles import Double
from products.producers.facts import CONFIRMED, FACTS, why_fixed
from products.producers.registration import PERSONAL, check_account


def _username() -> forms.CharField:
    return forms.CharField(
        label=_("Tên đăng nhập"), max_length=150, help_text=_("Có thể dùng số điện thoại."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )  # fmt: skip


def _password() -> forms.CharField:
    return forms.CharField(
        label=_("Mật khẩu"), help_text=_("Từ 10 ký tự."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip


class AsksAboutDoubles:
    """A form of a new producer that may be in the register already: one more question, then it is sent again."""

    NEW = "new"
    MEANT = _("Xin nhận %(it)s")  # what choosing one of them does
    fields: dict[str, forms.Field]
    data: Any

    def is_answered(self, doubles: list[Double], *, may_claim: bool) -> bool:
        """True where nothing is alike, or she has said which it is; else the question stands on the form."""
        if not doubles:
            return True
        choices: list[tuple[str, Any]] = []
        if may_claim:
            choices = [(str(it.producer.pk), str(self.MEANT) % {"it": it.label}) for it in doubles]
        if not any(it.by_number for it in doubles):
            choices.append((self.NEW, _("Không phải các chủ thể trên, thêm chủ thể mới")))
        if not choices:
            return True  # the number is refused at its field
        self.fields["double"] = forms.ChoiceField(
            label=_("Chủ thể này có thể đã có trong sổ"), choices=choices, widget=forms.RadioSelect
        )
        if self.answer() in dict(choices):
            return True
        self.add_error("double", _("Có thể đã có trong sổ: hãy chọn một mục."))  # type: ignore[attr-defined]
        return False

    def answer(self) -> str:
        """A producer's key, or NEW."""
        return str(self.data.get("double", ""))


class ProducerForm(forms.ModelForm):
    """What the programme knows of a producer."""

    unit = forms.ModelChoiceField(OrgUnit.objects.none(), label=_("Xã, phường"), empty_label="—")

    class Meta:
        model = Producer
        fields: tuple[str, ...] = ("unit", "kind", "name", *FACTS)

    def __init__(self, *args: Any, units: Any = None, fixed: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in fixed:  # what was confirmed stands as it is, whatever is sent
            self.fields[name].disabled, self.fields[name].help_text = True, why_fixed()
        if units is None:
            del self.fields["unit"]
        else:
            self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "kind", *FACTS)}


class RegisterForm(AsksAboutDoubles, ProducerForm):
    """Registration from outside: the producer and the account in one go; `is_known` people have an account."""

    person_name = forms.CharField(label=_("Họ và tên người đăng ký"), max_length=200)
    username = _username()
    password = _password()
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

    def clean(self) -> dict[str, Any]:
        """The account's faults stand beside the producer's: nobody sends a form twice to hear of both."""
        given = super().clean() or self.cleaned_data
        if given.get("password"):
            user = User(username=given.get("username", "").strip(), email=given.get("email", ""))
            try:
                check_account(user, given["password"])
            except ValidationError as wrong:
                for name in self.fields.keys() & given.keys() & wrong.error_dict.keys():
                    self.add_error(name, wrong.error_dict[name])
        return given

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields[3:]}


class OfficerForm(AsksAboutDoubles, ProducerForm):
    """The officer enters a producer; an account can be given at once."""

    username = forms.CharField(
        label=_("Tên đăng nhập cho chủ thể"), max_length=150, required=False,
        help_text=_("Để trống nếu chủ thể chưa dùng tài khoản; xã làm hồ sơ thay."),
    )  # fmt: skip
    password = forms.CharField(
        label=_("Mật khẩu ban đầu"), required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip


class PersonForm(forms.Form):
    """Somebody who is to act for the producer: found by login name or e-mail, else invited."""

    who = forms.CharField(
        label=_("Tên đăng nhập hoặc thư điện tử"), max_length=254,
        help_text=_("Chưa có tài khoản thì nhập thư điện tử: lời mời được gửi tới đó."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )  # fmt: skip
    name = forms.CharField(
        label=_("Họ và tên"), max_length=200, required=False, help_text=_("Cần khi gửi lời mời.")
    )
    role = forms.ChoiceField(label=_("Vai trò"), widget=forms.RadioSelect)
    ends_on = forms.DateField(
        label=_("Đến hết ngày"), required=False, help_text=_("Bắt buộc với tư vấn; chủ sở hữu để trống.")
    )

    def __init__(self, *args: Any, with_owner: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [pair for pair in MemberRole.choices if with_owner or pair[0] != MemberRole.OWNER]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]


class CorrectionForm(forms.ModelForm):
    """What the register should say, and why; what is left as it stands is not asked for."""

    note = forms.CharField(
        label=_("Sai ở đâu, căn cứ vào giấy tờ nào"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta:
        model = Producer
        fields = CONFIRMED

    def wanted(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in CONFIRMED}

    def validate_constraints(self) -> None:
        """The domain function says whose number it is."""


class EndForm(forms.Form):
    note = forms.CharField(label=_("Lý do"), max_length=300, required=False)


class NewAccountForm(forms.Form):
    """The account of one who was invited."""

    person_name = forms.CharField(label=_("Họ và tên"), max_length=200)
    username = _username()
    password = _password()


class PersonalForm(forms.ModelForm):
    class Meta:
        model = ProducerPersonal
        fields = PERSONAL

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask(self, "gender", "ethnicity", "permanent_address")


class LegalPaperForm(forms.Form):
    """A paper of the legal form, with what can be read off it."""

    file = forms.FileField(
        label=_("Ảnh chụp hoặc tệp"),
        widget=forms.FileInput(attrs={"accept": ACCEPT_EVIDENCE}),
        help_text=SIZES_OF_EVIDENCE,
    )
    number = forms.CharField(label=_("Số"), max_length=80, required=False)
    issuer = forms.CharField(label=_("Nơi cấp"), max_length=200, required=False)
    issued_on = forms.DateField(label=_("Ngày cấp"), required=False)
    expires_on = forms.DateField(
        label=_("Có giá trị đến"), required=False, help_text=_("Để trống nếu giấy không ghi hạn.")
    )

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("number", "issuer", "issued_on", "expires_on")}


class SizeForm(forms.ModelForm):
    """The year's figures that the law's limits are held against."""

    sector = forms.ChoiceField(label=_("Lĩnh vực"), widget=forms.RadioSelect)

    class Meta:
        model = ProducerSize
        fields = ("year", "sector", "workers", "revenue", "capital")

    def __init__(self, *args: Any, rule: SizeRule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sector"].choices = [(it.code, it.name) for it in rule.sectors]  # type: ignore[attr-defined]
        for name in ("workers", "revenue", "capital"):
            self.fields[name].localize = True
            self.fields[name].widget.is_localized = True
