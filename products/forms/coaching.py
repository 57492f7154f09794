"""One entry of the coaching log."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.files.kinds import ACCEPT
from products.coaching.log import FACTS
from products.models import CoachingVisit


class CoachingForm(forms.ModelForm):
    about = forms.ChoiceField(label=_("Về"), required=False)
    file = forms.FileField(
        label=_("Ảnh hoặc bản quét"), required=False, widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=_("Ảnh chụp tại chỗ, hoặc biên bản đã ký: PDF, JPEG, PNG hoặc HEIC. Chủ thể và cán bộ phụ trách xem được."),
    )  # fmt: skip
    field_order = ("kind", "on", "about", "advice", "file", "next_step", "next_on", "others")

    class Meta:
        model = CoachingVisit
        fields = FACTS
        labels = {"kind": _("Việc"), "on": _("Ngày"), "others": _("Người cùng tham gia"), "advice": _("Nội dung hướng dẫn"),
                  "next_step": _("Việc tiếp theo của chủ thể"), "next_on": _("Trước ngày")}  # fmt: skip
        help_texts = {"others": _("Chuyên gia, đơn vị tư vấn đi cùng.")}
        widgets = {"advice": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, abouts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = abouts  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS}
