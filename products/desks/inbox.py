"""What lies on a desk, what runs out first on top, and what each dossier waits for."""

import datetime as dt
from collections import Counter
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ocop.orgs.rights import units_where
from ocop.papers.models import PaperState
from products import law
from products.dossiers import queries
from products.models import (
    Clock,
    CommuneReport,
    Dossier,
    DossierState,
    IntakeCheck,
    SupplementRequest,
    Verdict,
)
from products.samples import short_of

S = DossierState
AT_COMMUNE = (S.SUBMITTED, S.COMMUNE_RETURNED, S.REPORTED)
AT_RECEIVER = (S.FORWARDED, S.RETURNED)
ASKED = frozenset([S.COMMUNE_RETURNED, S.RETURNED])


def on_desk(user: Any) -> Any:
    """The dossiers at the desks where this person checks, each with `due`: the day it must be away from there.

    That is the legal clock's day (`due_on`); while the clock stands, the day until which the producer completes
    it (`asked_on`); where no clock is set, the last day of the round.
    """
    here = Q(state__in=AT_COMMUNE) & units_where(user, "products.check_dossier")
    above = Q(state__in=AT_RECEIVER) & units_where(user, "products.receive_dossier")
    clock = Clock.objects.running().filter(dossier=OuterRef("pk")).order_by("due_on")
    asked = SupplementRequest.objects.filter(dossier=OuterRef("pk"), answered_at=None).order_by("-asked_at")
    rows = Dossier.objects.visible_to(user).filter(here | above).for_list()
    rows = rows.annotate(
        due_on=Subquery(clock.values("due_on")[:1]),
        rule=Subquery(clock.values("rule")[:1]),
        asked_on=Subquery(asked.values("due_on")[:1]),
    )
    return rows.annotate(due=Coalesce("due_on", "asked_on", F("round__ends_on")))


def narrowed(rows: Any, what: str) -> Any:
    """By what the desk can do now: `work` lies with the desk itself, `ready` has its report, `asked` is with the producer."""
    states = {
        "work": [S.SUBMITTED, S.REPORTED, S.FORWARDED],
        "ready": [S.REPORTED],
        "asked": [*ASKED],
    }.get(what)
    return rows.filter(state__in=states) if states else rows


def with_waiting(rows: list[Any], on: dt.date) -> list[Any]:
    """Sets the days left as the list of dossiers does, and `waits`: what each row waits for, in a fixed number of queries."""
    queries.with_days(rows, on)
    found = _found(rows)
    reports = {
        it.dossier_id: it for it in CommuneReport.objects.filter(dossier__in=rows).select_related("paper")
    }
    short = short_of([row for row in rows if row.state not in ASKED])
    for row in rows:
        if row.due_on is None and row.state in ASKED and row.asked_on:
            row.days, row.working = (row.asked_on - on).days, False
        row.waits = [
            word for word in (_waits(row, found, reports.get(row.pk)), short.get(row.pk, "")) if word
        ]
    return rows


def _found(rows: list[Any]) -> Counter[tuple[int, bool, str]]:
    """How many items have which verdict, by dossier and whether the commune or the one above found it."""
    communes = {row.pk: row.unit_id for row in rows}
    checks = IntakeCheck.objects.filter(dossier__in=rows).values_list("dossier_id", "unit_id", "verdict")
    return Counter((pk, unit == communes[pk], verdict) for pk, unit, verdict in checks)


def _waits(row: Any, found: Counter[tuple[int, bool, str]], report: CommuneReport | None) -> str:
    if row.state in ASKED:
        if not row.asked_on:
            return _("chủ thể bổ sung")
        return _("chủ thể bổ sung đến hết %(day)s") % {"day": date_format(row.asked_on, "SHORT_DATE_FORMAT")}
    if row.state == S.REPORTED:
        numbered = report is not None and report.paper is not None and report.paper.state != PaperState.DRAFT
        return _("chuyển lên cấp trên") if numbered else _("cấp số báo cáo")
    return _to_check(row, found, report)


def _to_check(row: Any, found: Counter[tuple[int, bool, str]], report: CommuneReport | None) -> str:
    by_commune = row.state == S.SUBMITTED
    right = found[row.pk, by_commune, Verdict.OK]
    bad = found[row.pk, by_commune, Verdict.MISSING] + found[row.pk, by_commune, Verdict.WRONG]
    if not right and not bad:
        return _("kiểm tra từng mục")
    if bad:
        return ngettext("%(n)s mục chưa đạt: yêu cầu bổ sung", "%(n)s mục chưa đạt: yêu cầu bổ sung", bad) % {
            "n": bad
        }
    if not by_commune:
        return _("tiếp nhận vào đánh giá")
    written = report.findings if report else {}
    left = sum(1 for it in law.regime(row.regime).findings if not written.get(it.code))
    if left:
        return ngettext("còn %(n)s nhận xét chưa ghi", "còn %(n)s nhận xét chưa ghi", left) % {"n": left}
    return _("lập báo cáo")
