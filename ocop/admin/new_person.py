"""A person is made known in the tenant: with an account she has already, or with a new one and a mail to begin with."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django import forms
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ocop.orgs.memberships import make_person
from ocop.orgs.models import Person, User


class NewPersonForm(forms.ModelForm):
    """Name and address of a colleague; her roles are given afterwards."""

    username = forms.CharField(label=_("tên đăng nhập"), max_length=150, validators=[User.username_validator])
    email = forms.EmailField(label=_("thư điện tử"), help_text=_("Thư đặt mật khẩu được gửi đến đây."))

    class Meta:
        model = Person
        fields = ("name", "position", "phone")

    def clean(self) -> dict[str, Any]:
        """The account of that address is hers; a login name of somebody else's is not."""
        given = super().clean() or {}
        email, username = given.get("email", ""), given.get("username", "")
        self.known = User.objects.filter(email__iexact=email).first() if email else None
        if self.known is not None and Person.objects.filter(user=self.known).exists():
            self.add_error("email", _("Người có địa chỉ này đã có trong danh sách."))
        if self.known is None and User.objects.filter(username__iexact=username).exists():
            self.add_error("username", _("Tên đăng nhập này đã có người dùng."))
        return given

    def save_m2m(self) -> None:
        """A person has no such fields; the admin asks all the same."""

    @transaction.atomic
    def make(self, request: HttpRequest) -> Person:
        """The account where there is none, the person, and the mail with which she sets her password."""
        given, user = self.cleaned_data, self.known
        is_new = user is None
        if user is None:
            user = User(username=given["username"], email=given["email"])
            user.set_unusable_password()
            user.save(force_insert=True)
        person = make_person(user, given["name"], position=given["position"], phone=given["phone"])
        if is_new:
            _send_link(user, request)
        return person


def _send_link(user: User, request: HttpRequest) -> None:
    """Allauth's own mail for a forgotten password: a link that opens once."""
    form = ResetPasswordForm(data={"email": user.email})
    if form.is_valid():
        form.save(request)
