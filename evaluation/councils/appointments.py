"""The words of the decision that sets up a council."""

from django.utils.translation import gettext as _

from evaluation.models import Council, Seat
from ocop.orgs.models import User
from ocop.papers.content import PaperContent
from ocop.papers.drafting import draft_paper
from ocop.papers.models import Paper
from products.law import regime


def draft_appointment(council: Council, *, by: User) -> Paper:
    """A draft of the decision with the list of its members; its number is the one already given."""
    title = _("Về việc thành lập %(council)s") % {"council": council.name}
    return draft_paper(council.unit, "council_decision", title, appointment(council), by=by)


def appointment(council: Council) -> PaperContent:
    law = regime(council.regime)
    seats = list(council.seats.select_related("user", "unit").prefetch_related("user__persons"))
    return {
        "grounds": [
            _("Căn cứ Quyết định số %(law)s của Thủ tướng Chính phủ") % {"law": law.decision},
        ],
        "articles": [
            [
                _("Thành lập %(council)s gồm %(count)s thành viên theo danh sách kèm theo.")
                % {"council": council.name, "count": len(seats)}
            ],
            [_("Hội đồng làm việc theo Quy chế, sử dụng con dấu của %(unit)s.") % {"unit": council.unit}],
            [_("Quyết định có hiệu lực từ ngày ký. Các thành viên Hội đồng chịu trách nhiệm thi hành.")],
        ],
        "annexes": [
            {
                "title": _("Danh sách thành viên"),
                "columns": [_("TT") + "*", _("Họ và tên"), _("Chức danh"), _("Cơ quan")],
                "rows": [_row(number, seat) for number, seat in enumerate(seats, 1)],
            }
        ],
        "recipients": [_("Như Điều 3"), _("Lưu: VT")],
    }


def _row(number: int, seat: Seat) -> list[str]:
    return [str(number), str(seat.user), str(seat.get_role_display()), seat.home]
