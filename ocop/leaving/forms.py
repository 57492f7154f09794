"""To whom, until when, by which decision; the lines are ticked on the page itself."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.orgs.memberships import known_people
from ocop.orgs.models import User


class NamedPeople(forms.ModelChoiceField):
    """The people known here, by name and position."""

    def label_from_instance(self, user: Any) -> str:
        person = user.person
        return f"{person.name} ({person.position or user.username})" if person else user.username


class HandOverForm(forms.Form):
    successor = NamedPeople(label=_("Người nhận"), queryset=User.objects.none())
    last_day = forms.DateField(
        label=_("Người thôi việc làm đến hết ngày"), initial=timezone.localdate,
        help_text=_("Người nhận có quyền ngay từ hôm nay."),
    )  # fmt: skip
    decision_number = forms.CharField(label=_("Theo quyết định, văn bản số"), max_length=60)
    note = forms.CharField(
        label=_("Dặn lại"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, leaver: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = known_people().filter(is_active=True).exclude(pk=leaver.pk)
        self.fields["successor"].queryset = people.order_by("persons__name", "pk").distinct()  # type: ignore[attr-defined]
