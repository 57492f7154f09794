"""Products: made and changed, each with its place among the sets of the law."""

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.orgs.models import User
from ocop.refusals import second_is_told
from ocop.regulations import CriteriaSet, Regime
from products import law
from products.models import Dossier, DossierState, Producer, Product
from products.models.dossier import FINISHED
from products.people import as_whom, demand
from products.producers.eligibility import decision_of, may_bring

CHANGED = ("name", "set_code", "specification", "description")


@transaction.atomic
def make_product(
    producer: Producer,
    *,
    name: str,
    set_code: str,
    by: User,
    specification: str = "",
    description: str = "",
) -> Product:
    """A product of this producer; ValidationError where the set is unknown or not open to its kind."""
    demand(by, "products.change_product", producer)
    product = Product(
        producer=producer, unit=producer.unit, name=name.strip(), set_code=set_code,
        specification=specification, description=description,
    )  # fmt: skip
    _check(product)
    with second_is_told(partial(_check, product)):
        product.save(force_insert=True)
    record("product.create", product, by=by, role=as_whom(by, product))
    return product


@transaction.atomic
def change_product(product: Product, facts: Mapping[str, Any], *, by: User) -> Product:
    """New facts of the product, until it is recognised or lies at an office."""
    demand(by, "products.change_product", product)
    fresh = Product.objects.select_for_update(of=("self",)).filter(pk=product.pk).first()
    if fresh is None:
        raise ValidationError(_("Người khác vừa bỏ sản phẩm này."), code="stale")
    if reason := why_fixed(fresh):
        raise ValidationError(reason)
    changed = [name for name in CHANGED if name in facts and getattr(fresh, name) != facts[name]]
    for name in changed:
        setattr(fresh, name, facts[name])
    _check(fresh)
    if "set_code" in changed and Dossier.objects.filter(product=fresh).exclude(state__in=FINISHED).exists():
        raise ValidationError(
            {"set_code": _("Sản phẩm đã có hồ sơ theo bộ tiêu chí cũ; rút hồ sơ trước khi đổi bộ.")}
        )
    if changed:
        with second_is_told(partial(_check, fresh)):
            fresh.save(update_fields=changed)
        record("product.change", fresh, by=by, role=as_whom(by, fresh), data={"fields": changed})
    return fresh


def why_fixed(product: Product) -> str:
    """Why nobody may change the product now, or "". What is recognised changes with its next dossier (Điều 6)."""
    states = set(Dossier.objects.filter(product=product).values_list("state", flat=True))
    if states & AT_OFFICE:
        return _("Hồ sơ của sản phẩm đang được xem xét nên chưa sửa được.")
    if DossierState.RECOGNISED in states and states <= FINISHED:
        return _(
            "Sản phẩm đã được công nhận: thay đổi đi cùng hồ sơ lần sau, hãy lập hồ sơ từ giấy chứng nhận trước."
        )
    return ""


def place_anew(product: Product, set_code: str, regime: Regime, *, by: User) -> None:
    """The product's set under another law; the caller holds its lock. ValidationError where it is none of that law."""
    if set_code not in {it.code for it in law.law().sets_of(regime.code)}:
        raise ValidationError({"set_code": _("Hãy chọn bộ tiêu chí của sản phẩm.")})
    before, product.set_code = product.set_code, set_code
    _check(product)
    product.save(update_fields=["set_code"])
    data = {"fields": ["set_code"], "from": before}
    record("product.change", product, by=by, role=as_whom(by, product), data=data)


AT_OFFICE = {DossierState.SUBMITTED, DossierState.REPORTED, DossierState.FORWARDED, DossierState.ACCEPTED}


def set_choices(on: dt.date | None = None, kind: str = "") -> list[tuple[str, list[CriteriaSet]]]:
    """The sets of the regime in force by category, for this kind of producer where one is named."""
    regime = law.regime_on(on or timezone.localdate())
    by_category: dict[str, list[CriteriaSet]] = {}
    for it in law.law().sets_of(regime.code):
        if not kind or may_bring(kind, it.category.code):
            by_category.setdefault(it.category.name, []).append(it)
    return list(by_category.items())


def _check(product: Product) -> None:
    found = law.law().sets.get(product.set_code)
    if found is None:
        raise ValidationError({"set_code": _("Hãy chọn bộ tiêu chí của sản phẩm.")})
    if not may_bring(product.producer.kind, found.category.code):
        words = _("%(kind)s chỉ tham gia với dịch vụ du lịch (Điều 2 %(decision)s).")
        facts = {"kind": product.producer.get_kind_display(), "decision": decision_of()}
        raise ValidationError({"set_code": words % facts})
    product.full_clean(exclude=["sort_key", "name_ascii"])
