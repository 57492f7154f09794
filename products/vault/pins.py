"""The place in a paper that proves a criterion: named by the producer, opened by whoever reads the criterion."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.orgs.models import User
from products.dossiers.filling import writable
from products.models import Dossier, EvidenceLink, EvidencePaper, SelfScore
from products.people import as_whom
from products.vault.pages import last_place


@transaction.atomic
def pin_page(
    dossier: Dossier, paper: EvidencePaper, criterion: str, page: int | None, *, by: User
) -> EvidenceLink:
    """From now on the paper opens there beside this criterion, a clip at that second; None takes the pin out.

    ValidationError where the paper is not tied to the criterion or has no such place.
    """
    fresh = writable(dossier, by)
    tied = EvidenceLink.objects.select_for_update(of=("self",)).exclude(criterion="")
    link = tied.filter(dossier=fresh, paper=paper, criterion=criterion).first()
    if link is None:
        raise ValidationError(_("Giấy tờ này chưa gắn với tiêu chí %(code)s.") % {"code": criterion})
    if page is not None and (refusal := no_such_place(paper, page)):
        raise ValidationError({"page": refusal})
    link.page, link.claimed = page, _claimed(fresh, criterion) if page is not None else None
    link.save(update_fields=["page", "claimed"])
    data = {"dossier": fresh.pk, "criterion": criterion, "page": page}
    record("evidence.pin", paper, by=by, role=as_whom(by, fresh), unit=fresh.unit, data=data)
    return link


def _claimed(dossier: Dossier, criterion: str) -> int | None:
    """The points that the place is to prove; a level that is raised later wants another look at it."""
    score = SelfScore.objects.filter(dossier=dossier).first()
    points = score.levels.get(criterion, {}).get("p") if score else None
    return points if isinstance(points, int) else None


def no_such_place(paper: EvidencePaper, number: int) -> str:
    """Why the paper cannot be opened there; "" where it can."""
    last = last_place(paper.file)
    if 1 <= number <= last:
        return ""
    said = {"paper": paper.title, "n": last}
    if not last:
        return _("“%(paper)s” không có trang để ghim: tệp này chỉ tải về xem.") % said
    if paper.file.is_clip:
        return _("“%(paper)s” dài %(n)s giây: hãy ghi số từ 1 đến %(n)s.") % said
    return _("“%(paper)s” có %(n)s trang: hãy ghi số từ 1 đến %(n)s.") % said


def carry_pins(dossier: Dossier, old: EvidencePaper, new: EvidencePaper) -> list[tuple[str, int]]:
    """Pins of the paper that is replaced, on the one in its place; answers those that do not fit it.

    A page is no second: between a clip and a paper none is carried.
    """
    is_alike = old.file.is_clip == new.file.is_clip
    last, lost = last_place(new.file) if is_alike else 0, []
    pinned = EvidenceLink.objects.filter(dossier=dossier, paper=old, page__isnull=False).order_by("pk")
    for link in pinned:
        if link.page and link.page > last:
            lost.append((link.criterion, link.page))
        else:
            there = EvidenceLink.objects.filter(dossier=dossier, paper=new, criterion=link.criterion)
            there.update(page=link.page, claimed=link.claimed)
    return lost
