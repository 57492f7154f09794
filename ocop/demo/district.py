"""Phong Thổ, 2024: the district council under QĐ 148, sealed, with 3★ by the district and one product sent up.

People held their posts until 30/06/2025; here they hold them while their year is made, then the terms end.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from evaluation.decisions.drafting import draft_decision
from evaluation.workflow.decision import DECISION
from ocop.demo import councils, dossiers
from ocop.demo.ministry import send_prepared
from ocop.demo.people import Cast, unit_named
from ocop.orgs.memberships import end_membership, grant_membership
from ocop.orgs.models import Membership
from plans.models import Round
from plans.rounds import open_extra_round
from products.models import Producer

REGIME = "148/2023"
LAST_DAY = dt.date(2025, 6, 30)
FILED, REPORTED_BY, MET, DECIDED = (dt.date(2024, 5, day) for day in (6, 20, 28, 31))


def make_2024(data: Mapping[str, Any], producers: Mapping[str, Producer], cast: Cast) -> None:
    """The district's round 1 of 2024, from filing to certificates."""
    unit = unit_named(data["unit"])
    people = {
        one["role"]: cast.account(one["username"], one["name"], one["position"]) for one in data["people"]
    }
    officer, leader = people["officer"], people["leader"]
    terms = [
        grant_membership(
            user, role, unit, starts_on=dt.date(2024, 1, 2), decision_number="12/QĐ-UBND", signs_as=signs
        )
        for user, role, signs in (
            (officer, "officer", ""),
            (officer, "advisory_member", ""),
            (officer, "commune_officer", ""),
            (
                leader,
                "leader",
                next(one.get("signs_as", "") for one in data["people"] if one["role"] == "leader"),
            ),
        )
    ]
    _year(data, unit, producers, cast, officer, leader)
    for term in terms:
        end_membership(Membership.objects.select_related("user").get(pk=term.pk), on=LAST_DAY)


def _year(
    data: Mapping[str, Any],
    unit: Any,
    producers: Mapping[str, Producer],
    cast: Cast,
    officer: Any,
    leader: Any,
) -> None:
    found = open_extra_round(
        Round(
            unit=unit, year=2024, name="Đợt 1 năm 2024", opens_on=dt.date(2024, 4, 26), cutoff_on=dt.date(2024, 5, 25),
            ends_on=dt.date(2024, 6, 30), basis="Mục II.6 Kế hoạch số 148/KH-UBND",
        ),
        by=officer, on=FILED,
    )  # fmt: skip
    council = councils.make_council(
        data["council"], unit, REGIME, dt.date(2024, 3, 15), cast, officer=officer, leader=leader
    )
    checked = {}
    for given in data["products"]:
        commune = unit_named(given["commune"])
        dossier = dossiers.make_dossier(given, producers[given["producer"]], found, FILED, commune=commune)
        dossier = dossiers.advance(dossier, dossiers.TO_ACCEPTED, FILED)
        checked[councils.check_for_council(dossier, given["stars"], officer, REPORTED_BY)] = given["stars"]
    meeting = councils.hold(council, found, list(checked), MET, officer=officer)
    councils.score_all(meeting, {assessment.pk: stars for assessment, stars in checked.items()}, MET)
    councils.conclude(meeting, MET)
    decision = draft_decision(unit, council.tier, by=officer)
    DECISION.take("issue", decision, by=leader, data={"dated_on": DECIDED})
    send_prepared(DECIDED, officer=officer, signer=leader.get_full_name())
