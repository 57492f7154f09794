"""A product and its place in the sets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.regulations import CriteriaSet
from products import law
from products.forms.asking import ask
from products.making import set_choices
from products.models import Producer, Product


class ProductForm(forms.ModelForm):
    """A product and its place in the sets of the regime in force."""

    set_code = forms.ChoiceField(label=_("Ngành, nhóm sản phẩm"))

    class Meta:
        model = Product
        fields = ("name", "set_code", "specification", "description")

    def __init__(self, *args: Any, producer: Producer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask(self, "specification", "description")
        choices = set_groups(self.instance.set_code, producer.kind)
        self.fields["set_code"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]


def set_groups(own: str, kind: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The sets in force by category for this kind of producer, and the row's own where it is of an earlier law."""
    groups = [(name, [(it.code, _set_label(it)) for it in sets]) for name, sets in set_choices(kind=kind)]
    known = {code for _name, pairs in groups for code, _label in pairs}
    if own and own not in known and own in law.law().sets:
        groups.append((str(_("Quyết định trước")), [(own, _set_label(law.criteria_set(own)))]))
    return groups


def _set_label(it: CriteriaSet) -> str:
    return f"{it.set_no}. {it.name}"
