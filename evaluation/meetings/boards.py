"""What the board of a meeting shows: progress while it is blind, points once every voter has sealed."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, Q, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evaluation.meetings.standing import Hall, Standing, read_hall, read_standings
from evaluation.models import AgendaItem, Attendance, Ballot, BallotState, Declaration, Meeting, Result
from ocop.orgs.models import User


@dataclass(frozen=True)
class Row:
    """One product on the board as this reader may know it."""

    standing: Standing
    sees_progress: bool
    sees_points: bool
    own: Ballot | None = None
    has_declared: bool = False

    @property
    def item(self) -> AgendaItem:
        return self.standing.item

    @property
    def word(self) -> str | Promise:
        if self.standing.result:
            return _("Đã kết luận")
        if not self.sees_progress:
            return ""
        if self.standing.is_revealed:
            return _("Cần chấm lại") if self.standing.must_rescore else _("Đủ phiếu")
        return _("Đang chấm")

    @property
    def kind(self) -> str:
        return "good" if self.standing.result else "move"


@dataclass(frozen=True)
class Board:
    hall: Hall
    rows: list[Row] = field(default_factory=list)

    @property
    def meeting(self) -> Meeting:
        return self.hall.meeting


def visible_items(meeting: Meeting, user: User) -> list[AgendaItem]:
    """The agenda as this reader may know it; a product she is recused from leaves no gap."""
    items = AgendaItem.objects.visible_to(user).for_list().filter(meeting=meeting)
    return list(items)


def read_board(meeting: Meeting, user: User) -> Board:
    """With as many queries for thirty products as for one."""
    hall = read_hall(meeting)
    items = visible_items(meeting, user)
    leads = any(seat.user_id == user.pk and seat.role != "member" for seat in hall.seats)
    sees_progress = leads or user.has_perm("evaluation.change_meeting", meeting)
    declared = _declared(meeting, user)
    return Board(
        hall,
        [
            Row(
                standing,
                sees_progress,
                standing.is_revealed_to(user),
                _own(standing, user),
                standing.item.assessment_id in declared,
            )
            for standing in read_standings(hall, items)
        ],
    )


def _own(standing: Standing, user: User) -> Ballot | None:
    seats = {seat.pk for seat in standing.hall.seats if seat.user_id == user.pk}
    return next((ballot for seat, ballot in standing.ballots.items() if seat in seats), None)


def _declared(meeting: Meeting, user: User) -> set[int]:
    mine = Declaration.objects.filter(meeting=meeting, seat__user=user, has_conflict=False)
    return set(mine.values_list("assessment_id", flat=True))


def fingerprint(meeting: Meeting, user: User) -> str:
    """Changes exactly when this reader's board may: four counts, no sheet is read."""
    facts: list[Any] = [
        user.pk,
        meeting.state,
        *Ballot.objects.filter(meeting=meeting)
        .aggregate(
            sealed=Count("pk", filter=~Q(state=BallotState.OPEN)), all=Count("pk"), at=Max("sealed_at")
        )
        .values(),
        *Attendance.objects.filter(meeting=meeting, is_present=True)
        .aggregate(n=Count("pk"), s=Sum("seat"))
        .values(),
        *AgendaItem.objects.filter(meeting=meeting).aggregate(n=Count("pk"), s=Sum("attempt")).values(),
        *Declaration.objects.filter(meeting=meeting).aggregate(n=Count("pk"), at=Max("declared_at")).values(),
        Result.objects.filter(meeting=meeting).count(),
    ]
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:32]


def next_unfinished(rows: Iterable[Row], after: int | None = None) -> Row | None:
    """The next product whose sheet this member has not sealed, going round from the one she is at."""
    mine = [row for row in rows if row.own is not None]
    keys = [row.item.assessment_id for row in mine]
    start = keys.index(after) + 1 if after in keys else 0
    turned = mine[start:] + mine[:start]
    return next(
        (row for row in turned if row.own and not row.own.is_sealed and row.item.assessment_id != after), None
    )


def row_before(rows: Iterable[Row], here: int) -> Row | None:
    """The product before this one on which the member has a sheet, finished or not."""
    mine = [row for row in rows if row.own is not None]
    keys = [row.item.assessment_id for row in mine]
    at = keys.index(here) if here in keys else 0
    return mine[at - 1] if at else None
