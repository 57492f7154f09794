"""The cut-off is told weeks ahead: to each commune of its own dossiers, to the one that holds the round of all."""

import datetime as dt
from collections import Counter

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ocop.notices.outbox import notify
from ocop.orgs.models import OrgUnit
from ocop.written import in_vietnamese
from plans.models import Round
from products.desks.cutoffs import WEEKS, Outlook, by_round, outlooks, still_open
from products.models import Dossier, DossierState
from products.people import nearest_holders


@in_vietnamese()
def tell_cutoffs(on: dt.date | None = None) -> None:
    """Each desk once a milestone and round; a day missed is made up by the next run."""
    day = on or timezone.localdate()
    near = Dossier.objects.filter(still_open(day), round__cutoff_on__lte=day + dt.timedelta(weeks=max(WEEKS)))
    late = [it for it in outlooks(near.for_list(), day) if it.misses]
    for found, rows in by_round(late):
        left = (found.cutoff_on - day).days
        weeks = min(it for it in WEEKS if left <= it * 7)
        _tell_communes(found, rows, weeks)
        _tell_holder(found, [it for it in rows if it.dossier.state != DossierState.DRAFT], weeks)


def _tell_communes(found: Round, rows: list[Outlook], weeks: int) -> None:
    counts = Counter(it.dossier.unit for it in rows)
    for unit, count in counts.items():
        body = _("Mở trang để xem từng hồ sơ cần làm gì, trước ngày nào.")
        _tell(found, unit, "products.check_dossier", count, weeks, body)


def _tell_holder(found: Round, rows: list[Outlook], weeks: int) -> None:
    """Drafts are the producer's own, so they are not counted here."""
    counts = Counter(it.dossier.unit for it in rows)
    if counts:
        body = "\n".join(f"- {unit}: {count}" for unit, count in counts.items())
        _tell(found, found.unit, "products.receive_dossier", sum(counts.values()), weeks, body)


def _tell(found: Round, unit: OrgUnit, permission: str, count: int, weeks: int, body: str) -> None:
    subject = ngettext(
        "%(n)s hồ sơ có thể lỡ hạn %(day)s của %(round)s",
        "%(n)s hồ sơ có thể lỡ hạn %(day)s của %(round)s",
        count,
    )
    day = date_format(found.cutoff_on, "SHORT_DATE_FORMAT")
    notify(
        nearest_holders(permission, unit),
        kind="dossier.cutoff",
        key=f"cutoff-{found.pk}-{unit.pk}-{weeks}",
        subject=subject % {"n": count, "day": day, "round": found},
        body=body,
        url=f"desk/cutoffs/?round={found.pk}",
    )
