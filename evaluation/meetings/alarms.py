"""What the chair should look at before she concludes, in words: what, why, what to do. Pure functions, advisory all."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from evaluation.meetings.figures import edges
from ocop.regulations import (
    CriteriaSet,
    Criterion,
    GateStanding,
    Mark,
    Policy,
    Regime,
    Result,
    Sheet,
    band_of,
    combine,
    gate_standings,
    needs_rescore,
    shown,
)

NEAR = 1  # points of a mean to a band's edge
FAR = 1.0  # standard deviations, in the mean over all criteria
FEWEST = 4  # sheets of which one can be said to lie apart
WIDEST = 3  # criteria that are named

Words = str | Promise


@dataclass(frozen=True)
class Alarm:
    """`names`, and a private alarm as a whole, are for who leads the discussion alone."""

    kind: str
    what: Words
    why: Words
    todo: Words
    names: tuple[str, ...] = ()
    is_private: bool = False


def alarms(
    criteria_set: CriteriaSet,
    combined: Result,
    policy: Policy,
    *,
    agreed: Mapping[str, int],
    names: Sequence[str],
) -> list[Alarm]:
    """All of them; `names` are the holders of the sheets, in their order."""
    return [
        *apart(criteria_set, combined, policy, names),
        *near_edge(criteria_set.regime, combined),
        *decided_by_one(criteria_set, combined, policy, agreed=agreed, names=names),
        *severe(criteria_set, combined, names),
    ]


def apart(
    criteria_set: CriteriaSet, combined: Result, policy: Policy, names: Sequence[str]
) -> Iterator[Alarm]:
    """The totals lie further apart than the rules allow."""
    if not needs_rescore(combined, policy):
        return
    low, high = min(combined.totals), max(combined.totals)
    ends = [
        f"{name} {total}" for name, total in zip(names, combined.totals, strict=True) if total in (low, high)
    ]
    yield Alarm(
        "apart",
        _("Tổng điểm các phiếu chênh nhau %(spread)s (từ %(low)s đến %(high)s).")
        % {"spread": combined.spread, "low": low, "high": high},
        _("Quy chế chỉ cho chênh đến %(most)s điểm.") % {"most": shown(policy.max_spread)},
        _("Thảo luận những tiêu chí chênh nhiều nhất (%(codes)s) rồi chấm lại.")
        % {"codes": ", ".join(widest(criteria_set, combined))},
        tuple(ends),
    )


def widest(criteria_set: CriteriaSet, combined: Result) -> list[str]:
    """The codes of the criteria on which the sheets differ most, by the share of their points."""

    def width(criterion: Criterion) -> Fraction:
        points = [sheet.points(criterion.code) for sheet in combined.sheets]
        return Fraction(max(points) - min(points), criterion.points)

    ordered = sorted(criteria_set.criteria, key=width, reverse=True)
    return [it.code for it in ordered[:WIDEST] if width(it)]


def near_edge(regime: Regime, combined: Result) -> Iterator[Alarm]:
    """The mean lies within a point of an edge between two bands, on either side."""
    at = edges(regime, combined.total)
    if at.above and at.to_next is not None and at.to_next <= NEAR:
        yield _edge(
            _("Điểm trung bình %(mean)s chỉ thiếu %(gap)s điểm để vào khung %(star)s sao."),
            combined, at.above.star, at.to_next, math.ceil(at.to_next * len(combined.totals)),
        )  # fmt: skip
    if at.can_fall and at.over <= NEAR:
        lost = math.floor(at.over * len(combined.totals)) + 1
        yield _edge(
            _("Điểm trung bình %(mean)s chỉ hơn ngưỡng khung %(star)s sao %(gap)s điểm."),
            combined, at.band.star, at.over, lost,
        )  # fmt: skip


def _edge(what: str, combined: Result, star: int, gap: Fraction, moved: int) -> Alarm:
    return Alarm(
        "edge",
        what % {"mean": shown(combined.total), "star": star, "gap": _gap(gap)},
        _("Các phiếu cộng lại khác đi %(points)s điểm là sang khung khác.") % {"points": moved},
        _("Đọc lại các tiêu chí còn ý kiến khác nhau trước khi kết luận; điểm không được làm tròn."),
    )


def _gap(gap: Fraction) -> str:
    """Cut like all points, but never down to nothing."""
    return "0" if not gap else shown(gap) if gap >= Fraction(1, 100) else _("chưa đến 0,01")


def decided_by_one(
    criteria_set: CriteriaSet,
    combined: Result,
    policy: Policy,
    *,
    agreed: Mapping[str, int],
    names: Sequence[str],
) -> Iterator[Alarm]:
    """A gate that counts for this band and that one sheet less, or one more, would turn."""
    band = band_of(criteria_set.regime, combined.total)
    for gate in gate_standings(criteria_set, combined, policy, agreed):
        is_asked = criteria_set.regime.least_recognised <= gate.star <= band.star
        if not is_asked or gate.is_agreed:
            continue
        if turned := turning(criteria_set, combined, policy, gate):
            yield _one_vote(criteria_set, gate, tuple(names[n] for n in turned))


def turning(criteria_set: CriteriaSet, combined: Result, policy: Policy, gate: GateStanding) -> list[int]:
    """The sheets of which each alone turns this gate, were its vote the other one.

    A sheet's vote is whether it reaches the least level; the other vote is that level itself, or the printed one
    just below it. Where all vote alike nobody decides.
    """
    votes = [sheet.points(gate.criterion) >= gate.least for sheet in combined.sheets]
    if len(set(votes)) == 1:
        return []
    criterion = criteria_set.by_code[gate.criterion]
    return [
        n
        for n, sheet in enumerate(combined.sheets)
        if votes[n] == gate.holds
        and _turns(criteria_set, combined, policy, gate, n, _other_vote(criterion, sheet, gate))
    ]


def _other_vote(criterion: Criterion, sheet: Sheet, gate: GateStanding) -> int:
    if not gate.holds:
        return gate.least
    scale = criterion.scale(sheet.case(criterion.code))
    return max((level.points for level in scale if level.points < gate.least), default=0)


def _turns(
    criteria_set: CriteriaSet, combined: Result, policy: Policy, gate: GateStanding, n: int, points: int
) -> bool:
    sheets = list(combined.sheets)
    marks = dict(sheets[n].marks)
    marks[gate.criterion] = Mark(points, sheets[n].case(gate.criterion))
    sheets[n] = Sheet(sheets[n].set_code, marks, sheets[n].unanswered)
    after = gate_standings(criteria_set, combine(criteria_set, sheets, policy), policy, {})
    turned = next(it for it in after if (it.criterion, it.star) == (gate.criterion, gate.star))
    return turned.holds != gate.holds


def _one_vote(criteria_set: CriteriaSet, gate: GateStanding, names: tuple[str, ...]) -> Alarm:
    words = {
        "code": gate.criterion,
        "name": criteria_set.by_code[gate.criterion].name,
        "star": gate.star,
        "least": gate.least,
    }
    what = (
        _("Mức tối thiểu %(star)s sao của tiêu chí %(code)s (%(name)s) đạt được nhờ một phiếu.")
        if gate.holds
        else _("Mức tối thiểu %(star)s sao của tiêu chí %(code)s (%(name)s) không đạt vì một phiếu.")
    )
    return Alarm(
        "one_vote",
        what % words,
        _("Một phiếu nghĩ khác về mức %(least)s điểm là kết quả đổi.") % words,
        _("Xem lại minh chứng của tiêu chí %(code)s và ghi mức thống nhất.") % words,
        names,
    )


def severe(criteria_set: CriteriaSet, combined: Result, names: Sequence[str]) -> Iterator[Alarm]:
    """A member far from all others on everything; nothing follows from it, her sheet counts like any other."""
    if len(combined.sheets) < FEWEST:
        return
    for name, severity in zip(names, severities(criteria_set, combined), strict=True):
        if abs(severity) < FAR:
            continue
        yield Alarm(
            "severe",
            (_("Phiếu của %(name)s thấp hơn các phiếu khác ở hầu hết tiêu chí.") if severity < 0
             else _("Phiếu của %(name)s cao hơn các phiếu khác ở hầu hết tiêu chí.")) % {"name": name},
            _("Tính trên mọi tiêu chí, phiếu lệch trung bình %(by)s độ lệch chuẩn; phiếu vẫn được tính như các phiếu khác.")
            % {"by": f"{abs(severity):.1f}".replace(".", ",")},
            _("Mời người chấm trình bày điều mình thấy trước khi kết luận."),
            (name,),
            is_private=True,
        )  # fmt: skip


def severities(criteria_set: CriteriaSet, combined: Result) -> list[float]:
    """For each sheet its mean distance from the mean of a criterion, in that criterion's standard deviations.

    A criterion on which all agree counts as no distance: who is alone on two of thirty is not severe.
    """
    sums = [0.0] * len(combined.sheets)
    for criterion in criteria_set.criteria:
        points = [sheet.points(criterion.code) for sheet in combined.sheets]
        mean = combined.criteria[criterion.code]
        spread = math.sqrt(sum((it - mean) ** 2 for it in points) / len(points))
        if spread:
            sums = [so_far + float(it - mean) / spread for so_far, it in zip(sums, points, strict=True)]
    return [it / len(criteria_set.criteria) for it in sums]
