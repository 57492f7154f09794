"""The steps of a council: established by decision, ended."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.councils.appointments import draft_appointment
from evaluation.meetings.tellings import tell_appointment
from evaluation.models import Council, CouncilState, MeetingState, SeatRole
from ocop.orgs.models import User
from ocop.workflow import Input, Step, Workflow

LEAST_VOTING = 3  # a house rule: fewer sheets make no mean and no quorum; the decisions print no number
S = CouncilState


def establish_problems(council: Council, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    """What a council cannot work without (QĐ 26/2026, Điều 7 khoản 3b names its chair and members)."""
    seats = list(council.seats.all())
    if not any(seat.role == SeatRole.CHAIR for seat in seats):
        yield _("Hội đồng chưa có Chủ tịch.")
    if not any(seat.role == SeatRole.SECRETARY for seat in seats):
        yield _("Hội đồng chưa có Thư ký.")
    voting = sum(1 for seat in seats if seat.votes)
    if voting < LEAST_VOTING:
        yield _("Mới có %(count)s thành viên chấm điểm, cần ít nhất %(least)s.") % {
            "count": voting,
            "least": LEAST_VOTING,
        }
    if lacking := [str(seat.user) for seat in seats if not seat.agency.strip()]:
        yield _("Chưa ghi cơ quan của: %(names)s.") % {"names": ", ".join(lacking)}


def write_decision(council: Council, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    council.decision_number, council.decision_on = data["number"].strip(), data["on"]
    return ["decision_number", "decision_on"]


def draft_paper(council: Council, by: User, data: Mapping[str, Any]) -> None:
    council.paper = draft_appointment(council, by=by)
    council.save(update_fields=["paper"])
    tell_appointment(council)


def end_problems(council: Council, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    if council.meetings.exclude(state=MeetingState.CONCLUDED).exists():
        yield _("Còn phiên họp chưa kết thúc.")


def write_end(council: Council, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    council.ends_on = data.get("on") or timezone.localdate()
    return ["ends_on"]


COUNCIL = Workflow(
    gettext_lazy("Hội đồng"),
    {
        "establish": Step(
            gettext_lazy("Thành lập"),
            frozenset([S.DRAFT]),
            S.ESTABLISHED,
            "evaluation.establish_council",
            inputs=(
                Input("number", gettext_lazy("Số quyết định")),
                Input("on", gettext_lazy("Ngày quyết định"), "date"),
            ),
            problems=establish_problems,
            writes=write_decision,
            effect=draft_paper,
        ),
        "end": Step(
            gettext_lazy("Kết thúc hoạt động"),
            frozenset([S.ESTABLISHED]),
            S.ENDED,
            "evaluation.establish_council",
            inputs=(Input("on", gettext_lazy("Đến hết ngày"), "date"),),
            problems=end_problems,
            writes=write_end,
            is_final=True,
            is_aside=True,
        ),
    },
)
