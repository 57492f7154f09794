"""The invitation (giấy mời): when, where, who, how many products, and when the members have had their time.

It names no product: it goes to every member, and any of them may still declare a conflict.
"""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.models import Meeting, Seat, SeatRole
from ocop.orgs.calendar import CALENDAR
from ocop.orgs.models import User
from ocop.papers.content import PaperContent, Table
from ocop.papers.drafting import issue_paper
from ocop.papers.models import Paper
from ocop.papers.signing import Signer

KIND = "meeting_invitation"
DAY = dt.timedelta(days=1)


def invitation(meeting: Meeting) -> PaperContent:
    """What the paper prints."""
    return {
        "issuer": meeting.council.name,
        "to": [_("Các thành viên %(council)s") % {"council": meeting.council.name}],
        "body": [
            {"p": _("%(council)s kính mời các thành viên dự họp:") % {"council": meeting.council.name}},
            {"facts": facts(meeting)},
            {
                "p": _(
                    "Hồ sơ điện tử mở cho từng thành viên sau khi cam kết và khai báo xung đột lợi ích trên hệ thống. "
                    "Đề nghị các thành viên nghiên cứu hồ sơ trước và dự họp đúng giờ"
                )
            },
        ],
        "annexes": [{"title": _("Danh sách mời họp"), **members(meeting)}],
        "recipients": [_("Như trên"), _("Lưu: VT")],
    }


def facts(meeting: Meeting) -> list[list[str]]:
    held, seat = timezone.localtime(meeting.held_at), who_signs(meeting)
    return [
        [_("Thời gian"), f"{held:%H:%M %d/%m/%Y}"],
        [_("Địa điểm"), meeting.place or _("sẽ thông báo")],
        [_("Chủ trì"), str(seat) if seat else ""],
        # uncounted: who is recused from one reads the same paper
        [_("Nội dung"), _("đánh giá, phân hạng sản phẩm OCOP theo chương trình họp")],
        [_("Đợt"), str(meeting.round)],
    ]


def members(meeting: Meeting) -> Table:
    seats = meeting.council.seats.held_on(meeting.held_on).select_related("user", "unit")
    return {
        "columns": [_("TT") + "*", _("Họ và tên"), _("Chức danh"), _("Cơ quan")],
        "rows": [
            [str(number), str(seat.user), str(seat.get_role_display()), seat.home]
            for number, seat in enumerate(seats.prefetch_related("user__persons"), 1)
        ],
    }


def who_signs(meeting: Meeting) -> Seat | None:
    """Who has the chair's delegation, else the chair."""
    seats = list(meeting.council.seats.held_on(meeting.held_on).select_related("user"))
    acting = next((seat for seat in seats if seat.acts_as), None)
    return acting or next((seat for seat in seats if seat.role == SeatRole.CHAIR), None)


def issue_invitation(meeting: Meeting, *, by: User, at: dt.datetime) -> Paper:
    """With its number; sending the same again takes no other."""
    content = invitation(meeting)
    kept = meeting.invitation
    if kept is not None and {name: kept.content.get(name) for name in content} == content:
        return kept
    seat = who_signs(meeting)
    signer = (
        Signer(str(seat.user), str(seat.get_role_display()), seat.acts_as or _("CHỦ TỊCH"))
        if seat
        else Signer()
    )
    held = timezone.localtime(meeting.held_at)
    title = _("Họp %(council)s ngày %(day)s") % {"council": meeting.council.name, "day": f"{held:%d/%m/%Y}"}
    on = timezone.localdate(at)
    return issue_paper(meeting.council.unit, KIND, title, content, by=by, on=on, signer=signer)


def is_early(meeting: Meeting, at: dt.datetime) -> bool:
    """Invited less than one working day before; a meeting of the past is a record and never early."""
    if meeting.invited_at is None or meeting.held_on < timezone.localdate():
        return False
    day, opened_on = timezone.localdate(meeting.invited_at) + DAY, timezone.localdate(at)
    while day <= opened_on:
        if CALENDAR.is_working_day(day):
            return False
        day += DAY
    return True
