"""What the board of a meeting shows: progress while it is blind, points once every voter has sealed."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evaluation.meetings.clocks import Clock, clock_of
from evaluation.meetings.standing import Hall, Standing, name_all, read_hall, read_standings
from evaluation.models import (
    AgendaItem,
    Ballot,
    Declaration,
    Meeting,
    MeetingState,
    Seat,
)
from ocop.orgs.models import User
from ocop.tenancy.scope import active_tenant_id


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


def read_places(meeting: Meeting, user: User) -> list[Row]:
    """The rows that a reader with sheets of her own goes through: which they are and how far, of no sheet its points."""
    hall = read_hall(meeting)
    standings = read_standings(hall, visible_items(meeting, user), with_points=False)
    return [Row(it, sees_progress=False, sees_points=False, own=it.own_ballot(user)) for it in standings]


def _declared(meeting: Meeting, user: User) -> set[int]:
    mine = Declaration.objects.filter(meeting=meeting, seat__user=user, has_conflict=False)
    return set(mine.values_list("assessment_id", flat=True))


# By hand, as it is the same each time and asked most often of all: Django took longer to put it together than
# PostgreSQL to answer it.
_FACTS = """
SELECT ROW(
    m.state, m.discussing_id, m.discussing_since,
    (SELECT ROW(count(*), count(*) FILTER (WHERE state <> 'open'), max(sealed_at))
       FROM evaluation_ballot WHERE meeting_id = m.id),
    (SELECT string_agg(seat_id::text, ',' ORDER BY seat_id)
       FROM evaluation_attendance WHERE meeting_id = m.id AND is_present),
    (SELECT md5(string_agg(ROW(assessment_id, "order", attempt, agreed, knock_outs)::text, ',' ORDER BY "order"))
       FROM evaluation_agendaitem WHERE meeting_id = m.id),
    (SELECT ROW(count(*), max(declared_at)) FROM evaluation_declaration WHERE meeting_id = m.id),
    (SELECT ROW(count(*), max(concluded_at)) FROM evaluation_result WHERE meeting_id = m.id),
    (SELECT count(*)
       FROM evaluation_agendaitem i
       JOIN evaluation_assessment a ON a.id = i.assessment_id
       JOIN products_exclusion e ON e.dossier_id = a.dossier_id
      WHERE i.meeting_id = m.id AND e.user_id = %(user)s
        AND e.since <= %(at)s AND (e.until IS NULL OR e.until > %(at)s))
)::text
FROM evaluation_meeting m WHERE m.tenant_id = %(tenant)s AND m.id = %(meeting)s
"""


def fingerprint(meeting: Meeting, user: User) -> str:
    """Changes exactly when this reader's board may: one query over counts and times, no sheet is read."""
    at = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            _FACTS, {"tenant": active_tenant_id(), "meeting": meeting.pk, "user": user.pk, "at": at}
        )
        facts = cursor.fetchone()
    time = (meeting.deadline, meeting.is_due(at))
    return hashlib.sha256(repr((user.pk, facts, time)).encode()).hexdigest()[:32]


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
