"""Guidance beside a criterion: what the set's data says, what papers count, what the tenant adds."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.orgs.models import OrgUnit, User
from ocop.regulations import Criterion
from products.law import criteria_set, regime
from products.models import Guidance

CHANGE = "products.change_guidance"


def guided(
    card: dict[str, Any], set_code: str, criterion: Criterion, regime_code: str, user: User
) -> dict[str, Any]:
    """The criterion's card with its guidance: article, papers that count, the tenant's line."""
    law = regime(regime_code)
    return {
        **card,
        "law": _("%(decision)s, Phụ lục II") % {"decision": law.decision},
        "wanted": [law.evidence_kind(kind).name for kind in criterion.evidence],
        "guidance": Guidance.objects.filter(set_code=set_code, criterion=criterion.code).first(),
        "guidance_url": reverse("products:guidance", args=[set_code, criterion.code])
        if may_write(user)
        else "",
    }


def may_write(user: User) -> bool:
    """The officers of the tenant as a whole: what they write stands before everybody."""
    return user.has_perm(CHANGE, root())


@transaction.atomic
def write_guidance(set_code: str, criterion: str, *, text: str, link: str, by: User) -> Guidance | None:
    """Keep the tenant's line; without words and link it goes.

    Raises ValidationError where the set has no such criterion, PermissionDenied for anybody but its officers.
    """
    top = root()
    if not by.has_perm(CHANGE, top):
        raise PermissionDenied
    if criterion not in criteria_set(set_code).by_code:
        raise ValidationError(_("Bộ tiêu chí không có tiêu chí này."))
    data = {"set": set_code, "criterion": criterion, "text": text.strip(), "link": link}
    record("guidance.write", top, by=by, data=data)
    kept = Guidance.objects.filter(set_code=set_code, criterion=criterion)
    if not text.strip() and not link:
        kept.delete()
        return None
    values = {"text": text.strip(), "link": link, "written_by": by, "written_at": timezone.now()}
    return Guidance.objects.update_or_create(set_code=set_code, criterion=criterion, defaults=values)[0]


def root() -> OrgUnit:
    """The tenant as a whole, on which its officers' rights are asked."""
    return OrgUnit.objects.filter(parent=None).order_by("pk")[0]
