"""Sheets, laid before those who score."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import F
from django.utils import timezone

from evaluation.meetings.standing import Hall, read_standings
from evaluation.models import AgendaItem, Ballot, BallotState, Meeting


def lay_out(
    hall: Hall,
    items: Iterable[AgendaItem],
    *,
    seats: Collection[int] | None = None,
    at: dt.datetime | None = None,
) -> None:
    """One for each product and each seat that scores it (all, or these) and has none; not once it is concluded.

    What a member gave in writing on a product that came to this meeting is where her new sheet begins.
    """
    given = _given_in_writing(hall.meeting)
    Ballot.objects.bulk_create(
        Ballot(
            meeting=hall.meeting,
            assessment=standing.item.assessment,
            seat=seat,
            published=standing.item.assessment.published,
            attempt=standing.item.attempt,
            saved_at=at or timezone.now(),
            **given.get((standing.item.assessment_id, seat.pk), {}),
        )
        for standing in read_standings(hall, items)
        for seat in standing.entitled
        if standing.result is None and seat.pk not in standing.ballots and (seats is None or seat.pk in seats)
    )


def _given_in_writing(meeting: Meeting) -> dict[tuple[int, int], dict[str, Any]]:
    """By product and seat, of the sheets that were sealed before the product was referred to this meeting."""
    before = Ballot.objects.filter(
        meeting__referrals__to=meeting,
        meeting__referrals__assessment=F("assessment"),
        state=BallotState.SEALED,
    )
    kept = ("levels", "opinion", "opinion_revision", "total", "stars")
    return {
        (it.assessment_id, it.seat_id): {name: getattr(it, name) for name in kept}
        for it in before.order_by("attempt")
    }
