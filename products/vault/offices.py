"""Which kinds of paper an office of the tenant confirms, as its officers write it."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.orgs.models import OrgUnit, User
from products import law
from products.dossiers.guidance import may_write
from products.models import PaperOffice


def kinds_of_all_time() -> list[tuple[str, str]]:
    """Every kind of paper that a regime or a legal form knows, the newest names first."""
    found: dict[str, str] = {}
    for regime in sorted(law.law().regimes.values(), key=lambda it: it.files_from, reverse=True):
        for kind in regime.evidence:
            found.setdefault(kind.code, kind.name)
        for form in regime.legal_forms:
            for paper in form.papers:
                found.setdefault(paper.kind, paper.name)
    return list(found.items())


@transaction.atomic
def write_office(unit: OrgUnit, kinds: Iterable[str], *, by: User) -> PaperOffice:
    """Keep which kinds are this office's; none is a word as well.

    PermissionDenied for anybody but the tenant's officers, ValidationError for a kind that is in no list.
    """
    if not may_write(by):
        raise PermissionDenied
    wanted = sorted(set(kinds))
    if unknown := set(wanted) - dict(kinds_of_all_time()).keys():
        raise ValidationError(
            {"kinds": _("Không có loại giấy tờ %(codes)s.") % {"codes": ", ".join(sorted(unknown))}}
        )
    values = {"kinds": wanted, "written_by": by, "written_at": timezone.now()}
    kept, _is_new = PaperOffice.objects.update_or_create(unit=unit, defaults=values)
    record("paper_office.write", unit, by=by, data={"kinds": wanted})
    return kept
