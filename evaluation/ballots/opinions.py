"""The words at the foot of a sheet (Phụ lục II: ý kiến của người đánh giá), saved like a criterion: by revision and key."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.ballots.saving import Conflict, Saved, locked, refuse_closed
from evaluation.models import OPINION, Ballot, BallotChange
from ocop.orgs.models import User

LONGEST = 5000


def opinion_level(ballot: Ballot) -> dict[str, Any]:
    """The foot of the sheet in the shape of a criterion's level: a note, no points."""
    return {"note": ballot.opinion, "r": ballot.opinion_revision}


@transaction.atomic
def save_opinion(
    ballot: Ballot, opinion: str, *, revision: int, key: str, by: User, at: dt.datetime | None = None
) -> Saved:
    """Keep the words; raises, and answers a key seen before, as `save_mark` does."""
    fresh = locked(ballot, by=by)
    first = BallotChange.objects.filter(ballot=fresh, key=key).first()
    if first is not None:
        return Saved(fresh, first.criterion, first.new or {}, first.revision, first.at)
    refuse_closed(fresh, by=by)
    opinion = opinion.replace("\r\n", "\n").strip()  # a form's lines end otherwise than a script's
    if len(opinion) > LONGEST:
        words = _("Ý kiến dài quá %(most)s ký tự.") % {"most": LONGEST}
        raise ValidationError({OPINION: words})
    before = opinion_level(fresh)
    level = {"note": opinion, "r": before["r"] + 1}
    if opinion == fresh.opinion:
        return Saved(fresh, OPINION, before, before["r"], fresh.saved_at)
    if revision != before["r"]:
        raise Conflict(OPINION, mine=level, theirs=before, revision=before["r"])
    return _keep(fresh, before, level, key=key, by=by, at=at or timezone.now())


def _keep(
    ballot: Ballot, old: dict[str, Any], new: dict[str, Any], *, key: str, by: User, at: dt.datetime
) -> Saved:
    ballot.opinion, ballot.opinion_revision, ballot.saved_at = new["note"], new["r"], at
    ballot.save(update_fields=["opinion", "opinion_revision", "saved_at"])
    BallotChange.objects.create(
        ballot=ballot, criterion=OPINION, old=old, new=new, revision=new["r"], key=key, by=by, at=at
    )
    return Saved(ballot, OPINION, new, new["r"], at)
