"""The ministry, then one province after another: people, plan, dossiers, councils, decisions, certificates, fair."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from evaluation.decisions.drafting import draft_decision
from evaluation.models import Decision
from evaluation.workflow.decision import DECISION
from ocop.demo import (
    councils,
    desks,
    dong_nai,
    dossiers,
    ideas,
    in_writing,
    leaving,
    ministry,
    offices,
    phong_tho,
    programme,
    records,
    register,
    running,
    scoring,
    team,
    thai_nguyen,
    vault,
)
from ocop.demo.clock import Days
from ocop.demo.people import Cast
from ocop.law import law
from ocop.orgs.loading import create_tenant
from ocop.orgs.models import OrgUnit
from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import tenant_scope
from products.models import Dossier

DATA = Path(__file__).parent / "data"
TENANTS = ("lai-chau", "thai-nguyen", "dong-nai")
PAST = {
    "phong_tho_2024": phong_tho.make,
    "thai_nguyen_2020": thai_nguyen.make,
    "dong_nai_2023": dong_nai.make,
}


def load(today: dt.date) -> Cast | None:
    """Make the demo; None where it is there already (it is made whole or not at all, tenant by tenant)."""
    if Tenant.objects.filter(slug=TENANTS[-1]).exists():
        return None
    cast, days = Cast(), Days(today)
    ministry.make_ministry(cast, days)
    for slug in TENANTS:
        data = yaml.safe_load((DATA / f"{slug}.yaml").read_text(encoding="utf-8"))
        tenant = create_tenant(slug, data["code"])
        cast.tenant = tenant.name
        with tenant_scope(tenant.pk):
            _tenant(data, cast, days)
    return cast


def _tenant(data: Mapping[str, Any], cast: Cast, days: Days) -> None:
    root = OrgUnit.objects.get(parent=None)
    offices.make_departments(data.get("departments", ()), root)
    cast.officials(data["people"], root)
    officer, leader = (_holding(data, cast, role) for role in ("officer", "leader"))
    desks.make_remarks(officer)
    producers = dossiers.make_producers(data, cast)
    for key, make in PAST.items():
        if key in data:
            make(data[key], producers, cast)
    plan = programme.make_plans(data, root, days, officer=officer, leader=leader)
    extra = programme.make_rounds(plan, root, days, officer=officer)
    records.make_legacy(data, producers, root, days, officer=officer, leader=leader)
    stories = _stories(data, producers, extra, days)
    if "council" in data:
        _council_stories(data, stories, root, extra, cast, days)
    if "ideas" in data:
        ideas.make_ideas(data, plan, producers, days, officer=officer)
    if "potentials" in data:
        register.make_inventory(data, officer=officer)
        register.make_doubles(data, producers, officer=officer)
    vault.make_vaults(data.get("vault", ()), producers, days)
    offices.make_confirmations(data.get("confirmed", ()), cast, days)
    if "leaving" in data:
        leaving.make_departures(data["leaving"], producers, cast, days, officer=officer)
    if "event" in data:
        records.make_event(data["event"], root, days, officer=officer)


def _holding(data: Mapping[str, Any], cast: Cast, role: str) -> Any:
    return cast.named(next(one["username"] for one in data["people"] if one["role"] == role))


def _stories(
    data: Mapping[str, Any], producers: Mapping[str, Any], extra: Any, days: Days
) -> dict[str, list[Any]]:
    """Each product's dossier brought to its state; those that go to the council come back by story."""
    told: dict[str, list[Any]] = {}
    for number, given in enumerate(data["products"]):
        filed_on = days.on(-40 - number if given["story"] not in dossiers.STEPS else -12 - number % 4)
        dossier = dossiers.make_dossier(given, producers[given["producer"]], extra, filed_on)
        steps = dossiers.STEPS.get(given["story"], dossiers.TO_ACCEPTED)
        told.setdefault(given["story"], []).append(
            (given, _advanced(given["story"], dossier, steps, filed_on))
        )
    together = [dossier for _, dossier in told.get("forwarded", ())]
    desks.send_up_together(together, days.on(-2))
    return told


def _advanced(story: str, dossier: Dossier, steps: tuple[str, ...], filed_on: dt.date) -> Dossier:
    """What is to be sent up together is talked over by the commune's sections, and reported."""
    if story != "forwarded":
        return dossiers.advance(dossier, steps, filed_on)
    dossier = dossiers.advance(dossier, ("submit",), filed_on)
    desks.meet(dossier, filed_on)
    return dossiers.advance(dossier, ("report",), filed_on)


def _council_stories(
    data: Mapping[str, Any], stories: Mapping[str, list[tuple[Mapping[str, Any], Dossier]]], root: OrgUnit, extra: Any,
    cast: Cast, days: Days,
) -> None:  # fmt: skip
    officer, leader, advisor = (
        _holding(data, cast, role) for role in ("officer", "leader", "advisory_member")
    )
    regime = law().regime_on(days.today)
    council = councils.make_council(
        data["council"], root, extra.regime, days.on(-70), cast, officer=officer, leader=leader
    )
    assert regime is not None and regime.code == extra.regime  # noqa: PT018, the demo plays under today's law
    finished = [
        pair for story in ("recognised", "sent_up", "not_recognised") for pair in stories.get(story, [])
    ]
    checked = {
        councils.check_for_council(dossier, given["stars"], advisor, days.on(-16)): given["stars"]
        for given, dossier in finished
    }
    meeting = councils.hold(council, extra, list(checked), days.on(-12), officer=officer)
    scoring.score_all(meeting, {assessment.pk: stars for assessment, stars in checked.items()}, days.on(-12))
    councils.conclude(meeting, days.on(-12))
    issue(draft_decision(root, council.tier, by=officer), days.on(-8), leader)
    ministry.send_prepared(days.on(-7), officer=officer, signer=leader.get_full_name())
    for _, dossier in stories.get("scoring", [])[1:2]:
        team.look_into(dossier, days, advisor=advisor)
    for _, dossier in stories.get("accepted", []):
        team.still_to_come(dossier, days, advisor=advisor)
    waiting = [
        councils.check_for_council(dossier, 3, advisor, days.on(-4))
        for _, dossier in stories.get("scoring", [])
    ]
    running.make_running(data["running"], council, extra, waiting, cast, days, officer=officer)
    if "written" in data:
        in_writing.make_written(data["written"], council, extra, days, officer=officer, advisor=advisor)


def issue(decision: Decision, on: dt.date, leader: Any) -> Decision:
    return DECISION.take("issue", decision, by=leader, data={"dated_on": on})
