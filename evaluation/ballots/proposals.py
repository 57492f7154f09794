"""Cases of loại that members found while scoring: proposed on one's own sheet, read once all have sealed."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from evaluation.ballots.saving import locked, refuse_closed, set_of
from evaluation.models import AgendaItem, Ballot, BallotState, KnockOutProposal
from ocop.orgs.models import User
from products.models import EvidencePaper, Exclusion
from products.vault.pins import no_such_place


@transaction.atomic
def propose_knock_out(
    ballot: Ballot,
    code: str,
    words: str,
    *,
    by: User,
    paper: EvidencePaper | None = None,
    page: int | None = None,
) -> KnockOutProposal:
    """Say that the product falls under a case of loại, and where it was seen; said again, the words are replaced.

    Raises ValidationError at the field, PermissionDenied for anybody but the holder of the sheet.
    """
    fresh = locked(ballot, by=by)
    refuse_closed(fresh, by=by)
    if errors := _faults(fresh, code, words, paper, page):
        raise ValidationError(errors)
    return KnockOutProposal.objects.update_or_create(
        ballot=fresh, code=code, defaults={"words": words.strip(), "paper": paper, "page": page}
    )[0]


@transaction.atomic
def take_back_proposal(ballot: Ballot, code: str, *, by: User) -> None:
    fresh = locked(ballot, by=by)
    refuse_closed(fresh, by=by)
    fresh.proposals.filter(code=code).delete()


def papers_of(ballot: Ballot) -> Any:
    """The papers of the dossier, one of which may show what was found."""
    tied = EvidencePaper.objects.filter(links__dossier=ballot.assessment.dossier_id)
    return tied.select_related("file").distinct().order_by("title", "pk")


def proposals_on(item: AgendaItem) -> list[KnockOutProposal]:
    """Those on sealed sheets of this meeting, of every round of scoring: what was found once is not forgotten."""
    found = KnockOutProposal.objects.filter(
        ballot__meeting=item.meeting_id,
        ballot__assessment=item.assessment_id,
        ballot__state=BallotState.SEALED,
    )
    shut_out = Exclusion.objects.in_force().filter(dossier=item.assessment.dossier_id)
    found = found.exclude(ballot__seat__user__in=shut_out.values("user"))
    return list(
        found.select_related("ballot__seat__user", "paper__file").order_by("ballot__seat__order", "pk")
    )


def proposers(item: AgendaItem, codes: Collection[str]) -> dict[str, list[int]]:
    """By case of loại the seats that had proposed it."""
    found: dict[str, list[int]] = {}
    for it in proposals_on(item) if codes else []:
        seats = found.setdefault(it.code, [])
        if it.code in codes and it.ballot.seat_id not in seats:
            seats.append(it.ballot.seat_id)
    return {code: seats for code, seats in found.items() if seats}


def _faults(
    ballot: Ballot, code: str, words: str, paper: EvidencePaper | None, page: int | None
) -> dict[str, str]:
    found = {}
    if code not in set_of(ballot).knock_outs:
        found["code"] = _("Hãy chọn một trường hợp loại của bộ tiêu chí.")
    if not words.strip():
        found["words"] = _("Hãy ghi điều bạn đã thấy.")
    if paper is not None and not papers_of(ballot).filter(pk=paper.pk).exists():
        found["paper"] = _("Giấy tờ này không thuộc hồ sơ của sản phẩm.")
    elif paper is None and page is not None:
        found["paper"] = _("Hãy chọn giấy tờ của trang này.")
    elif paper is not None and page is not None and (refusal := no_such_place(paper, page)):
        found["page"] = refusal
    return found
