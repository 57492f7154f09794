"""Empty sheets, laid before those who score."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.utils import timezone

from evaluation.meetings.standing import Hall, read_standings
from evaluation.models import AgendaItem, Ballot


def lay_out(
    hall: Hall,
    items: Iterable[AgendaItem],
    *,
    seats: Collection[int] | None = None,
    at: dt.datetime | None = None,
) -> None:
    """One for each product and each seat that scores it (all, or these) and has none; not once it is concluded."""
    Ballot.objects.bulk_create(
        Ballot(
            meeting=hall.meeting,
            assessment=standing.item.assessment,
            seat=seat,
            published=standing.item.assessment.published,
            attempt=standing.item.attempt,
            saved_at=at or timezone.now(),
        )
        for standing in read_standings(hall, items)
        for seat in standing.entitled
        if standing.result is None and seat.pk not in standing.ballots and (seats is None or seat.pk in seats)
    )
