"""What the people of a council are told when it is asked in writing; no product is named before she declares."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.meetings.tellings import LEADING
from evaluation.models import Meeting, MeetingCall, Seat
from ocop.notices.outbox import notify
from products.models import Exclusion


def _until(meeting: Meeting) -> str:
    return f"{timezone.localtime(meeting.deadline):%H:%M %d/%m/%Y}"


def _letter(meeting: Meeting) -> str:
    paper = meeting.invitation
    return _("Công văn số %(number)s.") % {"number": paper.symbol} if paper else ""


def tell_asked(meeting: Meeting, seats: Iterable[Seat]) -> None:
    notify(
        [seat.user for seat in seats],
        kind="meeting",
        key=f"meeting-{meeting.pk}-asked",
        subject=_("%(council)s lấy ý kiến bằng văn bản, gửi phiếu trước %(until)s")
        % {"council": meeting.council.name, "until": _until(meeting)},
        body=" ".join(
            part
            for part in (
                _letter(meeting),
                _(
                    "Trước khi xem hồ sơ, hãy khai báo xung đột lợi ích. Thấy cần họp, hãy đề nghị ngay trên phiếu."
                ),
            )
            if part
        ),
        url=f"meetings/{meeting.pk}/declare/",
    )


def tell_deadline(meeting: Meeting) -> None:
    seats = meeting.council.seats.held_on(meeting.held_on).select_related("user")
    notify(
        [seat.user for seat in seats],
        kind="meeting",
        key=f"meeting-{meeting.pk}-until-{meeting.deadline:%Y%m%d%H%M}",
        subject=_("Hạn gửi phiếu lấy ý kiến được lùi đến %(until)s") % {"until": _until(meeting)},
        body=_letter(meeting),
        url=f"meetings/{meeting.pk}/",
    )


def tell_call(call: MeetingCall) -> None:
    """Who leads learns that somebody calls; the words stand on the product's page, for who has sealed her own."""
    meeting, assessment = call.meeting, call.assessment
    shut = Exclusion.objects.in_force().filter(dossier=assessment.dossier_id).values("user")
    seats = meeting.council.seats.held_on(meeting.held_on).filter(role__in=LEADING).exclude(user__in=shut)
    notify(
        [seat.user for seat in seats.select_related("user") if seat.pk != call.seat_id],
        kind="meeting",
        key=f"call-{call.pk}",
        subject=_("Thành viên đề nghị họp: %(product)s") % {"product": assessment},
        url=f"meetings/{meeting.pk}/items/{assessment.pk}/",
    )


def tell_referred(called: Meeting) -> None:
    """No product is named: her own agenda says which."""
    held = timezone.localtime(called.held_at)
    seats = called.council.seats.held_on(called.held_on).select_related("user")
    notify(
        [seat.user for seat in seats],
        kind="meeting",
        key=f"meeting-{called.pk}-called",
        subject=_("Có sản phẩm lấy ý kiến bằng văn bản được đưa ra phiên họp %(when)s")
        % {"when": f"{held:%H:%M %d/%m/%Y}"},
        url=f"meetings/{called.pk}/declare/",
    )


def tell_missing(meeting: Meeting, seat: Seat, missing: int, milestone: int) -> None:
    """Once a milestone, deadline and person, however often it is run."""
    notify(
        [seat.user],
        kind="meeting",
        key=f"meeting-{meeting.pk}-reminded-{meeting.deadline:%Y%m%d%H%M}-{milestone}",
        subject=_("Còn %(n)s phiếu lấy ý kiến chưa gửi, hạn %(until)s")
        % {"n": missing, "until": _until(meeting)},
        url=f"meetings/{meeting.pk}/",
    )


def tell_over(meeting: Meeting, seats: Iterable[Seat]) -> None:
    """Who leads: the time is over, it is theirs to conclude, to give more time or to call a meeting."""
    notify(
        [seat.user for seat in seats if seat.role in LEADING],
        kind="meeting",
        key=f"meeting-{meeting.pk}-over-{meeting.deadline:%Y%m%d%H%M}",
        subject=_("Đã hết hạn gửi phiếu lấy ý kiến: %(meeting)s") % {"meeting": meeting},
        body=_("Kết luận sản phẩm đủ phiếu, gia hạn, hoặc đưa ra phiên họp."),
        url=f"meetings/{meeting.pk}/",
    )
