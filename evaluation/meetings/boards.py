"""What the board of a meeting shows: progress while it is blind, points once every voter has sealed."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Count, Max, OuterRef, Subquery, TextField
from django.db.models.functions import MD5, Cast, Concat
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evaluation.meetings.clocks import Clock, clock_of
from evaluation.meetings.standing import Hall, Standing, name_all, read_hall, read_standings
from evaluation.models import (
    AgendaItem,
    Attendance,
    Ballot,
    BallotState,
    Declaration,
    Meeting,
    MeetingState,
    Result,
    Seat,
)
from ocop.orgs.models import User
from products.models import Exclusion


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
        if not self.sees_progress or self.standing.hall.meeting.state == MeetingState.PLANNED:
            return ""
        if self.standing.is_revealed and self.standing.missing:
            return _("Hết hạn gửi phiếu")
        if self.standing.is_revealed:
            return _("Cần chấm lại") if self.standing.must_rescore else _("Đủ phiếu")
        return _("Đang chấm")

    @property
    def kind(self) -> str:
        return "good" if self.standing.result else "move"

    @property
    def missing(self) -> list[Seat]:
        """Whose sheet is waited for, for who leads."""
        return self.standing.missing if self.sees_progress and not self.standing.result else []

    @property
    def is_discussed(self) -> bool:
        meeting = self.standing.hall.meeting
        return meeting.state == MeetingState.OPEN and meeting.discussing_id == self.item.pk

    @property
    def agreed(self) -> list[tuple[str, int]]:
        return sorted(self.item.agreed.items()) if self.sees_points else []


@dataclass(frozen=True)
class Board:
    hall: Hall
    rows: list[Row] = field(default_factory=list)
    sees_progress: bool = False
    clock: Clock | None = None

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
    leads = any(seat.user_id == user.pk and seat.sees_all for seat in hall.seats)
    sees_progress = leads or user.has_perm("evaluation.change_meeting", meeting)
    if sees_progress:
        name_all(hall)
    declared = _declared(meeting, user)
    return Board(
        hall,
        [
            Row(
                standing,
                sees_progress,
                standing.is_revealed_to(user),
                standing.own_ballot(user),
                standing.item.assessment_id in declared,
            )
            for standing in read_standings(hall, items)
        ],
        sees_progress,
        clock_of(meeting, hall, at=timezone.now()),
    )


def _declared(meeting: Meeting, user: User) -> set[int]:
    mine = Declaration.objects.filter(meeting=meeting, seat__user=user, has_conflict=False)
    return set(mine.values_list("assessment_id", flat=True))


def fingerprint(meeting: Meeting, user: User) -> str:
    """Changes exactly when this reader's board may: one query over counts and times, no sheet is read."""
    ballots, seats = Ballot.objects.all(), Attendance.objects.filter(is_present=True)
    recused = Exclusion.objects.in_force().filter(
        user=user, dossier__assessments__agenda_items__meeting=OuterRef("pk")
    )
    facts = (
        Meeting.objects.filter(pk=meeting.pk)
        .annotate(
            sheets=_of(ballots, Count("pk")),
            sealed=_of(ballots.exclude(state=BallotState.OPEN), Count("pk")),
            sealed_last=_of(ballots, Max("sealed_at")),
            here=_of(seats, StringAgg(Cast("seat", TextField()), ",", order_by="seat")),
            items=_of(AgendaItem.objects.all(), MD5(StringAgg(_ITEM, ",", order_by="order"))),
            declared=_of(Declaration.objects.all(), Count("pk")),
            declared_last=_of(Declaration.objects.all(), Max("declared_at")),
            concluded=_of(Result.objects.all(), Count("pk")),
            concluded_last=_of(Result.objects.all(), Max("concluded_at")),
            recused=Subquery(recused.order_by().values("user").annotate(n=Count("pk")).values("n")),
        )
        .values_list(
            "state", "discussing", "discussing_since", "sheets", "sealed", "sealed_last", "here", "items",
            "declared", "declared_last", "concluded", "concluded_last", "recused",
        )
        .get()
    )  # fmt: skip
    time = (meeting.deadline, meeting.is_due(timezone.now()))
    return hashlib.sha256(repr((user.pk, facts, time)).encode()).hexdigest()[:32]


# What of an item a board shows: its place, its round, what was agreed on and found.
_ITEM = Concat(
    *(Cast(name, TextField()) for name in ("assessment", "order", "attempt", "agreed", "knock_outs")),
    output_field=TextField(),
)


def _of(rows: Any, figure: Any) -> Subquery:
    """One figure over the rows of the meeting in question."""
    mine = rows.filter(meeting=OuterRef("pk")).order_by()
    return Subquery(mine.values("meeting").annotate(figure=figure).values("figure"))


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
