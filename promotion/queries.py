"""Which certificates hold on a day, and what the public may read of a product."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce, Greatest

from evaluation.models import Certificate, CertificateState
from ocop.law import law
from ocop.orgs.models import OrgUnit, UnitSuccession
from products.models import Product
from promotion.rules import Facts

NEWER = Q(issued_on__gt=OuterRef("issued_on")) | Q(issued_on=OuterRef("issued_on"), pk__gt=OuterRef("pk"))


def with_last_day() -> Any:
    """Certificates with `last`: their last day, an extension counted."""
    return Certificate.objects.annotate(last=Greatest("expires_on", Coalesce("extended_until", "expires_on")))


def in_force(on: dt.date) -> Q:
    """In force that day, past days too: what was revoked later was in force then. For `with_last_day()`."""
    return Q(issued_on__lte=on, last__gte=on) & (~Q(state=CertificateState.REVOKED) | Q(revoked_on__gt=on))


def newest_in_force(on: dt.date) -> Any:
    """One certificate a product: a product holds one rank at a time."""
    newer = with_last_day().filter(in_force(on), NEWER, product=OuterRef("product"))
    return with_last_day().filter(in_force(on)).filter(~Exists(newer))


def newest() -> Any:
    """The last certificate of each product, whatever became of it."""
    newer = Certificate.objects.filter(NEWER, product=OuterRef("product"))
    return with_last_day().filter(~Exists(newer))


def certified_products() -> Any:
    """What the public may read: products that were ever certified; a draft or a refusal leaves no trace."""
    return Product.objects.filter(Exists(Certificate.objects.filter(product=OuterRef("pk"))))


def sets_of_category(code: str) -> list[str]:
    """The set codes of one of today's categories, in every generation of the law."""
    return [it.code for it in law().sets.values() if it.category.lasting == code]


def in_commune(unit: OrgUnit) -> Q:
    """Products of a commune of today, those recorded under the units it took over among them."""
    earlier = UnitSuccession.objects.filter(later=unit).values("earlier")
    return Q(product__unit=unit) | Q(product__unit__in=earlier)


def facts(certificate: Certificate) -> Facts:
    """What the rules ask of it."""
    return Facts(
        state=certificate.state,  # type: ignore[arg-type]
        stars=certificate.stars,
        issued_on=certificate.issued_on,
        last_day=certificate.last_day,
        revoked_on=certificate.revoked_on,
    )
