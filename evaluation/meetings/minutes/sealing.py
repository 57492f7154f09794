"""The seal in the minutes, and the earlier ones that were broken."""

from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.meetings.digests import seal_code
from evaluation.meetings.seals import seals_of
from evaluation.models import Meeting
from ocop.papers.content import Block


def blocks(meeting: Meeting, *, is_told: bool) -> list[Block]:
    """`is_told`: why a seal was broken may name a product, and is not for everybody."""
    return [*_in_force(meeting), *(_broken(meeting) if is_told else [])]


def _in_force(meeting: Meeting) -> list[Block]:
    if not meeting.digest:
        return []
    return [
        {"p": _("Mã niêm phong các phiếu: %(code)s.") % {"code": seal_code(meeting.digest)}},
        {"p": _("SHA-256 đầy đủ: %(digest)s.") % {"digest": meeting.digest}},
    ]


def _broken(meeting: Meeting) -> list[Block]:
    """Every earlier closing: its code, when, by whom, and why it was opened."""
    lines = [
        _(
            "Lần %(number)s: %(code)s, niêm phong lúc %(sealed)s; %(who)s mở lại lúc %(opened)s, lý do: %(reason)s"
        )
        % {
            "number": it.number,
            "code": seal_code(it.digest),
            "sealed": f"{timezone.localtime(it.sealed_at):%H:%M %d/%m/%Y}",
            "who": it.reopening.reopened_by,
            "opened": f"{timezone.localtime(it.reopening.reopened_at):%H:%M %d/%m/%Y}",
            "reason": it.reopening.reason,
        }
        for it in seals_of(meeting)
        if it.is_broken
    ]
    return [{"p": _("Các lần niêm phong trước:")}, {"list": lines}] if lines else []
