"""Who is called, and who signs."""

from django.utils.translation import gettext as _

from evaluation.models import Meeting, Seat, SeatRole
from ocop.papers.content import Table


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
