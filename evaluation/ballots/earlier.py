"""What those before the council found and gave: the commune, the advisory team, the councils of the tiers below."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from evaluation.hand_overs.receiving import arrival_of
from evaluation.models import Arrival, Ballot, Result, TeamReport
from evaluation.rules import read_rules
from products.law import regime
from products.models import CommuneReport

Row = dict[str, Any]


@dataclass(frozen=True)
class Earlier:
    """Words of the commune and the team for the whole product; points of the tiers below for one criterion."""

    findings: list[tuple[str, str]]
    proposal: str
    team: TeamReport | None
    tiers: list[Row]

    def __bool__(self) -> bool:
        return bool(self.findings or self.proposal or self.team or self.tiers)


def read_earlier(ballot: Ballot, code: str) -> Earlier:
    """Points of lower tiers only where the Quy chế shows them to those who score."""
    rules = read_rules(ballot.meeting.rules or ballot.meeting.council.rules)
    report = CommuneReport.objects.filter(dossier=ballot.assessment.dossier_id).first()
    return Earlier(
        findings=_findings(ballot, report),
        proposal=report.proposal if report else "",
        team=TeamReport.objects.filter(assessment=ballot.assessment_id).first(),
        tiers=_tiers(ballot, code) if rules.shows_lower_tiers else [],
    )


def _findings(ballot: Ballot, report: CommuneReport | None) -> list[tuple[str, str]]:
    written = report.findings if report else {}
    named = regime(ballot.assessment.dossier.regime).findings
    return [(it.name, written[it.code]) for it in named if written.get(it.code)]


def _tiers(ballot: Ballot, code: str) -> list[Row]:
    """Councils that concluded on this dossier before, then the one whose package came from another tenant."""
    before = Result.objects.filter(
        assessment__dossier=ballot.assessment.dossier_id, assessment__lt=ballot.assessment_id
    )
    rows = [
        _row(
            it.assessment.tier,
            it.assessment.unit.name,
            str(it.mean),
            it.stars,
            it.reasons.get("criteria", {}),
            code,
        )
        for it in before.select_related("assessment__unit").order_by("assessment_id")
    ]
    arrival = arrival_of(ballot.assessment)
    if arrival is not None and arrival.is_from_elsewhere:
        rows.insert(0, _sent(arrival, code))
    names = {tier.code: tier.name for tier in regime(ballot.assessment.dossier.regime).tiers}
    return [{**row, "name": names.get(row["tier"], row["tier"])} for row in rows]


def _sent(arrival: Arrival, code: str) -> Row:
    """The result as the sender put it into its package; packages of before have no points by criterion."""
    it = arrival.package["result"]
    return _row(it["tier"], it["unit"], str(it["mean"]), it["stars"], it.get("criteria", {}), code)


def _row(tier: str, unit: str, mean: str, stars: int, criteria: dict[str, Any], code: str) -> Row:
    points = Fraction(criteria[code]) if code in criteria else None
    return {"tier": tier, "unit": unit, "mean": Fraction(mean), "stars": stars, "points": points}
