"""How each measure is counted: its name (`plans.measures`) mapped to a queryset over live records.

What is published of certificates anybody may count; the rest starts at `visible_to` and needs a right.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce

from evaluation.models import Assessment, Certificate, CertificateState, HandOver
from ocop.law import law
from ocop.orgs.models import OrgUnit, UnitKind, UnitSuccession
from products.models import Dossier, DossierState, DossierVersion, Producer, Product
from promotion.models import Event, Participation
from promotion.queries import newest_in_force, with_last_day

TERRITORIES = frozenset(
    [UnitKind.PROVINCE, UnitKind.DISTRICT, UnitKind.COMMUNE, UnitKind.MINISTRY, UnitKind.ASSOCIATION]
)


@dataclass(frozen=True)
class Scope:
    """What is counted: in which area, in which year and up to which day, for whose eyes."""

    paths: tuple[str, ...]
    year: int
    on: dt.date
    until: dt.date  # what ends up to then is "expiring"
    by: Any

    @classmethod
    def of(cls, unit: OrgUnit, year: int, *, by: Any, on: dt.date, until: dt.date | None = None) -> "Scope":
        """A year that is over is counted as it stood on its last day."""
        last = dt.date(year, 12, 31)
        return cls(_area(unit), year, min(on, last), until or last, by)

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """The year's first day and the day it is counted up to."""
        return dt.date(self.year, 1, 1), self.on

    def within(self, *fields: str) -> Q:
        """Rows whose unit, by one of these fields, lies in the area."""
        where = Q(pk__in=[])
        for field in fields:
            for path in self.paths:
                where |= Q(**{f"{field}__path__startswith": path})
        return where


def _area(unit: OrgUnit) -> tuple[str, ...]:
    """The unit's subtree and those it took over; a department's area is that of the authority above it."""
    while unit.kind not in TERRITORIES and unit.parent is not None:
        unit = unit.parent
    earlier = UnitSuccession.objects.filter(later=unit).values_list("earlier__path", flat=True)
    return (unit.path, *earlier)


EVERY = Q()
WORKERS = ("workers", "local_workers")  # fields of Mẫu 02, as products/dossiers/sections.py names them
BELIEVABLE = r"^\d{1,6}$"  # what the form takes beyond that is a slip, and would break the sum


@dataclass(frozen=True)
class Counted:
    """The rows of a source that a measure counts; measures of one source are counted in one query."""

    source: Callable[[Scope], Any]
    only: Q = EVERY
    stars: str = ""  # the rows' field for the star, where a target may name one
    sums: str = ""  # the rows' number that is added up; none: the rows themselves are counted
    needs: str = ""  # the right without which the figure is not shown; none: published facts


def _certificates(scope: Scope) -> Any:
    return with_last_day().filter(scope.within("product__unit", "unit"))


def held(scope: Scope) -> Any:
    """One certificate a product: the newest in force on the day."""
    rows = newest_in_force(scope.on).filter(scope.within("product__unit", "unit"))
    return rows.annotate(ends_by_then=Q(last__lte=scope.until))


def granted(scope: Scope) -> Any:
    """Certificates issued in the year, each with the rank its product held before."""
    others = Certificate.objects.filter(product=OuterRef("product")).exclude(pk=OuterRef("pk"))
    before = others.filter(
        Q(issued_on__lt=OuterRef("issued_on")) | Q(issued_on=OuterRef("issued_on"), pk__lt=OuterRef("pk"))
    )
    later = others.filter(issued_on__range=scope.days).filter(
        Q(issued_on__gt=OuterRef("issued_on")) | Q(issued_on=OuterRef("issued_on"), pk__gt=OuterRef("pk"))
    )
    return _certificates(scope).filter(issued_on__range=scope.days).annotate(
        stars_before=Subquery(before.order_by("-issued_on", "-pk").values("stars")[:1]),
        is_last=~Exists(later),
    )  # fmt: skip


def revoked(scope: Scope) -> Any:
    return _certificates(scope).filter(state=CertificateState.REVOKED, revoked_on__range=scope.days)


def sent_up(scope: Scope) -> Any:
    return HandOver.objects.filter(
        scope.within("unit", "assessment__dossier__unit"),
        sent_at__date__range=scope.days,
        assessment__in=Assessment.objects.visible_to(scope.by),
    )


def filed(scope: Scope) -> Any:
    first = DossierVersion.objects.filter(
        dossier=OuterRef("pk"), number=1, submitted_at__date__range=scope.days
    )
    return Dossier.objects.visible_to(scope.by).filter(scope.within("unit"), Exists(first))


def registered_products(scope: Scope) -> Any:
    return Product.objects.visible_to(scope.by).filter(
        scope.within("unit"), created_at__date__range=scope.days
    )


