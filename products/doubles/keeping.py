"""Two rows that stay two: said once with the reason, and taken back as easily."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.orgs.models import User
from products.doubles.finding import MERGE
from products.models import Apart, MergeKind
from products.people import demand


@transaction.atomic
def keep_apart(one: Any, other: Any, *, by: User, note: str) -> Apart:
    """Not shown as doubles any more; two officers who say it at once say it once. ValidationError without a reason."""
    for row in (one, other):
        demand(by, MERGE, row)
    if not note.strip():
        raise ValidationError({"note": _("Hãy ghi vì sao hai dòng này không phải là một.")})
    low, high = sorted((one.pk, other.pk))
    kind = MergeKind(one._meta.model_name)
    words = note.strip()[:500]
    said, is_new = Apart.objects.get_or_create(
        kind=kind, low_id=low, high_id=high, defaults={"note": words, "by": by}
    )
    if is_new:
        for row, twin in ((one, other), (other, one)):
            record(f"{kind}.keep_apart", row, by=by, note=words, data={"from": twin.pk})
    return said


@transaction.atomic
def look_again(one: Any, other: Any, *, by: User) -> None:
    """The pair is shown again."""
    for row in (one, other):
        demand(by, MERGE, row)
    low, high = sorted((one.pk, other.pk))
    kind = MergeKind(one._meta.model_name)
    if Apart.objects.filter(kind=kind, low_id=low, high_id=high).delete()[0]:
        for row, twin in ((one, other), (other, one)):
            record(f"{kind}.look_again", row, by=by, data={"from": twin.pk})


def said_of(one: Any, other: Any) -> Apart | None:
    """Who said that these two are two, and why."""
    low, high = sorted((one.pk, other.pk))
    found = Apart.objects.filter(kind=one._meta.model_name, low_id=low, high_id=high)
    return found.select_related("by").first()
