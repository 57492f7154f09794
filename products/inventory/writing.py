"""One row of the inventory by hand: written, mended, taken out while nothing has come of it."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.orgs.models import User
from ocop.refusals import second_is_told
from products import law
from products.inventory.likeness import is_there
from products.models import Potential
from products.models.potential import CHANGE
from products.people import demand

FACTS = (
    "name", "set_code", "producer_name", "producer_kind", "phone", "scale", "strengths", "description",
)  # fmt: skip


@transaction.atomic
def write_potential(facts: Mapping[str, Any], *, by: User) -> Potential:
    """A new row of a commune; ValidationError where the commune has it already."""
    row = Potential(**{name: facts[name] for name in ("unit", *FACTS) if name in facts})
    demand(by, CHANGE, row)
    _check(row)
    with second_is_told(partial(_check, row)):
        row.set_keys().save(force_insert=True)
    record("potential.create", row, by=by)
    return row


@transaction.atomic
def change_potential(potential: Potential, facts: Mapping[str, Any], *, by: User) -> Potential:
    """New facts, until an idea has come of it: from then on they are the idea's."""
    fresh = _locked(potential, by)
    changed = [name for name in ("unit", *FACTS) if name in facts and getattr(fresh, name) != facts[name]]
    for name in changed:
        setattr(fresh, name, facts[name])
    demand(by, CHANGE, fresh)  # in the commune that it moves to as well
    _check(fresh)
    if changed:
        with second_is_told(partial(_check, fresh)):
            fresh.set_keys().save(update_fields=[*changed, "sort_key", "name_ascii", "producer_ascii"])
        record("potential.change", fresh, by=by, data={"fields": changed})
    return fresh


@transaction.atomic
def remove_potential(potential: Potential, *, by: User) -> None:
    """Out of the inventory, by mistake or because it is no more; the log keeps that it was there."""
    fresh = _locked(potential, by)
    record("potential.remove", fresh, by=by, note=fresh.name)
    fresh.delete()


def _locked(potential: Potential, by: User) -> Potential:
    fresh = (
        Potential.objects.select_for_update(of=("self",))
        .select_related("unit")
        .filter(pk=potential.pk)
        .first()
    )
    if fresh is None:
        raise ValidationError(_("Người khác vừa đưa dòng này ra khỏi danh mục."))
    demand(by, CHANGE, fresh)
    if fresh.idea_id is not None:
        raise ValidationError(_("Đã thành ý tưởng: hãy sửa ở trang ý tưởng."))
    return fresh


def _check(row: Potential) -> None:
    row.set_keys()
    if row.set_code and row.set_code not in law.law().sets:
        raise ValidationError({"set_code": _("Hãy chọn bộ tiêu chí của sản phẩm.")})
    row.full_clean(exclude=["source", "idea"], validate_constraints=False)
    if is_there(row):
        raise ValidationError({"name": _("Danh mục của xã đã có sản phẩm này của chủ thể này.")})
