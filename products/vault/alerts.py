"""When a paper counts as running out: the days before its end on which its people are told."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.orgs.models import User
from products.dossiers.guidance import may_write, root
from products.models import PaperAlerts
from products.models.alerts import EARLIEST, MOST

GIVEN = (90, 30, 7)  # days, where the tenant wrote none (a house rule, no law's)


def alert_days() -> tuple[int, ...]:
    """The most days first; the first is from when a paper stands as "runs out soon"."""
    written = PaperAlerts.objects.values_list("days", flat=True).first()
    return tuple(written) if written else GIVEN


@transaction.atomic
def write_alert_days(days: Iterable[int], *, by: User) -> PaperAlerts:
    """Keep the tenant's days.

    PermissionDenied for anybody but its officers, ValidationError for none, too many, or a day out of reach.
    """
    if not may_write(by):
        raise PermissionDenied
    wanted = sorted(set(days), reverse=True)
    if not wanted or len(wanted) > MOST:
        raise ValidationError({"days": _("Hãy ghi từ 1 đến %(n)s mốc ngày.") % {"n": MOST}})
    if wanted[0] > EARLIEST or wanted[-1] < 1:
        raise ValidationError({"days": _("Mỗi mốc từ 1 đến %(n)s ngày.") % {"n": EARLIEST}})
    values = {"days": wanted, "written_by": by, "written_at": timezone.now()}
    kept, _is_new = PaperAlerts.objects.update_or_create(defaults=values)
    record("paper_alerts.write", root(), by=by, data={"days": wanted})
    return kept
