"""The secretary reminds a member of her missing sheets, at most once in ten minutes."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.meetings.boards import visible_items
from evaluation.meetings.standing import read_hall, read_standings
from evaluation.models import Meeting, MeetingState, Seat
from ocop.audit.log import record
from ocop.notices.models import Notice
from ocop.notices.outbox import notify
from ocop.orgs.models import User

NUDGE = "evaluation.change_meeting"
PAUSE = dt.timedelta(minutes=10)


def nudged_at(meeting: Meeting) -> dict[int, dt.datetime]:
    """When each member was last reminded in this meeting, by user."""
    told = Notice.objects.filter(key__startswith=_key(meeting)).order_by()
    return dict(told.values_list("user_id").annotate(at=Max("created_at")))


@transaction.atomic
def nudge(meeting: Meeting, seat: Seat, *, by: User) -> int:
    """Tell her how many sheets are missing (of the products that `by` may know); the number is answered."""
    if not by.has_perm(NUDGE, meeting):
        raise PermissionDenied
    if meeting.state != MeetingState.OPEN:
        raise ValidationError(_("Phiên họp không mở."))
    Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)  # two secretaries click at once
    last, now = nudged_at(meeting).get(seat.user_id), timezone.now()
    if last is not None and now - last < PAUSE:
        raise ValidationError(
            _("Đã nhắc %(who)s lúc %(time)s; mỗi người chỉ nhắc một lần trong %(minutes)s phút.")
            % {
                "who": seat.user,
                "time": f"{timezone.localtime(last):%H:%M}",
                "minutes": PAUSE.seconds // 60,
            }
        )
    standings = read_standings(read_hall(meeting), visible_items(meeting, by))
    missing = sum(1 for it in standings if it.result is None and seat in it.missing)
    if not missing:
        raise ValidationError(_("%(who)s không còn phiếu nào phải nộp.") % {"who": seat.user})
    notify(
        [seat.user],
        kind="meeting",
        key=f"{_key(meeting)}{now:%Y%m%d%H%M%S}",
        subject=_("Thư ký nhắc: bạn còn %(n)s phiếu chưa nộp") % {"n": missing},
        url=f"meetings/{meeting.pk}/",
    )
    record("meeting.nudge", meeting, by=by, data={"seat": seat.pk, "missing": missing})
    return missing


def _key(meeting: Meeting) -> str:
    return f"meeting-{meeting.pk}-nudge-"
