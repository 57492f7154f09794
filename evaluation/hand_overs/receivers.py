"""Who receives what goes up: a unit of this tenant, another tenant, or an office outside the system."""

from dataclasses import dataclass

from evaluation.models import Assessment
from ocop.orgs.models import OrgUnit
from ocop.papers.letterhead import letterhead
from ocop.regulations import Tier
from ocop.tenancy.models import Tenant
from products.law import line_of, regime


@dataclass(frozen=True)
class Receiver:
    """One of `unit` (within the tenant) and `tenant` is given, or none: outside."""

    tier: Tier
    name: str
    unit: OrgUnit | None = None
    tenant: Tenant | None = None


def receiver_of(assessment: Assessment) -> Receiver:
    """The tier above by the dossier's own regime, and who is that tier here and now."""
    law = regime(assessment.dossier.regime)
    tier = law.tier(law.tier(assessment.tier).sends_up.to)  # type: ignore[union-attr]
    unit = next((it for it in line_of(assessment.unit) if it.kind == tier.unit_kind), None)
    if unit is not None:
        return Receiver(tier, letterhead(unit).in_text, unit=unit)
    # A tier that is a tenant of its own has the same name for both: TenantKind.MINISTRY, UnitKind.MINISTRY.
    tenant = Tenant.objects.active().filter(kind=tier.unit_kind).order_by("pk").first()
    if tenant is not None:
        return Receiver(tier, tenant.name, tenant=tenant)
    return Receiver(tier, dict(law.ministries).get("nnmt", tier.name))
