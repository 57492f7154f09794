"""Papers that run out: the producer is told at each of the tenant's days, once, however often the sweep runs.

A test report and a food-safety certificate die long before the 36 months of the star do.
"""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ocop.notices.outbox import notify
from products.models import EvidencePaper
from products.people import people_of
from products.vault.alerts import alert_days

OVER = -1  # days left: it has run out
FORGOTTEN = 30  # days after it ran out from which nobody is told any more


def remind_of_papers(on: dt.date | None = None) -> None:
    """Every paper in a vault that ends near this day; a day missed is made up by the next run."""
    day = on or timezone.localdate()
    days = alert_days()
    first, last = day - dt.timedelta(days=FORGOTTEN), day + dt.timedelta(days=days[0])
    ending = EvidencePaper.objects.filter(withdrawn_at=None, expires_on__range=(first, last))
    for paper in ending.select_related("producer").order_by("pk"):
        _remind(paper, day, (*days, OVER))


def _remind(paper: EvidencePaper, day: dt.date, milestones: tuple[int, ...]) -> None:
    if paper.expires_on is None:
        return
    left = (paper.expires_on - day).days
    milestone = min(it for it in milestones if left <= it)
    subject = _("Giấy tờ đã hết hạn: %(title)s") if left < 0 else _("Giấy tờ sắp hết hạn: %(title)s")
    facts = {
        "title": paper.title,
        "number": paper.number,
        "day": date_format(paper.expires_on, "SHORT_DATE_FORMAT"),
    }
    body = (
        _("%(title)s số %(number)s có giá trị đến %(day)s.")
        if paper.number
        else _("%(title)s có giá trị đến %(day)s.")
    )
    notify(
        people_of(paper.producer),
        kind="paper.expiry",
        key=f"paper-{paper.pk}-{paper.expires_on:%Y%m%d}-{milestone}",
        subject=subject % facts,
        body=f"{body % facts} " + _("Hãy xin cấp lại và tải bản mới vào hồ sơ còn dùng giấy này."),
        url=f"producers/{paper.producer_id}/papers/?state={'expired' if left < 0 else 'soon'}",
    )
