"""The score sheet as its page shows it: the list of criteria, the one in the middle, the sum at the foot."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from evaluation.ballots.notes import claims_of, rules_of, words_by_level
from evaluation.ballots.saving import set_of
from evaluation.models import Ballot
from evaluation.rules import Levels, notes_missing, read_levels, read_rules
from ocop.cards import card, part_name, written
from ocop.regulations import CriteriaSet, Criterion, Part, Section, score, stars
from products.models import Dossier, EvidenceLink, said


@dataclass(frozen=True)
class SheetPage:
    """Everything the page of one criterion asks for."""

    ballot: Ballot
    criteria_set: CriteriaSet
    criterion: Criterion
    index: list[dict[str, Any]]
    card: dict[str, Any]
    value: str | None
    level: dict[str, Any]
    tally: dict[str, Any]
    claims: Levels
    note_words: dict[str, str]
    neighbours: tuple[str, str]
    place: int


def read_page(ballot: Ballot, code: str | None = None) -> SheetPage | None:
    """The page of a criterion, or of the first without points; None where the set has no such criterion."""
    of_set = set_of(ballot)
    sheet = read_levels(of_set, ballot.levels)
    if code is None:
        code = sheet.unanswered[0] if sheet.unanswered else of_set.criteria[0].code
    if code not in of_set.by_code:
        return None
    codes = [it.code for it in of_set.criteria]
    at = codes.index(code)
    part, section = _place(of_set, code)
    tally, claims = read_tally(ballot), claims_of(ballot)
    rules = read_rules(ballot.meeting.rules or ballot.meeting.council.rules)
    tally["bare"] = list(notes_missing(of_set, ballot.levels, claims, rules))
    return SheetPage(
        ballot=ballot,
        criteria_set=of_set,
        criterion=of_set.by_code[code],
        index=_index(of_set, sheet, tally["gates"]),
        card=card(part, section, of_set.by_code[code]),
        value=written(sheet.marks.get(code)),
        level=ballot.levels.get(code, {}),
        tally=tally,
        claims=claims,
        note_words=words_by_level(rules_of(ballot), of_set.by_code[code], claims),
        neighbours=(codes[at - 1] if at else "", codes[at + 1] if at + 1 < len(codes) else ""),
        place=at + 1,
    )


def read_tally(ballot: Ballot) -> dict[str, Any]:
    """Total, parts, the star so far and why, of this sheet alone."""
    of_set = set_of(ballot)
    sheet = read_levels(of_set, ballot.levels)
    result = score(of_set, sheet)
    policy = read_rules(ballot.meeting.rules or ballot.meeting.council.rules).policy
    verdict = stars(of_set, result, policy)
    left = sum(of_set.by_code[code].points for code in sheet.unanswered)
    # A gate on a criterion that nobody has scored yet is no news.
    missed = [gate for gate in verdict.missed if gate.criterion not in sheet.unanswered]
    aim = min((gate.star for gate in missed), default=None)
    gates = {gate.criterion: gate for gate in missed if gate.star == aim}
    return {
        "total": int(result.total),
        "most": of_set.total,
        "stars": verdict.stars,
        "parts": [
            {
                "code": part.code,
                "name": part.name,
                "points": int(result.parts[part.code]),
                "most": part.points,
                "percent": int(100 * result.parts[part.code] / part.points),
            }
            for part in of_set.parts
        ],
        "answered": len(of_set.criteria) - len(sheet.unanswered),
        "count": len(of_set.criteria),
        "unanswered": list(sheet.unanswered),
        "gates": gates,
        "aim": aim,
        "why": _why(gates, aim, len(sheet.unanswered), left),
    }


def _why(gates: dict[str, Any], aim: int | None, count: int, left: int) -> list[str]:
    """The line under the stars: what holds the product back, what is still to be had."""
    said = []
    if gates:
        said.append(_("%(codes)s dưới ngưỡng %(star)s sao.") % {"codes": ", ".join(gates), "star": aim})
    if count:
        said.append(_("Còn %(count)s tiêu chí, tối đa thêm %(left)s điểm.") % {"count": count, "left": left})
    return said


def _place(of_set: CriteriaSet, code: str) -> tuple[Part, Section]:
    return next(
        (part, section)
        for part in of_set.parts
        for section in part.sections
        if any(it.code == code for it in section.criteria)
    )


def _index(of_set: CriteriaSet, sheet: Any, gates: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "code": part.code,
            "title": part_name(part),
            "name": part.name,
            "sections": [
                {
                    "name": f"{section.code}. {section.name}",
                    "most": section.points,
                    "points": sum(sheet.points(it.code) for it in section.criteria),
                    "criteria": [_line(it, sheet, gates) for it in section.criteria],
                }
                for section in part.sections
            ],
        }
        for part in of_set.parts
    ]


def _line(it: Criterion, sheet: Any, gates: dict[str, Any]) -> dict[str, Any]:
    state = "gate" if it.code in gates else "done" if it.code in sheet.marks else "todo"
    return {
        "code": it.code,
        "name": it.name,
        "most": it.points,
        "points": sheet.points(it.code) if it.code in sheet.marks else None,
        "state": state,
        "star": gates[it.code].star if it.code in gates else None,
    }


def read_claim(claims: Levels, criterion: str) -> dict[str, Any] | None:
    """What the producer says of herself (Mẫu 02, phần III)."""
    level = claims.get(criterion)
    if not level or level.get("p") is None:
        return None
    value = f"{level['case']}:{level['p']}" if level.get("case") else str(level["p"])
    return {"points": level["p"], "value": value, "text": level.get("why", "")}


def read_evidence(dossier: Dossier, criterion: str) -> list[EvidenceLink]:
    """The papers this criterion rests on, those of the whole dossier last."""
    links = EvidenceLink.objects.filter(dossier=dossier, criterion__in=[criterion, ""])
    found = links.select_related("paper__file").annotate(said=said("paper")).order_by("-criterion", "pk")
    for link in found:
        link.paper.said = link.said
    return list(found)
