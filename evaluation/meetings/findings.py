"""What the council found on one product: as it was concluded, else as its sealed sheets stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from evaluation.meetings.standing import Standing
from evaluation.models import Result, Seat
from ocop.regulations import MissedGate


@dataclass(frozen=True)
class Finding:
    """`totals` are those of the sheets that count, by seat id."""

    standing: Standing
    totals: Mapping[int, int]
    mean: Fraction
    spread: int
    stars: int
    criteria: Mapping[str, Fraction]
    missed: tuple[MissedGate, ...]
    reasons: tuple[str, ...]

    @property
    def agreed(self) -> Mapping[str, int]:
        return self.standing.item.agreed


def finding_of(standing: Standing) -> Finding | None:
    """None before a sheet counts; who may see it is asked before."""
    if standing.result is not None:
        return _concluded(standing, standing.result)
    combined, verdict = standing.combined, standing.verdict
    if combined is None or verdict is None:
        return None
    seats = [ballot.seat_id for ballot in standing.sealed]
    return Finding(
        standing,
        dict(zip(seats, combined.totals, strict=True)),
        combined.total,
        combined.spread,
        verdict.stars,
        combined.criteria,
        verdict.missed,
        tuple(str(it) for it in verdict.reasons),
    )


def _concluded(standing: Standing, result: Result) -> Finding:
    kept = result.reasons
    return Finding(
        standing,
        {it["seat"]: it["total"] for it in kept["counted"]},
        result.mean,
        result.spread,
        result.stars,
        {code: Fraction(points) for code, points in kept["criteria"].items()},
        tuple(
            MissedGate(it["criterion"], it["star"], it["least"], Fraction(it["have"]))
            for it in kept["missed"]
        ),
        tuple(kept["sentences"]),
    )


def scorers(findings: Iterable[Finding]) -> list[Seat]:
    """Every seat that scores in this meeting, and whoever's sheet counts though the seat went to another."""
    findings = list(findings)
    if not findings:
        return []
    hall = findings[0].standing.hall
    counted = {seat for it in findings for seat in it.totals}
    seats = [*hall.voting, *(seat for seat in (*hall.seats, *hall.former) if seat.pk in counted)]
    return sorted({seat.pk: seat for seat in seats}.values(), key=lambda seat: (seat.order, seat.pk))
