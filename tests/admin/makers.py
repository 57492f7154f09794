"""As many rows of everything that the tenant's admin shows, and as many below the first of each."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from evaluation.models import (
    AgendaItem,
    Assessment,
    Ballot,
    Council,
    Decision,
    DecisionItem,
    HandOver,
    LegacyImport,
    Meeting,
    Seat,
)
from ocop.files.store import keep_made
from ocop.notices.outbox import notify
from ocop.orgs.models import OrgUnit, User
from ocop.papers.models import NumberSeries
from plans.models import Plan, Target
from products.models import (
    Clock,
    Dossier,
    DossierVersion,
    Exclusion,
    Producer,
    ProducerMember,
    SupplementRequest,
)
from promotion.models import Event, Participation
from tests import factories
from tests.evaluation import decision_makers

ON = dt.date(2026, 11, 20)


def fill(count: int, commune: OrgUnit, province: OrgUnit, *, officer: User, leader: User) -> None:
    for number in range(count):
        _way(number, commune, province, officer, leader)
        _others(number, commune, province, officer)
    _below_the_first(count, province, officer)


def _way(number: int, commune: OrgUnit, province: OrgUnit, officer: User, leader: User) -> None:
    """A certified product with all that led to it, and what hangs on its dossier."""
    certificate = decision_makers.make_certificate(
        commune, province, officer=officer, leader=leader, name=f"Chè {number}"
    )
    assessment = Assessment.objects.get(dossier=certificate.dossier)
    council = Council.objects.create(
        unit=province, tier="province", regime="26/2026", name=f"Hội đồng {number}", starts_on=ON
    )
    scorer = factories.make_user(f"hd.{number}", f"Thành viên {number}")
    seat = Seat.objects.create(council=council, user=scorer, role="member", starts_on=ON)
    meeting = Meeting.objects.create(council=council, round=certificate.dossier.round, held_at=timezone.now())
    AgendaItem.objects.create(meeting=meeting, assessment=assessment)
    Ballot.objects.create(meeting=meeting, assessment=assessment, seat=seat, published=assessment.published)
    HandOver.objects.create(
        assessment=assessment, decision=certificate.decision, unit=province, to_name="Bộ", to_tier="ministry",
        receipt=f"CC-{number}", prepared_by=officer, sent_by=officer, sent_at=timezone.now(), state="sent",
    )  # fmt: skip
    Exclusion.objects.create(dossier=certificate.dossier, user=scorer, ground="Góp vốn")
    event = Event.objects.create(unit=province, name=f"Hội chợ {number}", starts_on=ON, ends_on=ON)
    Participation.objects.create(event=event, certificate=certificate, added_by=officer)


def _others(number: int, commune: OrgUnit, province: OrgUnit, officer: User) -> None:
    factories.make_round(commune, name=f"Đợt {number}")
    Plan.objects.create(unit=province, year=2026, title=f"Kế hoạch {number}", created_by=officer)
    Producer.objects.create(unit=commune, kind="household", name=f"Hộ {number}")
    NumberSeries.objects.create(unit=commune, kind=f"K{number}", year=2026)
    file = keep_made(f"{number}".encode(), f"cu-{number}.xlsx", "application/x")
    LegacyImport.objects.create(unit=province, file=file, state="checked", created_by=officer)
    notify([officer], kind="thu", key=f"thu-{number}", subject="Hồ sơ chè bí mật")


def _below_the_first(count: int, province: OrgUnit, officer: User) -> None:
    dossier, plan, decision = Dossier.objects.last(), Plan.objects.last(), Decision.objects.last()
    council, meeting, event = Council.objects.last(), Meeting.objects.last(), Event.objects.last()
    producer, now = Producer.objects.first(), timezone.now()
    assessments = Assessment.objects.order_by("pk")
    for number in range(count):
        person = factories.make_user(f"nguoi.{number}", f"Người {number}")
        ProducerMember.objects.create(producer=producer, user=person)
        Seat.objects.create(council=council, user=person, starts_on=ON)
        DossierVersion.objects.create(
            dossier=dossier,
            number=number,
            receipt=f"TN-{number}",
            content={},
            digest="a" * 64,
            submitted_by=officer,
        )
        Clock.objects.create(
            dossier=dossier, unit=province, rule=f"r{number}", started_on=ON, due_on=ON, calendar="vn"
        )
        SupplementRequest.objects.create(
            dossier=dossier, unit=province, asked_by=officer, asked_at=now, due_on=ON
        )
        Target.objects.create(plan=plan, label=f"Chỉ tiêu {number}", measure="products_valid", low=number)
        AgendaItem.objects.get_or_create(meeting=meeting, assessment=assessments[number])
        DecisionItem.objects.get_or_create(
            decision=decision, assessment=assessments[number], stars=4, outcome="certify"
        )
        Participation.objects.get_or_create(
            event=event,
            certificate=assessments[number].dossier.certificates.get(),
            defaults={"added_by": officer},
        )
