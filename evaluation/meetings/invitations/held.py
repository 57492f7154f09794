"""The invitation (giấy mời): when, where, who, how many products, and when the members have had their time.

It names no product: it goes to every member, and any of them may still declare a conflict.
"""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.meetings.invitations.people import members, who_signs
from evaluation.models import Meeting
from ocop.orgs.calendar import CALENDAR
from ocop.papers.content import PaperContent

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


def title(meeting: Meeting) -> str:
    held = timezone.localtime(meeting.held_at)
    return _("Họp %(council)s ngày %(day)s") % {"council": meeting.council.name, "day": f"{held:%d/%m/%Y}"}


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
