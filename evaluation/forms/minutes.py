"""What the secretary writes into the minutes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evaluation.models import AgendaItem


class NoteForm(forms.Form):
    """On one product she may see, or on the meeting as a whole."""

    item = forms.ChoiceField(label=_("Về"), required=False)
    text = forms.CharField(label=_("Nội dung"), widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, items: list[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        self.fields["item"].choices = [  # type: ignore[attr-defined]
            ("", _("Cả phiên họp")),
            *((str(item.pk), str(item.assessment)) for item in items),
        ]

    def clean_item(self) -> AgendaItem | None:
        return next((it for it in self.items if str(it.pk) == self.cleaned_data["item"]), None)


class RewordForm(forms.Form):
    """Nothing written takes the note out of the minutes."""

    text = forms.CharField(
        label=_("Nội dung"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Để trống là rút khỏi biên bản. Bản cũ vẫn được giữ."),
    )
