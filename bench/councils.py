"""Councils, members and products for the benches, made by the product's own steps."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from evaluation.assessments.starting import start_assessment, write_report
from evaluation.councils.making import add_seat, draft_council
from evaluation.meetings.agenda import add_to_agenda, plan_meeting
from evaluation.models import Assessment, Council, Meeting, MeetingMode, MeetingState
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.council import COUNCIL
from ocop.orgs.memberships import make_person
from ocop.orgs.models import OrgUnit, User
from ocop.orgs.text import sort_key, unaccented
from products.models import Dossier, DossierState, Product

OFFICER, LEADER = "laichau.tinh", "laichau.lanhdao"
LEADING = ("chair", "deputy", "secretary")


def planned_meeting(number: int, *, members: int, products: int) -> Meeting:
    """A council of its own, established, with so many products before it."""
    officer, like = User.objects.get(username=OFFICER), _like()
    people = [_person(f"hoidong{number}.{seat}") for seat in range(members)]
    council = _council(number, people, like.regime, officer)
    meeting = plan_meeting(council, like.round, held_at=timezone.now(), place="Hội trường", by=officer)
    waiting = [_checked(f"Chè số {number}.{it}", like, officer) for it in range(products)]
    add_to_agenda(meeting, waiting, by=officer)
    return meeting


def _like() -> Dossier:
    """The first product of the demo's meeting that is held today."""
    running = Meeting.objects.filter(state=MeetingState.OPEN, mode=MeetingMode.HELD).order_by("pk")[0]
    return running.agenda.all()[0].assessment.dossier


def _council(number: int, people: Sequence[User], regime: str, officer: User) -> Council:
    province, today = OrgUnit.objects.get(parent=None), timezone.localdate()
    council = draft_council(
        province, regime_code=regime, name=f"Hội đồng số {number}", starts_on=today, by=officer
    )
    roles = (*LEADING, *["member"] * (len(people) - len(LEADING)))
    for user, role in zip(people, roles, strict=True):
        add_seat(council, user, role=role, agency="Sở Công Thương", by=officer)
    decision = {"number": f"{900 + number}/QĐ-UBND", "on": today}
    return COUNCIL.take("establish", council, by=User.objects.get(username=LEADER), data=decision)


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
