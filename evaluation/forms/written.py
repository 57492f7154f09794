"""Forms of an opinion in writing: until when, what goes to a meeting and why."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.forms.council import rounds_of
from evaluation.meetings.standing import Standing
from evaluation.models import Council
from plans.models import Round


class MomentForm(forms.Form):
    """A day and an hour, in local time."""

    on = forms.DateField(label=_("Hạn gửi phiếu"))
    hour = forms.TimeField(label=_("Giờ"), help_text=_("Ví dụ 17:00"), initial="17:00")

    def moment(self) -> dt.datetime:
        given = self.cleaned_data
        return timezone.make_aware(dt.datetime.combine(given["on"], given["hour"]))


class NewWrittenForm(MomentForm):
    """Which round is asked about, until when."""

    round = forms.ModelChoiceField(label=_("Đợt đánh giá"), queryset=Round.objects.none())
    field_order = ("round", "on", "hour")

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = rounds_of(council)  # type: ignore[attr-defined]


class DeadlineForm(MomentForm):
    """Another deadline; once it was sent, with the reason."""

    note = forms.CharField(
        label=_("Lý do gia hạn"),
        help_text=_("Bắt buộc khi đã gửi lấy ý kiến."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )


class CallForm(forms.Form):
    """Why a member wants the council to meet on a product."""

    reason = forms.CharField(label=_("Vì sao cần họp"), widget=forms.Textarea(attrs={"rows": 4}))


class ReferForm(MomentForm):
    """Which products, when and where the council meets on them."""

    assessments = forms.MultipleChoiceField(
        label=_("Sản phẩm đưa ra phiên họp"), widget=forms.CheckboxSelectMultiple
    )
    place = forms.CharField(label=_("Địa điểm"), max_length=300, required=False)
    note = forms.CharField(
        label=_("Vì sao cần họp"),
        help_text=_("Bắt buộc khi không có ý kiến khác nhau và không ai đề nghị họp."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    field_order = ("assessments", "on", "hour", "place", "note")

    def __init__(self, *args: Any, standings: list[Standing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assessments"].choices = [  # type: ignore[attr-defined]
            (str(it.item.assessment_id), str(it.item.assessment)) for it in standings
        ]
        self.fields["on"].label = _("Ngày họp")
        self.fields["hour"].label = _("Từ giờ")
        self.fields["hour"].help_text = _("Ví dụ 08:00")
        self.fields["hour"].initial = "08:00"
