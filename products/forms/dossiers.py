"""A dossier: its start, its sections, what an office finds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.models import Round
from products.dossiers.fields import form_field, shown
from products.dossiers.filing import needs_set
from products.dossiers.sections import Section
from products.dossiers.whole import Whole
from products.forms.products import set_groups
from products.models import Condition, DossierKind, MoveKind, Product, Verdict
from products.models.sample import GONE, MOST

AIMS = [(star, _("%(n)s sao") % {"n": star}) for star in (3, 4, 5)]


class RefileForm(forms.Form):
    """The round that takes the dossier."""

    round = forms.ModelChoiceField(
        Round.objects.none(), label=_("Đợt"), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, rounds: list[Round], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = Round.objects.filter(pk__in=[it.pk for it in rounds])  # type: ignore[attr-defined]
        if len(rounds) == 1:
            self.fields["round"].initial = rounds[0]


class StartForm(RefileForm):
    """The kind first; then the round that takes it."""

    kind = forms.ChoiceField(label=_("Loại đánh giá"), widget=forms.RadioSelect)
    star_aim = forms.TypedChoiceField(label=_("Hạng sao phấn đấu"), choices=AIMS, coerce=int, initial=3)
    set_code = forms.ChoiceField(
        label=_("Ngành, nhóm sản phẩm"),
        help_text=_("Quy định hiện hành không còn bộ tiêu chí cũ của sản phẩm: chọn bộ mới."),
    )
    field_order = ("kind", "round", "star_aim")

    def __init__(self, *args: Any, product: Product, kinds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needs_set(product):
            self.fields["set_code"].choices = [("", "—"), *set_groups("", product.producer.kind)]  # type: ignore[attr-defined]
        else:
            del self.fields["set_code"]
        self.fields["kind"].choices = [(kind, DossierKind(kind).label) for kind in kinds]  # type: ignore[attr-defined]
        if len(kinds) == 1:
            self.fields["kind"].initial = kinds[0]


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


class CheckForm(forms.Form):
    """One item's verdict, beside what stood there when the page was made: two officers check one dossier."""

    verdict = forms.ChoiceField(
        label=_("Kết quả"), choices=Verdict.choices, widget=forms.RadioSelect, show_hidden_initial=True
    )
    note = forms.CharField(label=_("Nhận xét"), max_length=500, required=False, show_hidden_initial=True)

    def seen(self) -> tuple[str, str] | None:
        """The verdict and note that the writer had before her; None where the page did not say."""
        names = [self[name].html_initial_name for name in ("verdict", "note")]
        if names[0] not in self.data:
            return None
        return self.data[names[0]], self.data.get(names[1], "")


class SampleUseForm(forms.Form):
    """Units that leave a lot."""

    kind = forms.ChoiceField(
        label=_("Dùng vào việc gì"),
        choices=[(kind, kind.label) for kind in MoveKind if kind in GONE],
        widget=forms.RadioSelect,
    )
    count = forms.IntegerField(
        label=_("Số đơn vị mẫu"), min_value=1, max_value=MOST, localize=True,
        error_messages={"invalid": _("Hãy ghi số bằng chữ số.")},
    )  # fmt: skip
    note = forms.CharField(
        label=_("Ghi chú"), max_length=300, required=False,
        help_text=_("Nơi nhận hoặc lý do; không bắt buộc khi dùng để đánh giá."),
    )  # fmt: skip


class SampleForm(forms.Form):
    """One lot as it was handed in; a producer may bring them in several."""

    count = forms.IntegerField(
        label=_("Số đơn vị mẫu"), min_value=0, max_value=MOST, localize=True,
        error_messages={"invalid": _("Hãy ghi số bằng chữ số.")},
    )  # fmt: skip
    condition = forms.ChoiceField(label=_("Tình trạng"), choices=Condition.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Ghi chú"), max_length=300, required=False, help_text=_("Bắt buộc khi hư hỏng.")
    )


class SampleArrivalForm(SampleForm):
    """One lot as it came from the office below."""

    note = forms.CharField(
        label=_("Ghi chú"), max_length=300, required=False, help_text=_("Bắt buộc khi thiếu hoặc hư hỏng.")
    )
