"""A producer, its people, the account that comes with it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import OrgUnit
from products.forms.asking import ask
from products.models import MemberRole, Producer, ProducerPersonal
from products.producers.doubles import Double
from products.producers.registration import FACTS, PERSONAL


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

    def __init__(self, *args: Any, units: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
