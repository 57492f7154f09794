"""What the years before 07/2025 have in common: a unit's people of that time and its council, from filing to decision.

They held their posts until 30/06/2025; here they hold them while their year is made, then the terms end.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from evaluation.decisions.drafting import draft_decision
from evaluation.models import Arrival, ArrivalState, Assessment, Council, Decision, Meeting
from evaluation.workflow.decision import DECISION
from evaluation.workflow.hand_over import ARRIVAL
from ocop.demo import councils, dossiers, scoring
from ocop.demo.clock import moment
from ocop.demo.ministry import send_prepared
from ocop.demo.people import Cast, unit_named
from ocop.orgs.memberships import end_membership, grant_membership
from ocop.orgs.models import Membership, OrgUnit, User
from plans.models import Round
from plans.rounds import open_extra_round
from products.models import Dossier, Producer

LAST_DAY = dt.date(2025, 6, 30)
OFFICER_TOO = ("officer", "advisory_member", "commune_officer")  # one person is a district's whole office


@dataclass(frozen=True)
class Office:
    """A unit with who drafts, who signs, and who scores."""

    unit: OrgUnit
    officer: User
    leader: User
    council: Council

    def opens(self, name: str, opens_on: dt.date, cutoff_on: dt.date, ends_on: dt.date, basis: str) -> Round:
        return open_extra_round(
            Round(
                unit=self.unit, year=opens_on.year, name=name, opens_on=opens_on, cutoff_on=cutoff_on,
                ends_on=ends_on, basis=basis,
            ),
            by=self.officer, on=opens_on,
        )  # fmt: skip

    def puts_forward(self, dossier: Dossier, stars: int, on: dt.date) -> Assessment:
        """What was filed here first, before the council."""
        return councils.check_for_council(dossier, stars, self.officer, on)

    def receives(self, stars: Mapping[str, int], on: dt.date) -> dict[Assessment, int]:
        """What came up from below, by the product's name, before the council."""
        found = {}
        for arrival in Arrival.objects.filter(state=ArrivalState.ARRIVED, unit=self.unit).order_by("pk"):
            if arrival.product_name not in stars:
                continue
            taken = ARRIVAL.take("receive", arrival, by=self.officer, data={"at": moment(on)})
            its = stars[taken.product_name]
            assert taken.assessment is not None
            found[councils.report(taken.assessment, its, self.officer, on)] = its
        return found

    def meets(self, found: Round, stars: Mapping[Assessment, int], on: dt.date) -> Meeting:
        """One round of scoring, all agree, all is concluded."""
        meeting = councils.hold(self.council, found, list(stars), on, officer=self.officer)
        scoring.score_all(meeting, {it.pk: its for it, its in stars.items()}, on)
        return councils.conclude(meeting, on)

    def decides(self, on: dt.date) -> Decision:
        """All that waits; what goes up is sent with its papers."""
        decision = draft_decision(self.unit, self.council.tier, by=self.officer)
        decision = DECISION.take("issue", decision, by=self.leader, data={"dated_on": on})
        send_prepared(on, officer=self.officer, signer=self.leader.get_full_name())
        return decision


@contextmanager
def in_office(data: Mapping[str, Any], cast: Cast, regime: str, since: dt.date) -> Iterator[Office]:
    """The people of `data` in their unit of that time, and their council, until all is made."""
    unit = unit_named(data["unit"], on=since)
    officer, leader = (_account(data["people"], role, cast) for role in ("officer", "leader"))
    signs_as = next(one["signs_as"] for one in data["people"] if one["role"] == "leader")
    terms = [_term(officer, role, unit, since) for role in OFFICER_TOO]
    terms.append(_term(leader, "leader", unit, since, signs_as))
    council = councils.make_council(
        data["council"], unit, regime, data["council"]["decision_on"], cast, officer=officer, leader=leader
    )
    yield Office(unit, officer, leader, council)
    for term in terms:
        end_membership(Membership.objects.select_related("user").get(pk=term.pk), on=LAST_DAY)


def _account(people: Iterable[Mapping[str, Any]], role: str, cast: Cast) -> User:
    one = next(it for it in people if it["role"] == role)
    return cast.account(one["username"], one["name"], one["position"])


def _term(user: User, role: str, unit: OrgUnit, since: dt.date, signs_as: str = "") -> Membership:
    return grant_membership(
        user, role, unit, starts_on=since, decision_number="12/QĐ-UBND", signs_as=signs_as
    )


def file(
    data: Iterable[Mapping[str, Any]], producers: Mapping[str, Producer], found: Round, filed_on: dt.date
) -> dict[str, Dossier]:
    """The products' dossiers, by name, filed in the communes of that time and accepted."""
    filed = {}
    for given in data:
        commune = unit_named(given["commune"], on=filed_on)
        dossier = dossiers.make_dossier(given, producers[given["producer"]], found, filed_on, commune=commune)
        filed[given["name"]] = dossiers.advance(dossier, dossiers.TO_ACCEPTED, filed_on)
    return filed
