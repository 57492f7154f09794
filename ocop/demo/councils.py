"""Councils that met: their seats, sheets scored criterion by criterion, conclusions; and one that is meeting now."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.assessments.starting import start_assessment, write_report
from evaluation.ballots.saving import save_mark
from evaluation.councils.making import add_seat, draft_council
from evaluation.meetings.agenda import add_to_agenda, plan_meeting, set_attendance
from evaluation.meetings.declarations import declare
from evaluation.models import Assessment, Ballot, Council, Meeting
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.ballot import BALLOT
from evaluation.workflow.council import COUNCIL
from evaluation.workflow.meeting import MEETING
from ocop.demo.clock import moment
from ocop.demo.dossiers import mark_of
from ocop.demo.people import Cast
from ocop.orgs.models import OrgUnit, User
from ocop.regulations import CriteriaSet, Sheet, after, path_to, read_sheet
from plans.models import Round
from products import law
from products.models import Dossier


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
            starts_on=starts_on,
        )  # fmt: skip
        cast.introduce(user, one["name"], str(dict(ROLE_WORDS)[one["role"]]), data["name"])
    given = {"number": data["decision"], "on": starts_on}
    return COUNCIL.take("establish", council, by=leader, data=given)


ROLE_WORDS = (
    ("chair", "Chủ tịch Hội đồng"),
    ("deputy", "Phó Chủ tịch Hội đồng"),
    ("secretary", "Thư ký Hội đồng"),
    ("member", "Thành viên Hội đồng"),
)


def check_for_council(dossier: Dossier, stars: int, advisor: User, on: dt.date) -> Assessment:
    """The advisory team's report, and the product waits for the council."""
    assessment = start_assessment(dossier, by=advisor, at=moment(on))
    write_report(
        assessment, by=advisor, proposed_stars=stars if stars >= 3 else None, at=moment(on, 15),
        findings="Đã khảo sát cơ sở, hồ sơ và mẫu phù hợp với nội dung tự đánh giá.",
        proposal="Trình Hội đồng đánh giá, phân hạng.",
    )  # fmt: skip
    return ASSESSMENT.take("check", assessment, by=advisor, data={})


def hold(
    council: Council, found: Round, assessments: Sequence[Assessment], held_on: dt.date, *, officer: User
) -> Meeting:
    """Invite, open, and let every voting member declare: the sheets lie ready."""
    meeting = plan_meeting(council, found, held_at=moment(held_on, 8), place="Phòng họp tầng 2", by=officer)
    add_to_agenda(meeting, list(assessments), by=officer)
    meeting = MEETING.take(
        "invite", meeting, by=officer, data={"at": moment(held_on - dt.timedelta(days=5), 9)}
    )
    set_attendance(meeting, [seat.pk for seat in council.seats.all()], by=officer, at=moment(held_on, 8))
    for seat in council.seats.select_related("user"):
        declare(meeting, {it.pk: "" for it in assessments}, by=seat.user, at=moment(held_on, 8, 10))
    return MEETING.take("open", meeting, by=chair_of(council), data={"at": moment(held_on, 8, 15)})


def chair_of(council: Council) -> User:
    return council.seats.select_related("user").get(role="chair").user


def score_all(meeting: Meeting, stars: Mapping[int, int], on: dt.date) -> None:
    """Every sheet of the meeting scored towards these stars (by assessment) and sealed."""
    for number, ballot in enumerate(_sheets(meeting)):
        score_sheet(ballot, stars[ballot.assessment_id], number % 9, on)
        BALLOT.take("seal", ballot, by=ballot.seat.user, data={"at": moment(on, 11)})


def score_some(meeting: Meeting, on: dt.date) -> None:
    """A meeting under way: some sheets sealed, some half done, some not begun."""
    for number, ballot in enumerate(_sheets(meeting)):
        if number % 3 == 0:
            score_sheet(ballot, 3, number % 9, on)
            BALLOT.take("seal", ballot, by=ballot.seat.user)
        elif number % 3 == 1:
            score_sheet(ballot, 3, number % 9, on, share=0.4)


def conclude(meeting: Meeting, on: dt.date) -> Meeting:
    """Every product, then the meeting."""
    chair, at = chair_of(meeting.council), moment(on, 16)
    for item in meeting.agenda.select_related("assessment"):
        ASSESSMENT.take("conclude", item.assessment, by=chair, data={"at": at})
    return MEETING.take("conclude", meeting, by=chair, data={"at": at})


def _sheets(meeting: Meeting) -> list[Ballot]:
    return list(
        meeting.ballots.select_related("seat__user", "assessment__dossier").order_by("assessment", "seat")
    )


def score_sheet(ballot: Ballot, stars: int, member: int, on: dt.date, *, share: float = 1.0) -> None:
    """Save mark by mark, as a member does; members differ a little, upwards, on criteria of their own."""
    criteria_set = law.criteria_set(ballot.assessment.dossier.set_code)
    sheet = sheet_for(criteria_set, stars)
    liked = (
        {criteria_set.criteria[(member * 3 + n) % len(criteria_set.criteria)].code for n in range(2)}
        if stars >= 3
        else set()
    )
    wanted = criteria_set.criteria[: int(len(criteria_set.criteria) * share) or 1]
    for criterion in wanted:
        case, have = sheet.case(criterion.code), sheet.points(criterion.code)
        printed = sorted(level.points for level in criterion.scale(case))
        higher = [points for points in printed if points > have]
        points = higher[0] if criterion.code in liked and higher and stars < 5 else have
        value = {"case": case, "points": points} if case else points
        note = "Không có minh chứng" if points == 0 else ""
        save_mark(
            ballot, criterion.code, value, revision=0, key=f"demo-{ballot.pk}-{criterion.code}", by=ballot.seat.user,
            note=note, at=moment(on, 9),
        )  # fmt: skip


def sheet_for(criteria_set: CriteriaSet, stars: int) -> Sheet:
    """The cheapest sheet above a middling (below 3★: a low) one that holds these stars."""
    base = read_sheet(
        criteria_set,
        {it.code: mark_of(it, "middle" if stars >= 3 else "low") for it in criteria_set.criteria},
    )
    path = path_to(criteria_set, base, stars)
    return after(base, path) if path else base
