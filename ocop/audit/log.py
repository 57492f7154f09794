"""Writing the log."""

from typing import Any

from django.db import models

from ocop.audit.models import Entry
from ocop.orgs.models import OrgUnit, User
from ocop.request_id import request_id


def record(
    action: str,
    obj: models.Model,
    *,
    by: User | None,
    role: str = "",
    unit: OrgUnit | None = None,
    before: str = "",
    after: str = "",
    note: str = "",
    data: dict[str, Any] | None = None,
) -> Entry:
    """Add one entry in the transaction of what it tells; `by` is None for the system's own work."""
    return Entry.objects.create(
        actor=by,
        actor_name=by.get_full_name() if by else "OCOP",
        role=role,
        unit=unit or getattr(obj, "unit", None),
        action=action,
        kind=obj._meta.label_lower,
        object_id=obj.pk,
        title=str(obj)[:300],
        before=before,
        after=after,
        note=note,
        data=data or {},
        request_id=request_id(),
    )


def record_download(model: type[models.Model], *, title: str, by: User, data: dict[str, Any]) -> Entry:
    """Add the entry of a list that somebody took away: of many rows, so of none."""
    return Entry.objects.create(
        actor=by,
        actor_name=by.get_full_name(),
        action="list.download",
        kind=model._meta.label_lower,
        title=title[:300],
        data=data,
        request_id=request_id(),
    )
