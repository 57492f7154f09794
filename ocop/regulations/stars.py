"""From points to stars (Art 3.3): half-open bands, the gates of the sheet, knock-outs, every reason."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from .regimes import Band, GateReading, Policy, Regime
from .scoring import Result, shown
from .sentences import Sentence
from .sentences import sentence as _
from .sets import CriteriaSet, Criterion, KnockOut


@dataclass(frozen=True)
class MissedGate:
    """For `star` stars the criterion needs `least` points and has `have`."""

    criterion: str
    star: int
    least: int
    have: Fraction


@dataclass(frozen=True)
class GateStanding:
    """One gate of the sheet: `have` is what the council's rules compare with `least`; `is_agreed`: a level agreed on."""

    criterion: str
    star: int
    least: int
    have: Fraction
    is_agreed: bool

    @property
    def holds(self) -> bool:
        return self.have >= self.least

    @property
    def lacks(self) -> Fraction:
        return max(self.least - self.have, Fraction())


@dataclass(frozen=True)
class Verdict:
    """`stars` is 0 only after a knock-out; `band` is what the total alone gives; `alerts` await a word."""

    stars: int
    band: int
    recognised: bool
    missed: tuple[MissedGate, ...]
    knock_outs: tuple[KnockOut, ...]
    alerts: tuple[KnockOut, ...]
    unagreed: tuple[str, ...]
    reasons: tuple[Sentence, ...]


def stars(
    criteria_set: CriteriaSet,
    result: Result,
    policy: Policy | None = None,
    *,
    agreed: Mapping[str, int] | None = None,
    knocked_out: Collection[str] = (),
) -> Verdict:
    """The stars a result holds; `agreed`: levels a council agreed on, `knocked_out`: knock-outs it found."""
    policy = policy or criteria_set.regime.council
    regime, agreed = criteria_set.regime, agreed or {}
    band = band_of(regime, result.total)
    unmet = tuple(_unmet(criteria_set, result, policy, agreed, band.star))
    held = _held(regime, band.star, unmet, policy)
    missed = tuple(gate for gate in unmet if gate.star > held)
    found = tuple(criteria_set.knock_outs[code] for code in knocked_out)
    awarded = 0 if found else held
    return Verdict(
        stars=awarded,
        band=band.star,
        recognised=awarded >= regime.least_recognised,
        missed=missed,
        knock_outs=found,
        alerts=tuple(
            it for it in criteria_set.knock_outs.values() if _is_zero(it, result) and it not in found
        ),
        unagreed=tuple(_unagreed(criteria_set, policy, agreed)),
        reasons=tuple(_reasons(criteria_set, result.total, band, missed, found, awarded)),
    )


def band_of(regime: Regime, total: Fraction | int) -> Band:
    """The band of an unrounded total: 69.99… is not 70."""
    return max((band for band in regime.bands if band.least <= total), key=lambda band: band.star)


def gates_for(criterion: Criterion, star: int, policy: Policy, case: str | None = None) -> dict[int, int]:
    """The gates that stand before `star`: with cumulative gates those of the lower stars too."""
    gates = criterion.gates_of(case)
    return {at: least for at, least in gates.items() if at == star or (policy.gates_cumulative and at < star)}


def have(criterion: str, result: Result, policy: Policy, agreed: Mapping[str, int]) -> Fraction:
    """The points a gate is compared with: the agreed level where recorded, else by the council's rules."""
    if criterion in agreed:
        return Fraction(agreed[criterion])
    return _READINGS[policy.gates_on](criterion, result)


def _mean(criterion: str, result: Result) -> Fraction:
    return result.criteria[criterion]


def _lowest(criterion: str, result: Result) -> Fraction:
    return Fraction(min(sheet.points(criterion) for sheet in result.sheets))


def _majority(criterion: str, result: Result) -> Fraction:
    """The most that more than half of the sheets reach."""
    points = sorted((sheet.points(criterion) for sheet in result.sheets), reverse=True)
    return Fraction(points[len(points) // 2])


_READINGS: dict[GateReading, Callable[[str, Result], Fraction]] = {
    "mean": _mean,
    "each_ballot": _lowest,
    "majority": _majority,
    "agreed": _mean,
}


def _unmet(
    criteria_set: CriteriaSet, result: Result, policy: Policy, agreed: Mapping[str, int], up_to: int
) -> Iterator[MissedGate]:
    for gate in gate_standings(criteria_set, result, policy, agreed):
        if gate.star <= up_to and not gate.holds:
            yield MissedGate(gate.criterion, gate.star, gate.least, gate.have)


def gate_standings(
    criteria_set: CriteriaSet, result: Result, policy: Policy, agreed: Mapping[str, int]
) -> Iterator[GateStanding]:
    """Every gate of the set as these sheets stand to it, in the order of the set."""
    for criterion in criteria_set.criteria:
        points = have(criterion.code, result, policy, agreed)
        for star, least in sorted(criterion.gates_of(common_case(criterion, result)).items()):
            yield GateStanding(criterion.code, star, least, points, criterion.code in agreed)


def common_case(criterion: Criterion, result: Result) -> str | None:
    """The case that all sheets chose."""
    cases = {sheet.case(criterion.code) for sheet in result.sheets}
    return cases.pop() if len(cases) == 1 else None


def _held(regime: Regime, band: int, unmet: tuple[MissedGate, ...], policy: Policy) -> int:
    """The highest star whose band and gates hold; below the recognised stars no gate counts."""
    below = regime.least_recognised - 1
    if band <= below:
        return band
    lost = {gate.star for gate in unmet}
    if policy.gates_cumulative and lost:
        lost = set(range(min(lost), band + 1))
    if policy.fall_back == "two_stars":
        return below if band in lost else band
    return next((star for star in range(band, below, -1) if star not in lost), below)


def _is_zero(knock_out: KnockOut, result: Result) -> bool:
    return any(result.criteria[code] == 0 and code not in result.unanswered for code in knock_out.zero_of)


def _unagreed(criteria_set: CriteriaSet, policy: Policy, agreed: Mapping[str, int]) -> Iterator[str]:
    if policy.gates_on == "agreed":
        yield from (it.code for it in criteria_set.criteria if it.gates and it.code not in agreed)


def _reasons(
    criteria_set: CriteriaSet,
    total: Fraction,
    band: Band,
    missed: tuple[MissedGate, ...],
    found: tuple[KnockOut, ...],
    awarded: int,
) -> Iterator[Sentence]:
    yield _("Tổng điểm %(total)s thuộc khung %(star)s sao.", total=shown(total), star=band.star)
    for gate in missed:
        yield _(
            "Tiêu chí %(code)s (%(name)s) cần ít nhất %(least)s điểm để đạt %(star)s sao, hiện có %(have)s.",
            code=gate.criterion,
            name=criteria_set.by_code[gate.criterion].name,
            least=gate.least,
            star=gate.star,
            have=shown(gate.have),
        )
    for knock_out in found:
        yield _("Bị loại: %(text)s.", text=knock_out.text.rstrip("."))
    if awarded and awarded < band.star:
        yield _("Vì chưa đạt mức tối thiểu nên xếp %(stars)s sao.", stars=awarded)
    if awarded < criteria_set.regime.least_recognised:
        yield _("Dưới %(least)s sao không được công nhận.", least=criteria_set.regime.least_recognised)
