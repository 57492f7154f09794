"""Makers of what comes after a council: concluded products, decisions, certificates."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from evaluation.decisions.drafting import draft_decision
from evaluation.models import (
    Assessment,
    AssessmentState,
    Certificate,
    Council,
    CouncilState,
    Decision,
    HandOver,
    Meeting,
    MeetingState,
    Result,
)
from evaluation.publishing import published_set
from evaluation.workflow.decision import DECISION
from evaluation.workflow.hand_over import HAND_OVER
from ocop.orgs.models import Membership, OrgUnit, User
from ocop.orgs.rights import forget_roles
from ocop.papers.workflow import PAPER
from tests.evaluation.makers import make_accepted_dossier, make_round

__all__ = ["make_accepted_dossier", "make_round"]

MET = dt.date(2026, 11, 10)
DECIDED = dt.date(2026, 11, 20)


def at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9), timezone.get_current_timezone())


def let_sign(user: User, signs_as: str = "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH") -> User:
    Membership.objects.filter(user=user, role="leader").update(
        signs_as=signs_as, starts_on=dt.date(2020, 1, 1)
    )
    forget_roles(user)
    return user


def make_concluded(
    commune: OrgUnit,
    unit: OrgUnit,
    *,
    points: int,
    stars: int,
    name: str = "Chè Shan tuyết cổ thụ Mường So",
    tier: str = "province",
    regime: str = "26/2026",
    set_code: str = "QD26-11",
    met: dt.date = MET,
) -> Assessment:
    """A product on which the council of that unit concluded: rows as the meeting leaves them."""
    dossier = make_accepted_dossier(commune, name, set_code=set_code, regime=regime, round_unit=unit)
    return conclude_at(dossier, unit, points=points, stars=stars, tier=tier, regime=regime, met=met)


def conclude_at(dossier, unit, *, points, stars, tier="province", regime="26/2026", met=MET, assessment=None):
    council = Council.objects.get_or_create(
        unit=unit, tier=tier, regime=regime, name=f"Hội đồng đánh giá, phân hạng sản phẩm OCOP {unit.name}",
        defaults={
            "starts_on": met, "state": CouncilState.ESTABLISHED, "decision_number": "812/QĐ-UBND", "decision_on": met,
        },
    )[0]  # fmt: skip
    meeting = Meeting.objects.create(
        council=council, round=dossier.round, held_at=at(met), concluded_at=at(met), digest="ab" * 32,
        state=MeetingState.CONCLUDED,
    )  # fmt: skip
    if assessment is None:
        assessment = Assessment.objects.create(
            dossier=dossier, tier=tier, unit=unit, published=published_set(dossier.set_code),
            state=AssessmentState.CONCLUDED, created_at=at(met),
        )  # fmt: skip
    else:
        Assessment.objects.filter(pk=assessment.pk).update(state=AssessmentState.CONCLUDED)
        assessment.refresh_from_db()
    Result.objects.create(
        assessment=assessment, meeting=meeting, attempt=1, mean_numerator=points, mean_denominator=1, spread=2,
        band=stars, stars=stars, reasons={"sentences": ["Tiêu chí 1.1 còn thấp"]}, concluded_at=at(met),
    )  # fmt: skip
    return assessment


def issue(decision: Decision, *, by: User, on: dt.date = DECIDED, number: int | None = None) -> Decision:
    return DECISION.take("issue", decision, by=by, data={"dated_on": on, "number": number})


def send(hand_over: HandOver, *, by: User, on: dt.date = DECIDED) -> HandOver:
    """The letter gets its number and the package goes."""
    PAPER.take("number", hand_over.letter, by=by, data={"dated_on": on, "signer_name": "Hà Trọng Hải"})
    return HAND_OVER.take("send", hand_over, by=by, data={"at": at(on)})


def make_certificate(
    commune: OrgUnit, province: OrgUnit, *, officer: User, leader: User, stars: int = 4, on: dt.date = DECIDED,
    name: str = "Chè Shan tuyết cổ thụ Mường So",
) -> Certificate:  # fmt: skip
    """Through the decision, as all are."""
    let_sign(leader)
    points = {3: 62, 4: 84}[stars]
    assessment = make_concluded(
        commune, province, points=points, stars=stars, name=name, met=on - dt.timedelta(days=5)
    )
    decision = draft_decision(province, "province", by=officer, assessments=[assessment])
    issue(decision, by=leader, on=on)
    return Certificate.objects.get(dossier=assessment.dossier)
