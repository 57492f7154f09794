"""Where one goes from a meeting's page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from evaluation.meetings.conclusions import CONCLUDE
from evaluation.models import Meeting, MeetingState
from ocop.orgs.models import User


def ways(found: Meeting, user: User, *, may_plan: bool, sees_progress: bool) -> list[tuple[str, str]]:
    """Words and address of each page of this meeting that is hers now, in the order of the day."""
    has_begun, is_open = found.state != MeetingState.PLANNED, found.state == MeetingState.OPEN
    is_over, in_hall = found.state == MeetingState.CONCLUDED, not found.is_written
    plans, leads = may_plan and not is_over, has_begun and sees_progress
    table = (
        (plans, _("Chương trình họp"), "agenda"),
        (plans and in_hall, _("Điểm danh"), "attendance"),
        (plans, _("Phân công chấm"), "assign"),
        (plans and in_hall, _("Khách mời"), "guests"),
        (plans and is_open and not in_hall, _("Đưa ra phiên họp"), "refer"),
        (leads, _("Tiến độ nộp phiếu"), "progress"),
        (leads and is_open and in_hall, _("Màn hình hội trường"), "hall"),
        (has_begun, _("Bảng tổng hợp điểm"), "totals"),
        (leads, _("Biên bản"), "minutes"),
        (
            is_over and (may_plan or user.has_perm(CONCLUDE, found)),
            _("Diễn tập theo quy định khác"),
            "rehearsal",
        ),
    )
    return [
        (words, reverse(f"evaluation:{name}", args=[found.pk])) for is_hers, words, name in table if is_hers
    ]
