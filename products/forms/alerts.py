"""The days before a paper ends on which its people are told."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class DaysField(forms.CharField):
    """Numbers of days as a person writes them: "90, 30, 7"."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[int]:
        parts = [it for it in re.split(r"[\s,;]+", super().clean(value)) if it]
        if not all(re.fullmatch(r"[0-9]{1,4}", it) for it in parts):
            raise ValidationError(_("Hãy ghi các mốc bằng chữ số, cách nhau bằng dấu phẩy."))
        return [int(it) for it in parts]


class AlertDaysForm(forms.Form):
    days = DaysField(
        label=gettext_lazy("Nhắc trước khi hết hạn (ngày)"),
        max_length=60,
        help_text=gettext_lazy(
            "Các mốc cách nhau bằng dấu phẩy, ví dụ: 90, 30, 7. Ngày đã hết hạn luôn được nhắc."
        ),
    )
