"""Councils and their meetings: seats by a decision, the team's report, invited, opened, concluded."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.assessments.starting import start_assessment, write_report
from evaluation.councils.making import add_seat, draft_council
from evaluation.meetings.agenda import add_to_agenda, plan_meeting, set_attendance
from evaluation.meetings.declarations import declare
from evaluation.models import AgendaItem, Assessment, Council, Meeting
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.council import COUNCIL
from evaluation.workflow.meeting import MEETING
from ocop.demo.clock import moment
from ocop.demo.people import Cast
from ocop.orgs.models import OrgUnit, User
from plans.models import Round
from products.models import Dossier

ROLE_WORDS = {
    "chair": "Chủ tịch Hội đồng",
    "deputy": "Phó Chủ tịch Hội đồng",
    "secretary": "Thư ký Hội đồng",
    "member": "Thành viên Hội đồng",
}


def make_council(
    data: Mapping[str, Any],
    unit: OrgUnit,
    regime: str,
    starts_on: dt.date,
    cast: Cast,
    *,
    officer: User,
    leader: User,
) -> Council:
    """A council with its seats, established by its decision."""
    council = draft_council(unit, regime_code=regime, name=data["name"], starts_on=starts_on, by=officer)
    for one in data["seats"]:
        user = cast.account(one["username"], one["name"], one["agency"])
        add_seat(
            council, user, role=one["role"], agency=one["agency"], votes=one["role"] != "secretary", by=officer,
            starts_on=starts_on, sectors=one.get("sectors", ()),
        )  # fmt: skip
        cast.introduce(user, one["name"], ROLE_WORDS[one["role"]], data["name"])
    given = {"number": data["decision"], "on": starts_on}
    return COUNCIL.take("establish", council, by=leader, data=given)


def check_for_council(dossier: Dossier, stars: int, advisor: User, on: dt.date) -> Assessment:
    """The advisory team's report, and the product waits for the council."""
    return report(start_assessment(dossier, by=advisor, at=moment(on)), stars, advisor, on)


def report(assessment: Assessment, stars: int, advisor: User, on: dt.date) -> Assessment:
    write_report(
        assessment, by=advisor, proposed_stars=stars if stars >= 3 else None, at=moment(on, 15),
        findings="Đã khảo sát cơ sở, hồ sơ và mẫu phù hợp với nội dung tự đánh giá.",
        proposal="Trình Hội đồng đánh giá, phân hạng.",
    )  # fmt: skip
    return ASSESSMENT.take("check", assessment, by=advisor, data={})


def invite(
    council: Council, found: Round, assessments: Sequence[Assessment], held_on: dt.date, *, officer: User
) -> Meeting:
    """Planned, its agenda fixed, the invitation sent."""
    meeting = plan_meeting(council, found, held_at=moment(held_on, 8), place="Phòng họp tầng 2", by=officer)
    add_to_agenda(meeting, list(assessments), by=officer)
    invited = {"at": moment(held_on - dt.timedelta(days=5), 9)}
    return MEETING.take("invite", meeting, by=officer, data=invited)


def begin(meeting: Meeting, on: dt.date, *, officer: User) -> Meeting:
    """All are here and have no conflict with what they see; the chair opens."""
    council = meeting.council
    set_attendance(meeting, [seat.pk for seat in council.seats.all()], by=officer, at=moment(on, 8))
    for seat in council.seats.select_related("user"):
        seen = AgendaItem.objects.visible_to(seat.user).filter(meeting=meeting)
        answers = dict.fromkeys(seen.values_list("assessment", flat=True), "")
        declare(meeting, answers, by=seat.user, at=moment(on, 8, 10))
    return MEETING.take("open", meeting, by=chair_of(council), data={"at": moment(on, 8, 15)})


def hold(
    council: Council, found: Round, assessments: Sequence[Assessment], held_on: dt.date, *, officer: User
) -> Meeting:
    """Invited and begun: the sheets lie ready."""
    return begin(invite(council, found, assessments, held_on, officer=officer), held_on, officer=officer)


def chair_of(council: Council) -> User:
    return council.seats.select_related("user").get(role="chair").user


def conclude(meeting: Meeting, on: dt.date) -> Meeting:
    """Every product, then the meeting: sealed, with its minutes."""
    chair, at = chair_of(meeting.council), moment(on, 16)
    for item in meeting.agenda.select_related("assessment"):
        ASSESSMENT.take("conclude", item.assessment, by=chair, data={"at": at})
    return MEETING.take("conclude", meeting, by=chair, data={"at": at})
