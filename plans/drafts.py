"""Writing a draft: the plan and its targets are saved together or not at all."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.orgs.models import User
from plans.models import Plan, Target

FIELDS = ("unit", "year", "title", "bases", "purpose")


@transaction.atomic
def write_draft(plan: Plan, targets: Iterable[Target] | None, *, by: User) -> Plan:
    """Save the draft; `targets` replace those it had, in their order (None leaves them).

    Raises PermissionDenied without the right in its unit, ValidationError once it is issued.
    """
    if not by.has_perm("plans.change_plan", plan):
        raise PermissionDenied
    is_new = plan.pk is None
    if is_new:
        plan.created_by = by
    else:
        _demand_draft(plan, by)
    plan.full_clean(exclude=["created_by", "paper", "scan"])
    if is_new:
        plan.save(force_insert=True)
    else:
        plan.save(update_fields=FIELDS)
    if targets is not None:
        _replace(plan, targets)
    record("plan.create" if is_new else "plan.change", plan, by=by)
    return plan


def _demand_draft(plan: Plan, by: User) -> None:
    """An issued plan changes only by another plan; the row is locked, as the leader may be issuing it now."""
    stored = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if not by.has_perm("plans.change_plan", stored):
        raise PermissionDenied
    if not stored.is_draft:
        raise ValidationError(_("Kế hoạch đã ban hành không sửa được nữa; hãy lập kế hoạch điều chỉnh."))


def _replace(plan: Plan, targets: Iterable[Target]) -> None:
    plan.targets.all().delete()
    rows = list(targets)
    for order, target in enumerate(rows):
        target.plan, target.order = plan, order
        target.clean()
    Target.objects.bulk_create(rows)
