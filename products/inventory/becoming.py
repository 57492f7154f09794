"""A product of the inventory becomes an idea, without retyping."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.orgs.models import User
from products.models import Idea, Potential
from products.models.potential import CHANGE
from products.people import demand


def from_inventory(potential: Potential) -> dict[str, Any]:
    """What the inventory knows, as the form of an idea asks for it."""
    return {
        "unit": potential.unit_id,
        "producer_name": potential.producer_name,
        "kind": potential.producer_kind or "household",
        "phone": potential.phone,
        "name": potential.name,
        "set_code": potential.set_code,
        "description": potential.description,
        "strengths": potential.strengths,
        "scale": potential.scale,
    }


@transaction.atomic
def become(potential: Potential, idea: Idea, *, by: User) -> Potential:
    """Tie it to its idea; ValidationError where another officer was faster."""
    fresh = Potential.objects.select_for_update(of=("self",)).get(pk=potential.pk)
    demand(by, CHANGE, fresh)
    if fresh.idea_id is not None:
        raise ValidationError(_("Người khác vừa ghi sản phẩm này thành ý tưởng."))
    fresh.idea = idea
    fresh.save(update_fields=["idea"])
    record("potential.become", fresh, by=by, data={"idea": idea.pk})
    return fresh
