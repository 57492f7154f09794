"""Makers of evaluation: an accepted dossier, a council of nine, a meeting in any of its states."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError  # noqa: F401, stories name refusals by it
from django.utils import timezone

from evaluation.assessments.starting import start_assessment, write_report
from evaluation.ballots.saving import reckon
from evaluation.councils.making import add_seat, draft_council
from evaluation.meetings.agenda import add_to_agenda, plan_meeting, remove_from_agenda, set_attendance  # noqa: F401
from evaluation.meetings.declarations import declare
from evaluation.models import AgendaItem, Assessment, Ballot, Council, Meeting
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.ballot import BALLOT
from evaluation.workflow.council import COUNCIL
from evaluation.workflow.meeting import MEETING
from ocop.orgs.models import OrgUnit, User
from plans.models import Round
from products.law import criteria_set
from products.models import Dossier, DossierState, Producer, Product
from tests import factories

DAY = dt.date(2026, 11, 2)
AGENCIES = ["UBND tỉnh", "Văn phòng UBND tỉnh", "Sở NN&MT", "Sở Công Thương", "Sở Y tế", "Sở KH&CN", "Sở VHTT&DL",
            "Chi cục Phát triển nông thôn", "Hội Nông dân tỉnh"]  # fmt: skip
NAMES = ["Hà Quang Trung", "Sùng A Hồ", "Bùi Huy Phương", "Mai Thị Thu", "Đao Văn Khánh", "Nguyễn Sỹ Chín",
         "Tẩn Thị Quế", "Phạm Ngọc Phương", "Lý Thị Na"]  # fmt: skip


def make_round(unit: OrgUnit, *, regime: str = "26/2026", name: str = "Đợt 2") -> Round:
    return Round.objects.get_or_create(
        unit=unit,
        year=2026,
        name=name,
        defaults={
            "regime": regime,
            "opens_on": dt.date(2026, 5, 1),
            "cutoff_on": dt.date(2026, 10, 29),
            "ends_on": dt.date(2026, 12, 29),
        },
    )[0]


def make_accepted_dossier(
    commune: OrgUnit,
    name: str = "Chè Shan tuyết cổ thụ Mường So",
    *,
    set_code: str = "QD26-11",
    regime: str = "26/2026",
    round_unit: OrgUnit | None = None,
) -> Dossier:
    """Rows as an accepted dossier leaves them; the way there is the business of products."""
    producer = Producer.objects.get_or_create(
        unit=commune,
        kind="cooperative",
        name="Hợp tác xã Sản xuất, kinh doanh và dịch vụ nông nghiệp tổng hợp Mường So",
    )[0]
    product = Product.objects.create(producer=producer, unit=commune, name=name, set_code=set_code)
    return Dossier.objects.create(
        product=product,
        round=make_round(round_unit or commune.parent, regime=regime),
        unit=commune,
        kind="first",
        regime=regime,
        set_code=set_code,
        code=f"12-003-{product.pk}-2026",
        state=DossierState.ACCEPTED,
    )


def make_checked(dossier: Dossier, *, by: User) -> Assessment:
    """Assessed by the advisory team and put before the council."""
    assessment = start_assessment(dossier, by=by)
    write_report(
        assessment,
        by=by,
        findings="Hồ sơ đủ, khảo sát ngày 20/10.",
        proposal="Đưa ra Hội đồng.",
        proposed_stars=4,
    )
    return ASSESSMENT.take("check", assessment, by=by)


def make_members(count: int = 9, *, prefix: str = "hd") -> list[User]:
    """Chair, deputy, secretary, then members: people without any other role."""
    return [factories.make_user(f"{prefix}.{n}", NAMES[(n - 1) % 9]) for n in range(1, count + 1)]


def make_council(
    unit: OrgUnit, members: Sequence[User], *, officer: User, leader: User, regime: str = "26/2026"
) -> Council:
    """Established: chair, deputy, secretary (who scores too), members."""
    roles = ["chair", "deputy", "secretary", *["member"] * len(members)]
    starts = dt.date(2026, 6, 1)
    council = draft_council(
        unit, regime_code=regime, name=f"Hội đồng OCOP {unit.name}", starts_on=starts, by=officer
    )
    for user, role, agency in zip(members, roles, AGENCIES, strict=False):
        add_seat(council, user, role=role, agency=agency, by=officer)
    return COUNCIL.take("establish", council, by=leader, data={"number": "812/QĐ-UBND", "on": starts})


def make_meeting(
    council: Council, assessments: Sequence[Assessment], *, by: User, held_at: dt.datetime | None = None
) -> Meeting:
    """Planned, with its agenda."""
    when = held_at or timezone.now()
    round_ = assessments[0].dossier.round if assessments else make_round(council.unit)
    meeting = plan_meeting(council, round_, held_at=when, place="Hội trường tầng 2", by=by)
    add_to_agenda(meeting, assessments, by=by)
    return meeting


def all_declare(meeting: Meeting, users: Sequence[User]) -> None:
    """No conflict anywhere."""
    for user in users:
        mine = AgendaItem.objects.visible_to(user).filter(meeting=meeting)
        declare(meeting, {item.assessment_id: "" for item in mine}, by=user)


def open_meeting(meeting: Meeting, members: Sequence[User], *, here: Sequence[User] | None = None) -> Meeting:
    """Declared, counted and opened by the chair (the first of the members)."""
    all_declare(meeting, members)
    present = [seat.pk for seat in meeting.council.seats.all() if seat.user in (here or members)]
    set_attendance(meeting, present, by=members[2])
    return MEETING.take("open", meeting, by=members[0])


def ballot_of(item: AgendaItem, user: User) -> Ballot:
    return Ballot.objects.get(assessment=item.assessment_id, seat__user=user, attempt=item.attempt)


def fill(ballot: Ballot, *, by: User, lose: int = 0) -> None:
    """Every criterion at its top level but `lose` points taken off from the end, as printed levels allow.

    Written at once: thirty saves a sheet would tell nothing new (the saves have tests of their own).
    """
    assert ballot.seat.user_id == by.pk
    levels = {}
    for criterion in reversed(criteria_set(ballot.published.code).criteria):
        case = criterion.case_codes[0] if criterion.cases else None
        top = max(level.points for level in criterion.scale(case))
        points = min(level.points for level in criterion.scale(case) if top - level.points <= lose)
        lose -= top - points
        levels[criterion.code] = {"p": points, "r": 1} | ({"case": case} if case else {})
    assert lose == 0
    ballot.levels = levels
    reckon(ballot)
    ballot.save(update_fields=["levels", "total", "stars"])


def score_all(item: AgendaItem, users: Sequence[User], *, lose: Sequence[int] | int = 0) -> None:
    """Everybody fills and seals her sheet."""
    losses = [lose] * len(users) if isinstance(lose, int) else lose
    for user, each in zip(users, losses, strict=True):
        ballot = ballot_of(item, user)
        fill(ballot, by=user, lose=each)
        BALLOT.take("seal", ballot, by=user)
