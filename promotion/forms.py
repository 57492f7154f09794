"""What the catalogue may be asked, and what an officer says of an event."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from evaluation.models import Certificate
from ocop.law import law
from ocop.orgs.models import OrgUnit, UnitSuccession
from ocop.orgs.rights import held_roles
from ocop.orgs.roles import roles_with
from promotion.models import Event
from promotion.participations import MOST_LINES
from promotion.queries import in_commune, newest, newest_in_force, sets_of_category

STARS = [("", _("mọi hạng")), (3, _("3 sao")), (4, _("4 sao")), (5, _("5 sao"))]


def _categories() -> list[tuple[str, Any]]:
    """The categories of the law in force today."""
    regime = law().regime_on(timezone.localdate())
    return [("", _("mọi nhóm")), *((it.code, it.name) for it in (regime.categories if regime else ()))]


class CatalogueForm(forms.Form):
    """A GET form: what is not understood is not asked."""

    q = forms.CharField(label=_("Tìm sản phẩm, chủ thể, số giấy"), required=False, max_length=100)
    stars = forms.TypedChoiceField(
        label=_("Hạng sao"), required=False, coerce=int, empty_value=None, choices=STARS
    )
    category = forms.ChoiceField(label=_("Nhóm sản phẩm"), required=False, choices=_categories)
    commune = forms.ModelChoiceField(
        label=_("Xã, phường"),
        queryset=OrgUnit.objects.none(),
        required=False,
        empty_label=_("mọi xã, phường"),
    )
    state = forms.ChoiceField(
        label=_("Giấy chứng nhận"),
        required=False,
        choices=[("", _("đang có hiệu lực")), ("all", _("cả đã hết hạn, thu hồi"))],
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        certified = Certificate.objects.filter(product__unit=OuterRef("pk"))
        under_earlier = UnitSuccession.objects.filter(
            later=OuterRef("pk"), earlier__products__certificates__isnull=False
        )
        today = OrgUnit.objects.open_on(timezone.localdate()).communes()
        self.fields["commune"].queryset = today.filter(Exists(certified) | Exists(under_earlier))  # type: ignore[attr-defined]

    def found(self, on: dt.date) -> Any:
        """One certificate a product: those in force on the day, or with `state=all` the last of each."""
        self.is_valid()
        asked = self.cleaned_data
        rows = newest() if asked.get("state") == "all" else newest_in_force(on)
        if asked.get("stars"):
            rows = rows.filter(stars=asked["stars"])
        if asked.get("category"):
            rows = rows.filter(product__set_code__in=sets_of_category(asked["category"]))
        if asked.get("commune"):
            rows = rows.filter(in_commune(asked["commune"]))
        return rows.search(asked.get("q") or "")


class EventForm(forms.ModelForm):
    unit = forms.ModelChoiceField(label=_("Đơn vị tổ chức"), queryset=OrgUnit.objects.none())

    class Meta:
        model = Event
        fields = ("unit", "name", "place", "starts_on", "ends_on", "least_stars")
        labels = {"name": _("Tên sự kiện"), "place": _("Địa điểm"), "starts_on": _("Từ ngày"),
                  "ends_on": _("Đến hết ngày"), "least_stars": _("Nhận sản phẩm từ mấy sao")}  # fmt: skip

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = roles_with("promotion.change_event")
        units = OrgUnit.objects.filter(
            pk__in=[held.unit.pk for held in held_roles(user) if held.role in roles]
        )
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if not self.instance.pk:
            self.initial["unit"] = units.first()


class PasteForm(forms.Form):
    """Certificate numbers or product names, one a line."""

    lines = forms.CharField(
        label=_("Số giấy chứng nhận hoặc tên sản phẩm"),
        help_text=format_lazy(_("Mỗi dòng một sản phẩm, tối đa {most} dòng"), most=MOST_LINES),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=60_000,
    )
