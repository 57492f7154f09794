"""What will miss its round's cut-off, said while something can still be done (QĐ 26/2026, Điều 5 và khoản 2 Điều 7).

Nobody's speed is guessed: each desk is reckoned with all the days that the law gives it.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from itertools import groupby
from operator import or_
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ocop.orgs.calendar import CALENDAR
from ocop.orgs.rights import units_where
from ocop.regulations import DeadlineRule, Supplement, deadline
from products import law
from products.models import Clock, Dossier, DossierState, SupplementRequest

S = DossierState
BEFORE_REQUEST = (S.DRAFT, S.SUBMITTED, S.COMMUNE_RETURNED, S.REPORTED)
DAY = dt.timedelta(days=1)
WEEKS = (
    8,
    4,
    2,
    1,
)  # before the cut-off it is told, and from the first on it stands on the home page (a house rule, no law's)
RIGHTS = ("products.check_dossier", "products.receive_dossier")


@dataclass(frozen=True)
class Outlook:
    """One dossier whose commune has not made its request yet."""

    dossier: Dossier
    expected_on: dt.date  # the commune's request, if everybody takes all the days the law gives
    act_by: dt.date | None  # the last day on which the one who has it may act; None: no day of it is left
    waits: str

    @property
    def misses(self) -> bool:
        return self.expected_on > self.dossier.round.cutoff_on


def ahead(user: Any, on: dt.date, rights: Sequence[str] = RIGHTS) -> Any:
    """The dossiers of rounds that still take requests, at the communes where this person checks or receives."""
    mine = reduce(or_, (units_where(user, right) for right in rights))
    return Dossier.objects.visible_to(user).filter(mine, still_open(on)).for_list()


def near(user: Any, on: dt.date, right: str) -> list[Outlook]:
    """Those of rounds whose cut-off is weeks away, for who has this one right."""
    rows = ahead(user, on, [right]).filter(round__cutoff_on__lte=on + dt.timedelta(weeks=max(WEEKS)))
    found = list(rows)
    return outlooks(found, on) if found else []


def still_open(on: dt.date) -> Q:
    return Q(state__in=BEFORE_REQUEST, round__cutoff_on__gte=on)


def outlooks(rows: Iterable[Dossier], on: dt.date) -> list[Outlook]:
    """One each where the regime has a clock for the commune, the nearest cut-off first; two queries."""
    rows = list(rows)
    running = {it.dossier_id: it for it in Clock.objects.filter(dossier__in=rows, stopped_on=None)}
    asked: dict[int, list[SupplementRequest]] = {}
    for it in SupplementRequest.objects.filter(dossier__in=rows).order_by("asked_at"):
        asked.setdefault(it.dossier_id, []).append(it)
    found = [_outlook(row, running.get(row.pk), asked.get(row.pk, []), on) for row in rows]
    seen = [it for it in found if it is not None]
    return sorted(seen, key=lambda it: (it.dossier.round.cutoff_on, it.dossier.round_id, -it.expected_on.toordinal(), it.dossier.pk))  # fmt: skip


def by_round(found: Sequence[Outlook]) -> list[tuple[Any, list[Outlook]]]:
    """Those of one round together, in the order of `outlooks`."""
    return [(rows[0].dossier.round, rows) for _pk, it in groupby(found, lambda it: it.dossier.round_id) for rows in [list(it)]]  # fmt: skip


def _outlook(
    row: Dossier, clock: Clock | None, asked: list[SupplementRequest], on: dt.date
) -> Outlook | None:
    rule = _rule(row.regime)
    if rule is None:
        return None
    if row.state == S.DRAFT:
        return _unfiled(row, rule, on)
    if clock is None:
        return None
    if row.state == S.COMMUNE_RETURNED:
        return _asked(row, rule, clock, asked, on)
    waits = _("xã chuyển lên") if row.state == S.REPORTED else _("xã kiểm tra, lập báo cáo")
    return Outlook(row, max(clock.due_on, on), row.round.cutoff_on, waits)


def _unfiled(row: Dossier, rule: DeadlineRule, on: dt.date) -> Outlook:
    """Filed today at the earliest."""
    last = last_filing_day(row.round.cutoff_on, rule)
    return Outlook(row, _due(on, rule, []), last if last >= on else None, _("chủ thể nộp hồ sơ"))


def _asked(
    row: Dossier, rule: DeadlineRule, clock: Clock, asked: list[SupplementRequest], on: dt.date
) -> Outlook:
    """The clock stands until the answer; the producer may take until the day that was asked."""
    until = max([it.due_on for it in asked if it.answered_at is None], default=on)

    def due(answer: dt.date) -> dt.date:
        return _due(clock.started_on, rule, _supplements(clock, asked, answer))

    expected, day = due(max(until, on)), max(until, on)
    while day >= on and due(day) > row.round.cutoff_on:
        day -= DAY
    return Outlook(row, expected, day if day >= on else None, _("chủ thể bổ sung"))


def _supplements(clock: Clock, asked: list[SupplementRequest], answer: dt.date) -> list[Supplement]:
    mine = [
        it
        for it in asked
        if it.unit_id == clock.unit_id and timezone.localdate(it.asked_at) >= clock.started_on
    ]
    return [
        Supplement(
            timezone.localdate(it.asked_at), timezone.localdate(it.answered_at) if it.answered_at else answer
        )
        for it in mine
    ]


def _rule(regime: str) -> DeadlineRule | None:
    """The commune's own clock; None where the regime gives it no days."""
    tier = law.first_tier(regime).code
    return next((it for it in law.regime(regime).deadlines if it.tier == tier), None)


def _due(start: dt.date, rule: DeadlineRule, supplements: list[Supplement]) -> dt.date:
    return deadline(start, rule, CALENDAR, supplements) or start  # every supplement has its answer here


@cache
def last_filing_day(cutoff_on: dt.date, rule: DeadlineRule) -> dt.date:
    """The last day of filing that leaves the commune all its days before the cut-off, holidays counted out."""
    day = cutoff_on
    while _due(day, rule, []) > cutoff_on:
        day -= DAY
    return day


def words(it: Outlook) -> str:
    """What has to happen, by whom, until when."""
    if it.act_by is None:
        return _("%(what)s: không còn kịp nếu xã dùng đủ thời hạn, hãy làm ngay") % {"what": it.waits}
    day = date_format(it.act_by, "SHORT_DATE_FORMAT")
    return _("%(what)s trước hết ngày %(day)s") % {"what": it.waits, "day": day}
