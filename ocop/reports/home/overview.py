"""The figures of the year for those who may read reports: plan, stars by year, what expires."""

import datetime as dt
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import ExtractYear, TruncMonth
from django.utils.translation import gettext as _

from evaluation.models import Certificate
from ocop.law import law
from ocop.orgs.models import OrgUnit
from ocop.orgs.rights import covered_paths
from ocop.regulations import add_months
from ocop.reports.actuals import plan_actuals, share_of_year
from ocop.reports.charts import by_month, stacked
from ocop.reports.home.parts import Block
from ocop.reports.links import address
from ocop.reports.measures import Scope, rows_of
from plans.models import Plan, PlanState

YEARS, MONTHS = 6, 12


def block(user: Any, on: dt.date) -> Block | None:
    paths = covered_paths(user, "reports.view_report")
    if not paths:
        return None
    unit = OrgUnit.objects.filter(path__in=paths).order_by("path").first()
    if unit is None:
        return None
    scope = Scope.of(unit, on.year, by=user, on=on)
    data = {
        "unit": unit,
        "year": on.year,
        **_plan(user, on),
        **_years(unit, scope, on),
        **_expiry(unit, user, on),
    }
    return Block("overview", _("Năm %(year)s") % {"year": on.year}, [], "reports/home/overview.html", data)


def _plan(user: Any, on: dt.date) -> dict[str, Any]:
    """The issued plan of the year, the highest unit's first."""
    plan = (
        Plan.objects.visible_to(user)
        .filter(year=on.year, state=PlanState.ISSUED)
        .select_related("unit")
        .order_by("unit__path", "-issued_on")
        .first()
    )
    if plan is None:
        return {"plan": None}
    gone = round(share_of_year(on.year, on) * 100)
    return {"plan": plan, "actuals": plan_actuals(plan, by=user, on=on), "percent_gone": gone}


def _years(unit: OrgUnit, scope: Scope, on: dt.date) -> dict[str, Any]:
    """Products recognised by year and star; a product counts once a year, by the rank it ended with."""
    later = Certificate.objects.filter(product=OuterRef("product"), issued_on__year=OuterRef("year")).filter(
        Q(issued_on__gt=OuterRef("issued_on")) | Q(issued_on=OuterRef("issued_on"), pk__gt=OuterRef("pk"))
    )
    first = on.year - YEARS + 1
    rows = (
        Certificate.objects.filter(
            scope.within("product__unit", "unit"), issued_on__range=(dt.date(first, 1, 1), on)
        )
        .annotate(year=ExtractYear("issued_on"))
        .filter(~Exists(later))
        .order_by()
        .values_list("year", "stars")
        .annotate(Count("pk"))
    )
    years: dict[int, dict[int, int]] = {year: {} for year in range(first, on.year + 1)}
    for year, stars, count in rows:
        years[year][stars] = count
    links = [
        (
            year,
            sum(counts.values()),
            address("reports:measure", "products_recognised", unit=unit.pk, year=year),
        )
        for year, counts in years.items()
    ]
    return {"years": stacked(years), "year_links": links, "recognised": sum(count for _y, count, _u in links)}


def _expiry(unit: OrgUnit, user: Any, on: dt.date) -> dict[str, Any]:
    """Certificates by the month in which they end; the window for renewal is told by its colour."""
    until = add_months(on, MONTHS)
    scope = Scope.of(unit, on.year, by=user, on=on, until=until)
    counts = dict(
        rows_of("certificates_expiring", scope)
        .annotate(month=TruncMonth("last"))
        .order_by()
        .values_list("month")
        .annotate(Count("pk"))
    )
    first = on.replace(day=1)
    months = [add_months(first, number) for number in range(MONTHS + 1)]
    columns = by_month([(month, counts.get(month, 0), _colour(month, on)) for month in months])
    url = address(
        "reports:measure", "certificates_expiring", unit=unit.pk, year=on.year, until=until.isoformat()
    )
    return {"months": columns, "expiring": sum(counts.values()), "expiring_url": url, "until": until}


def _colour(month: dt.date, on: dt.date) -> str:
    """Red for this month and the next, amber while the window for renewal is open."""
    regime = law().regime_on(on)
    if month <= add_months(on, 1):
        return "f-wrong"
    rule = regime.certificate if regime else None
    if rule is None or rule.renewal_opens_days is None or rule.renewal_closes_days is None:
        return "f-soft"
    opens, closes = on + dt.timedelta(rule.renewal_closes_days), on + dt.timedelta(rule.renewal_opens_days)
    return "f-soon" if opens.replace(day=1) <= month <= closes else "f-soft"
