"""Councils that all meet at once, made by the product's own steps."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from evaluation.assessments.starting import start_assessment, write_report
from evaluation.councils.making import add_seat, draft_council
from evaluation.meetings.agenda import add_to_agenda, plan_meeting, set_attendance
from evaluation.meetings.declarations import declare
from evaluation.models import Assessment, Ballot, Meeting, MeetingState
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.council import COUNCIL
from evaluation.workflow.meeting import MEETING
from ocop.orgs.memberships import make_person
from ocop.orgs.models import OrgUnit, User
from ocop.orgs.text import sort_key, unaccented
from products.models import Dossier, DossierState, Product

COUNCILS, MEMBERS, PRODUCTS = 12, 15, 2
OFFICER, LEADER = "laichau.tinh", "laichau.lanhdao"
ROLES = ("chair", "deputy", "secretary", *["member"] * (MEMBERS - 3))


@dataclass(frozen=True)
class Room:
    """One meeting under way: its sheets, and the two who watch the board."""

    meeting: Meeting
    ballots: list[Ballot]
    watching: list[str]


def open_rooms(count: int = COUNCILS) -> list[Room]:
    officer, leader = User.objects.get(username=OFFICER), User.objects.get(username=LEADER)
    like = (
        Meeting.objects.filter(state=MeetingState.OPEN).order_by("pk")[0].agenda.all()[0].assessment.dossier
    )
    return [_room(number, like, officer, leader) for number in range(1, count + 1)]


def _room(number: int, like: Dossier, officer: User, leader: User) -> Room:
    province = OrgUnit.objects.get(parent=None)
    people = [_person(f"hoidong{number}.{seat}") for seat in range(MEMBERS)]
    today = timezone.localdate()
    council = draft_council(
        province, regime_code=like.regime, name=f"Hội đồng số {number}", starts_on=today, by=officer
    )
    for user, role in zip(people, ROLES, strict=True):
        add_seat(council, user, role=role, agency="Sở Công Thương", by=officer)
    council = COUNCIL.take(
        "establish", council, by=leader, data={"number": f"{900 + number}/QĐ-UBND", "on": today}
    )
    meeting = plan_meeting(council, like.round, held_at=timezone.now(), place="Hội trường", by=officer)
    add_to_agenda(
        meeting, [_checked(f"Chè số {number}.{it}", like, officer) for it in range(PRODUCTS)], by=officer
    )
    for user in people:
        declare(meeting, {item.assessment_id: "" for item in meeting.agenda.all()}, by=user)
    set_attendance(meeting, [seat.pk for seat in council.seats.all()], by=people[2])
    meeting = MEETING.take("open", meeting, by=people[0])
    first = meeting.agenda.all()[0].assessment_id
    ballots = Ballot.objects.filter(meeting=meeting, assessment=first).select_related("seat__user")
    return Room(meeting, list(ballots.order_by("pk")), [people[0].username, people[2].username])


def _person(username: str) -> User:
    user = User.objects.create(username=username, email=f"{username}@example.vn")
    make_person(user, f"Nguyễn Văn {username}")
    return user


def _checked(name: str, like: Dossier, officer: User) -> Assessment:
    """An accepted dossier as its steps leave it, put before the council."""
    product = Product.objects.create(
        producer_id=like.product.producer_id, unit_id=like.unit_id, name=name, sort_key=sort_key(name),
        name_ascii=unaccented(name), set_code=like.set_code,
    )  # fmt: skip
    dossier = Dossier.objects.create(
        product=product, round_id=like.round_id, unit_id=like.unit_id, kind=like.kind, regime=like.regime,
        set_code=like.set_code, state=DossierState.ACCEPTED, created_by_id=like.created_by_id,
    )  # fmt: skip
    assessment = start_assessment(dossier, by=officer)
    write_report(assessment, by=officer, findings="Hồ sơ đủ.", proposal="Đưa ra Hội đồng.", proposed_stars=4)
    return ASSESSMENT.take("check", assessment, by=officer)
