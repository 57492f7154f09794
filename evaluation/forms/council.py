"""Forms of council work; what refuses is said by the domain functions, once for page and API."""

import datetime as dt
from fractions import Fraction
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.councils.making import CHANGE
from evaluation.models import Council, Meeting, Seat, SeatRole, TeamReport
from evaluation.rules import CouncilRules, read_rules, rules_json
from ocop.orgs.models import OrgUnit, User
from ocop.orgs.rights import covered_paths
from ocop.tenancy.scope import active_tenant_id
from plans.models import Round
from products.law import law, regime_on

STARS = [("", "—"), *((str(n), _("%(n)s sao") % {"n": n}) for n in (1, 2, 3, 4, 5))]


class ReportForm(forms.ModelForm):
    """The advisory team's report."""

    class Meta:
        model = TeamReport
        fields = ("findings", "proposal", "proposed_stars")
        widgets = {
            "findings": forms.Textarea(attrs={"rows": 8}),
            "proposal": forms.Textarea(attrs={"rows": 4}),
            "proposed_stars": forms.Select(choices=STARS),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A draft may wait; what goes before the council says both."""
        super().__init__(*args, **kwargs)
        for name in ("findings", "proposal"):
            self.fields[name].widget.attrs["aria-required"] = "true"


class PersonField(forms.ModelChoiceField):
    """One of the people known in this tenant."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.none(), **kwargs)

    def fill(self) -> None:
        people = User.objects.filter(tenants=active_tenant_id(), is_active=True)
        self.queryset = people.order_by("persons__name", "username").distinct()
        names = dict(people.filter(persons__tenant=active_tenant_id()).values_list("pk", "persons__name"))
        self.label_from_instance = lambda user: names.get(user.pk, user.username)  # type: ignore[method-assign,assignment]


class HomeField(forms.ModelChoiceField):
    """The unit somebody works at, where it is not the council's: shown with the name, it gives no right."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Đơn vị công tác"),
            help_text=_("Khi người giữ ghế thuộc cơ quan khác; chỉ để ghi tên, không thêm quyền."),
            queryset=OrgUnit.objects.none(),
            required=False,
        )

    def fill(self) -> None:
        self.queryset = OrgUnit.objects.all()


class CouncilForm(forms.ModelForm):
    """A draft: of which unit, under which decision, from when."""

    unit = forms.ModelChoiceField(label=_("Cơ quan thành lập"), queryset=OrgUnit.objects.none())
    regime = forms.ChoiceField(label=_("Theo quyết định"))

    class Meta:
        model = Council
        fields = ("unit", "regime", "name", "starts_on", "ends_on")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = {tier.unit_kind for it in law().regimes.values() for tier in it.tiers if tier.scores}
        self.fields["unit"].queryset = OrgUnit.objects.filter(  # type: ignore[attr-defined]
            _covered(user), kind__in=kinds
        )
        self.fields["regime"].choices = [  # type: ignore[attr-defined]
            (it.code, it.decision)
            for it in sorted(law().regimes.values(), key=lambda it: it.files_from, reverse=True)
        ]
        if not self.instance.pk:
            here = self.fields["unit"].queryset.open_on(timezone.localdate())  # type: ignore[attr-defined]
            self.initial = {
                **self.initial,
                "unit": here.first(),
                "regime": regime_on(timezone.localdate()).code,
            }


class SeatForm(forms.ModelForm):
    """One seat."""

    user = PersonField(label=_("Người giữ ghế"))
    unit = HomeField()

    class Meta:
        model = Seat
        fields = ("user", "role", "agency", "unit", "votes")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].fill()  # type: ignore[attr-defined]
        self.fields["agency"].required = True
        self.fields["unit"].fill()  # type: ignore[attr-defined]
        self.fields["role"].choices = SeatRole.choices  # type: ignore[attr-defined]


class ReplaceForm(forms.Form):
    """Who takes the seat over, from when, by which decision."""

    user = PersonField(label=_("Người thay"))
    agency = forms.CharField(label=_("Cơ quan"), max_length=200, required=False)
    unit = HomeField()
    on = forms.DateField(label=_("Từ ngày"))
    decision_number = forms.CharField(label=_("Quyết định số"), max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].fill()  # type: ignore[attr-defined]
        self.fields["user"].fill()  # type: ignore[attr-defined]


class RulesForm(forms.Form):
    """The council's own rules (Quy chế) in plain words."""

    quorum = forms.RegexField(
        r"^[1-9][0-9]?/[1-9][0-9]?$",
        label=_("Họp được khi có mặt ít nhất"),
        help_text=_("Phần thành viên chấm điểm, ví dụ 3/4 hay 2/3; tính đủ, không làm tròn xuống."),
    )
    chair_required = forms.BooleanField(label=_("Phải có mặt Chủ tịch"), required=False)
    max_spread = forms.IntegerField(
        label=_("Điểm các phiếu được chênh nhau nhiều nhất"), min_value=0, max_value=100
    )
    rescoring_rounds = forms.IntegerField(
        label=_("Chênh quá mức thì chấm lại nhiều nhất mấy lần"), min_value=0, max_value=9
    )
    missing_ballot = forms.ChoiceField(
        label=_("Phiếu không nộp"),
        choices=[
            ("wait", _("Chờ đủ phiếu của người có mặt")),
            ("leave_out", _("Kết luận trên các phiếu đã nộp, ghi vào biên bản")),
        ],
    )
    gates_on = forms.ChoiceField(
        label=_("Mức tối thiểu của từng sao xét trên"),
        choices=[
            ("mean", _("Điểm trung bình của tiêu chí")),
            ("each_ballot", _("Từng phiếu: phiếu thấp nhất cũng phải đạt")),
            ("majority", _("Quá nửa số phiếu đạt")),
            ("agreed", _("Mức Hội đồng thống nhất, ghi khi thảo luận")),
        ],
    )
    gates_cumulative = forms.BooleanField(
        label=_("Sao cao phải đạt cả mức tối thiểu của các sao thấp hơn"), required=False
    )
    fall_back = forms.ChoiceField(
        label=_("Đủ điểm mà thiếu mức tối thiểu thì"),
        choices=[
            ("highest_held", _("Xếp hạng cao nhất đạt cả điểm lẫn mức tối thiểu")),
            ("two_stars", _("Xếp 2 sao")),
        ],
    )
    recusal_required = forms.BooleanField(
        label=_("Phải khai báo xung đột lợi ích trước khi xem hồ sơ"), required=False
    )
    note_at_ends = forms.BooleanField(
        label=_("Phải ghi lý do khi cho mức thấp nhất hoặc cao nhất"), required=False
    )
    note_off_claim = forms.IntegerField(
        label=_("Phải ghi lý do khi lệch mức tự chấm của chủ thể từ mấy mức"),
        help_text=_("0 là không yêu cầu."),
        min_value=0,
        max_value=9,
    )
    may_abstain = forms.BooleanField(
        label=_("Thành viên được không cho ý kiến về một sản phẩm, có nêu lý do"), required=False
    )
    shows_lower_tiers = forms.BooleanField(
        label=_("Thành viên được xem điểm của cấp dưới khi chấm"), required=False
    )
    written_opinion = forms.BooleanField(
        label=_("Phân hạng lại được lấy ý kiến bằng văn bản"), required=False
    )
    decimals = forms.IntegerField(
        label=_("Số chữ số thập phân của điểm trung bình khi hiển thị"), min_value=0, max_value=4
    )
    minutes_each = forms.IntegerField(
        label=_("Số phút dành cho mỗi sản phẩm"),
        help_text=_("0 là không tính giờ."),
        min_value=0,
        max_value=240,
    )

    def clean_quorum(self) -> str:
        text = self.cleaned_data["quorum"]
        if Fraction(text) > 1:
            raise forms.ValidationError(_("Không thể cần nhiều hơn tất cả thành viên."))
        return str(text)

    @staticmethod
    def initial_of(rules: dict[str, Any]) -> dict[str, Any]:
        """Of rules as they are kept, with defaults for what an earlier version did not know."""
        kept = rules_json(read_rules(rules))
        return {**kept, "max_spread": int(Fraction(kept["max_spread"]))}

    def rules(self, council: Council) -> CouncilRules:
        """What was filled in, over what the form does not ask."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "basis"}
        return read_rules({**council.rules, **given})


class NewRulesForm(RulesForm):
    """A change of the rules of a council that stands: by which paper."""

    basis = forms.CharField(
        label=_("Căn cứ sửa đổi"),
        help_text=_("Số, ngày của văn bản ban hành hoặc sửa đổi Quy chế."),
        max_length=200,
        required=False,
    )


class MeetingForm(forms.ModelForm):
    """When and where the council meets, for which round."""

    round = forms.ModelChoiceField(label=_("Đợt đánh giá"), queryset=Round.objects.none())
    held_on = forms.DateField(label=_("Ngày họp"))
    from_time = forms.TimeField(label=_("Từ giờ"), help_text=_("Ví dụ 08:00"))
    field_order = ("round", "held_on", "from_time", "place")

    class Meta:
        model = Meeting
        fields = ("round", "place")

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = rounds_of(council)  # type: ignore[attr-defined]

    def held_at(self) -> dt.datetime:
        """The moment in local time."""
        given = self.cleaned_data
        return timezone.make_aware(dt.datetime.combine(given["held_on"], given["from_time"]))


def _covered(user: User) -> Q:
    """The units whose councils the user may draw up."""
    where = Q(pk__in=[])
    for path in covered_paths(user, CHANGE):
        where |= Q(path__startswith=path)
    return where


def rounds_of(council: Council) -> Any:
    """Those of the council's unit and the ones above it."""
    return Round.objects.filter(unit__in=_line(council.unit))


def _line(unit: OrgUnit) -> list[int]:
    return [int(key) for key in unit.path.strip("/").split("/")]
