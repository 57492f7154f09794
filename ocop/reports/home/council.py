"""Who sits on a council: what do I score now, and what did I not finish?"""

import datetime as dt
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluation.models import (
    AgendaItem,
    Assignment,
    Ballot,
    BallotState,
    Meeting,
    MeetingState,
    Seat,
    SeatRole,
)
from ocop.reports.home.parts import Block, Task
from ocop.reports.links import address
from products.models import Exclusion

MOST = 10
LEADS = frozenset([SeatRole.CHAIR, SeatRole.DEPUTY, SeatRole.SECRETARY])


def block(user: Any, on: dt.date) -> Block | None:
    seats = {seat.council_id: seat for seat in Seat.objects.held_on(on).filter(user_id=user.pk)}
    if not seats:
        return None
    meetings = list(
        Meeting.objects.visible_to(user)
        .filter(council__in=seats, state__in=[MeetingState.PLANNED, MeetingState.OPEN])
        .select_related("council")
        .order_by("held_at")
    )
    left = _left_to_score(user, [meeting.pk for meeting in meetings if meeting.state == MeetingState.OPEN])
    tasks = [task for meeting in meetings for task in _tasks(meeting, seats[meeting.council_id], left, on)]
    tasks.sort(key=lambda task: (task.status != "doing", task.order))  # what runs now, then what comes
    return Block("council", _("Hội đồng"), [*tasks[:MOST], *_rest(len(tasks) - MOST)])


def _rest(left: int) -> list[Task]:
    label = ngettext("Còn %(count)s phiên họp khác", "Còn %(count)s phiên họp khác", left)
    return [Task(label % {"count": left}, address("evaluation:meetings"), count=left)] if left > 0 else []


def _left_to_score(user: Any, meetings: list[int]) -> dict[int, int]:
    """For each open meeting, the products that this member scores and has not sealed a ballot for.

    Where members were assigned to a product, it is theirs alone.
    A ballot of an earlier attempt does not count once the product is scored again.
    """
    shut = Exclusion.objects.in_force().filter(user_id=user.pk)
    sealed = Ballot.objects.filter(seat__user_id=user.pk).exclude(state=BallotState.OPEN)
    assigned = Assignment.objects.filter(item=OuterRef("pk"))
    hers = Exists(assigned.filter(seat__user_id=user.pk))
    open_items = AgendaItem.objects.filter(~Exists(assigned) | hers, meeting__in=meetings).exclude(
        assessment__dossier__in=shut.values("dossier")
    )
    counts = open_items.values("meeting").annotate(
        all=Count("pk", distinct=True),
        done=Count(
            "pk", distinct=True,
            filter=Q(assessment__ballots__in=sealed) & Q(assessment__ballots__attempt__gte=F("attempt")),
        ),
    )  # fmt: skip
    return {row["meeting"]: row["all"] - row["done"] for row in counts}


def _tasks(meeting: Meeting, seat: Seat, left: dict[int, int], on: dt.date) -> list[Task]:
    url = address("evaluation:meeting", meeting.pk)
    held = timezone.localtime(meeting.held_at)
    when = date_format(held, "SHORT_DATETIME_FORMAT")
    if meeting.state == MeetingState.PLANNED:
        label = _("Phiên họp %(council)s") % {"council": meeting.council}
        return [Task(label, url, when, "todo", (held.date() - on).days, held.date())]
    tasks = []
    remaining = left.get(meeting.pk, 0)
    if seat.votes and remaining:
        label = _("Chấm %(count)s sản phẩm còn lại") % {"count": remaining}
        until = timezone.localdate(meeting.deadline) if meeting.deadline else on
        tasks.append(Task(label, url, str(meeting), "doing", (until - on).days, until))
    elif seat.votes:
        tasks.append(Task(_("Đã nộp đủ phiếu"), url, str(meeting), "done"))
    if seat.role in LEADS:
        tasks.append(Task(_("Điều hành phiên họp đang mở"), url, str(meeting), "doing", 0, on))
    return tasks