def registered_producers(scope: Scope) -> Any:
    return Producer.objects.visible_to(scope.by).filter(
        scope.within("unit"), created_at__date__range=scope.days
    )


def holding(scope: Scope) -> Any:
    """Producers with a product that holds its rank on the day; who represents them is asked by the measure."""
    ranked = held(scope).filter(product__producer=OuterRef("pk"))
    return Producer.objects.visible_to(scope.by).filter(scope.within("unit"), Exists(ranked))


def employing(scope: Scope) -> Any:
    """Producers that hold a rank, with the workers that the newest filed dossier declared by that day (Mẫu 02)."""
    declared = (
        DossierVersion.objects.filter(
            dossier__in=Dossier.objects.visible_to(scope.by).exclude(state=DossierState.WITHDRAWN),
            dossier__product__producer=OuterRef("pk"),
            submitted_at__date__lte=scope.on,
        )
        .order_by("-submitted_at", "-pk")
        .annotate(**{name: KT(f"content__sections__general__{name}") for name in WORKERS})
    )
    newest = {name: declared.filter(**{f"{name}__regex": BELIEVABLE}).values(name)[:1] for name in WORKERS}
    return holding(scope).annotate(
        **{name: Cast(Subquery(found), IntegerField()) for name, found in newest.items()}
    )


def fairs(scope: Scope) -> Any:
    return Event.objects.visible_to(scope.by).filter(scope.within("unit"), starts_on__range=scope.days)


def shown_at_fairs(scope: Scope) -> Any:
    return Participation.objects.filter(event__in=fairs(scope)).annotate(stars=F("certificate__stars"))


def service_sets() -> list[str]:
    """The sets of services, of which no samples are sent: community, eco-tourism and sites."""
    return [it.code for it in law().sets.values() if it.sample_units == 0]


PERSONAL = "products.change_producer"
MINORITY = ~Q(personal__ethnicity="") & Q(personal__isnull=False) & ~Q(personal__ethnicity__iexact="Kinh")

COUNTED: dict[str, Counted] = {
    "products_valid": Counted(held, stars="stars"),
    "tourism_valid": Counted(held, Q(set_code__in=service_sets()), stars="stars"),
    "certificates_expiring": Counted(held, Q(ends_by_then=True), stars="stars"),
    "products_recognised": Counted(granted, Q(is_last=True), stars="stars"),
    "products_new": Counted(granted, Q(stars_before__isnull=True), stars="stars"),
    "products_upgraded": Counted(granted, Q(stars_before__lt=F("stars")), stars="stars"),
    "products_reranked": Counted(granted, Q(stars_before__gte=F("stars")), stars="stars"),
    "certificates_revoked": Counted(revoked, stars="stars"),
    "products_sent_up": Counted(sent_up, needs="evaluation.view_assessment"),
    "dossiers_filed": Counted(filed, needs="products.view_dossier"),
    "products_registered": Counted(registered_products, needs="products.view_product"),
    "producers_registered": Counted(registered_producers, needs="products.view_producer"),
    # Facts of one person (Mẫu 02): counted, and listed by name, for those alone who may read and write them.
    "producers_women": Counted(holding, Q(personal__gender="female"), needs=PERSONAL),
    "producers_minority": Counted(holding, MINORITY, needs=PERSONAL),
    "producers_disabled": Counted(holding, Q(personal__is_disabled=True), needs=PERSONAL),
    "workers": Counted(employing, Q(workers__isnull=False), sums="workers", needs="products.view_dossier"),
    "workers_local": Counted(
        employing, Q(local_workers__isnull=False), sums="local_workers", needs="products.view_dossier"
    ),
    "fairs_held": Counted(fairs, needs="promotion.view_event"),
    "fair_participations": Counted(shown_at_fairs, stars="stars", needs="promotion.view_event"),
}


def condition(name: str, stars: int | None) -> Q:
    """What of the source's rows this measure counts, of one star or of all."""
    counted = COUNTED[name]
    return counted.only & Q(**{counted.stars: stars}) if stars and counted.stars else counted.only


def figure(name: str, stars: int | None = None) -> Any:
    """The aggregate over the source's rows: how many there are, or the sum of what each of them says."""
    counted, only = COUNTED[name], condition(name, stars)
    return Coalesce(Sum(counted.sums, filter=only), 0) if counted.sums else Count("pk", filter=only)


def rows_of(name: str, scope: Scope, *, stars: int | None = None) -> Any:
    """The list behind the figure: exactly the rows that it counts."""
    return COUNTED[name].source(scope).filter(condition(name, stars))


def may_count(user: Any, name: str, unit: OrgUnit) -> bool:
    """Published facts for everybody who reads plans, the rest by right in the unit."""
    needs = COUNTED[name].needs
    return not needs or user.has_perm(needs, unit)
