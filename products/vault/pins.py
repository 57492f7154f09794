"""The page of a paper that proves a criterion: named by the producer, opened by whoever reads the criterion."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.orgs.models import User
from products.dossiers.filling import writable
from products.models import Dossier, EvidenceLink, EvidencePaper
from products.people import as_whom
from products.vault.pages import page_count


@transaction.atomic
def pin_page(
    dossier: Dossier, paper: EvidencePaper, criterion: str, page: int | None, *, by: User
) -> EvidenceLink:
    """From now on the paper opens there beside this criterion; None takes the pin out.

    ValidationError where the paper is not tied to the criterion or has no such page.
    """
    fresh = writable(dossier, by)
    tied = EvidenceLink.objects.select_for_update(of=("self",)).exclude(criterion="")
    link = tied.filter(dossier=fresh, paper=paper, criterion=criterion).first()
    if link is None:
        raise ValidationError(_("Giấy tờ này chưa gắn với tiêu chí %(code)s.") % {"code": criterion})
    last = page_count(paper.file)
    if page is not None and not 1 <= page <= last:
        words = _("“%(paper)s” có %(n)s trang: hãy ghi số từ 1 đến %(n)s.")
        raise ValidationError({"page": words % {"paper": paper.title, "n": last}})
    link.page = page
    link.save(update_fields=["page"])
    data = {"dossier": fresh.pk, "criterion": criterion, "page": page}
    record("evidence.pin", paper, by=by, role=as_whom(by, fresh), unit=fresh.unit, data=data)
    return link


def carry_pins(dossier: Dossier, old: EvidencePaper, new: EvidencePaper) -> list[tuple[str, int]]:
    """Pins of the paper that is replaced, on the one in its place; answers those that its pages do not reach."""
    last, lost = page_count(new.file), []
    pinned = EvidenceLink.objects.filter(dossier=dossier, paper=old, page__isnull=False).order_by("pk")
    for link in pinned:
        if link.page and link.page > last:
            lost.append((link.criterion, link.page))
        else:
            there = EvidenceLink.objects.filter(dossier=dossier, paper=new, criterion=link.criterion)
            there.update(page=link.page)
    return lost
