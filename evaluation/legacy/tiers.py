"""Whether who issued a paper certificate could issue that many stars then."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ocop.orgs.models import OrgUnit, UnitKind
from ocop.orgs.text import unaccented
from ocop.regulations import Regime, certifier, laws_on
from products.law import law


def wrong_tier(
    then: Regime, issuer: OrgUnit, issuer_name: str, stars: int, issued_on: dt.date
) -> Iterator[tuple[str, str]]:
    """Refused where no law that a decision of that day may go by lets this tier certify these stars."""
    certifying = certifier(then, stars)
    kind = _kind(issuer, issuer_name)
    if certifying is None:
        words = _("Theo quy định ngày đó không cấp giấy chứng nhận %(stars)s sao.")
        yield "stars", words % {"stars": stars}
    elif kind and not _may_issue(kind, stars, issued_on):
        words = _("Theo %(decision)s, giấy chứng nhận %(stars)s sao do %(tier)s cấp, không phải %(who)s.")
        facts = {"decision": then.decision, "tier": certifying.name.lower(), "who": issuer_name or issuer}
        yield "issuer", words % (facts | {"stars": stars})


def doubts_of(who: object, stars: int, issued_on: dt.date) -> Iterator[str]:
    """What could not be held against a law; said, never refused."""
    if law().regime_on(issued_on) is None:
        words = _(
            "Ngày cấp sớm hơn mọi quyết định có trong hệ thống: chưa kiểm tra được %(who)s có được cấp giấy %(stars)s"
            " sao hay không."
        )
        yield words % {"who": who, "stars": stars}


def is_ministry(name: str) -> bool:
    return unaccented(name).startswith("bo ")


def _kind(issuer: OrgUnit, issuer_name: str) -> str:
    """Of whoever issued it; "" for an authority elsewhere whose tier its name does not say."""
    if not issuer_name.strip():
        return issuer.kind
    return UnitKind.MINISTRY if is_ministry(issuer_name.strip()) else ""


def _may_issue(kind: str, stars: int, on: dt.date) -> bool:
    return any(
        tier.unit_kind == kind and stars in tier.certifies
        for regime in laws_on(law().regimes.values(), on)
        for tier in regime.tiers
    )
