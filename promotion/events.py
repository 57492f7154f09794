"""Writing an event: who may, and what is left in the log."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ocop.audit.log import record
from ocop.orgs.models import User
from promotion.models import Event

FIELDS = ("unit", "name", "place", "starts_on", "ends_on", "least_stars")


@transaction.atomic
def write_event(event: Event, *, by: User) -> Event:
    """Save it, new or changed; PermissionDenied without the right in its unit."""
    if not by.has_perm("promotion.change_event", event):
        raise PermissionDenied
    event.full_clean()
    is_new = event.pk is None
    if is_new:
        event.save(force_insert=True)
    else:
        event.save(update_fields=FIELDS)
    record("event.create" if is_new else "event.change", event, by=by)
    return event
