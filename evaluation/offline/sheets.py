"""The sheets that a member may take along: of the products she may know and has declared on."""

from dataclasses import dataclass
from typing import Any, Literal

from evaluation.ballots.opinions import opinion_level
from evaluation.meetings.boards import visible_items
from evaluation.meetings.declarations import seat_of
from evaluation.models import OPINION, AgendaItem, Ballot, Declaration, Meeting, MeetingState, Result, Seat
from evaluation.rules import read_rules
from ocop.orgs.models import User

State = Literal["planned", "open", "sealed", "closed"]


@dataclass(frozen=True)
class OwnSheet:
    """One product of hers; `ballot` is None until the meeting opens: the device names the product and the attempt."""

    item: AgendaItem
    ballot: Ballot | None
    state: State

    @property
    def is_open(self) -> bool:
        """Whether there is anything to score on it, now or when the meeting opens."""
        return self.state in ("planned", "open")

    @property
    def as_json(self) -> dict[str, Any]:
        """How the sheet stands, as a device merges it."""
        return {
            "attempt": self.item.attempt,
            "state": self.state,
            "levels": vouched(self.ballot) if self.ballot else {},
        }


def vouched(ballot: Ballot) -> dict[str, Any]:
    """What a device holds of a sheet and a receipt vouches for: its levels, and the opinion once there is one."""
    if not (ballot.opinion or ballot.opinion_revision):
        return dict(ballot.levels)
    return {**ballot.levels, OPINION: opinion_level(ballot)}


def scoring_seat(meeting: Meeting, user: User) -> Seat | None:
    """The seat she scores from; None for whoever only watches or keeps the record."""
    seat = seat_of(user, meeting)
    return seat if seat is not None and seat.votes else None


def read_sheets(meeting: Meeting, user: User) -> list[OwnSheet]:
    """With as many queries for thirty products as for one."""
    seat = scoring_seat(meeting, user)
    if seat is None:
        return []
    items = _declared(visible_items(meeting, user), meeting, seat)
    concluded = set(
        Result.objects.filter(assessment__in=[it.assessment_id for it in items]).values_list(
            "assessment_id", flat=True
        )
    )
    ballots = {
        (ballot.assessment_id, ballot.attempt): ballot
        for ballot in Ballot.objects.filter(meeting=meeting, seat=seat)
    }
    return [
        _sheet(item, ballots.get((item.assessment_id, item.attempt)), meeting, concluded) for item in items
    ]


def _sheet(item: AgendaItem, ballot: Ballot | None, meeting: Meeting, concluded: set[int]) -> OwnSheet:
    if meeting.state == MeetingState.CONCLUDED or item.assessment_id in concluded:
        return OwnSheet(item, ballot, "closed")
    if meeting.state == MeetingState.PLANNED:
        return OwnSheet(item, None, "planned")
    if ballot is None:
        return OwnSheet(item, None, "closed")
    return OwnSheet(item, ballot, "sealed" if ballot.is_sealed else "open")


def _declared(items: list[AgendaItem], meeting: Meeting, seat: Seat) -> list[AgendaItem]:
    """Those she declared on, where the council's rules ask for it."""
    if not read_rules(meeting.rules or meeting.council.rules).policy.recusal_required:
        return items
    done = Declaration.objects.filter(meeting=meeting, seat=seat, has_conflict=False)
    declared = set(done.values_list("assessment_id", flat=True))
    return [item for item in items if item.assessment_id in declared]
