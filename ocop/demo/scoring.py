"""Sheets scored criterion by criterion, as members do: towards stars, a little apart, too far apart, half done."""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from evaluation.ballots.saving import save_marks
from evaluation.models import AgendaItem, Ballot, Meeting
from evaluation.workflow.ballot import BALLOT
from ocop.demo.clock import moment
from ocop.demo.dossiers import mark_of
from ocop.regulations import CriteriaSet, Criterion, Sheet, after, path_to, read_sheet
from products import law

TOO_FAR = 13  # points under the others: more than any council of the demo lets stand


def sheets(item: AgendaItem) -> list[Ballot]:
    """Those of the round that goes on, by the order of the seats."""
    found = item.meeting.ballots.select_related("seat__user", "assessment__dossier__product")
    return list(
        found.filter(assessment=item.assessment_id, attempt=item.attempt).order_by("seat__order", "seat")
    )


def score_all(meeting: Meeting, stars: Mapping[int, int], on: dt.date) -> None:
    """Every sheet of the meeting scored towards these stars (by assessment) and sealed."""
    for item in meeting.agenda.all():
        score_product(item, stars[item.assessment_id], on)


def score_product(item: AgendaItem, stars: int, on: dt.date, *, strict: Iterable[str] = ()) -> None:
    """Every sheet of a product sealed; those of the strict (by username) too far under the others'."""
    for number, ballot in enumerate(sheets(item)):
        marks = marks_for(ballot, stars, number)
        if ballot.seat.user.username in strict:
            marks = lowered(law.criteria_set(ballot.assessment.dossier.set_code), marks, TOO_FAR)
        save(ballot, marks, on)
        seal(ballot, on)


def score_again(item: AgendaItem, stars: int, on: dt.date) -> None:
    """The next round: who was far off comes near, the others seal what they had given."""
    for number, ballot in enumerate(sheets(item)):
        save(ballot, marks_for(ballot, stars, number), on, hour=14)
        seal(ballot, on, hour=14)


def seal(ballot: Ballot, on: dt.date, *, hour: int = 10) -> None:
    BALLOT.take("seal", ballot, by=ballot.seat.user, data={"at": moment(on, hour, 50)})


def save(ballot: Ballot, marks: Mapping[str, Any], on: dt.date, *, hour: int = 9, share: float = 1.0) -> None:
    """The marks that the sheet does not hold yet, or the first of them."""
    wanted = list(marks)[: int(len(marks) * share) or 1]
    new = {it: marks[it] for it in wanted if ballot.levels.get(it, {}).get("p") != points_of(marks[it])}
    words = {it: "Chưa thấy minh chứng trong hồ sơ." if points_of(new[it]) == 0 else "" for it in new}
    save_marks(
        ballot, {it: (new[it], words[it]) for it in new}, key=f"demo-{ballot.pk}-{ballot.attempt}",
        by=ballot.seat.user, at=moment(on, hour, 10),
    )  # fmt: skip


def points_of(value: Any) -> int:
    return value["points"] if isinstance(value, dict) else value


def marks_for(ballot: Ballot, stars: int, member: int) -> dict[str, Any]:
    """What a member gives: the sheet for the stars, and one level more on two criteria of her own."""
    criteria_set = law.criteria_set(ballot.assessment.dossier.set_code)
    marks = dict(_target(criteria_set.code, stars))
    if 3 <= stars < 5:
        first = member * 3 + len(ballot.assessment.dossier.product.name)
        for number in (first, first + 1):
            criterion = criteria_set.criteria[number % len(criteria_set.criteria)]
            marks[criterion.code] = _moved(criterion, marks[criterion.code], 1)
    return marks


def lowered(criteria_set: CriteriaSet, marks: Mapping[str, Any], by: int) -> dict[str, Any]:
    """One level less, criterion after criterion from the last on, until so many points are gone."""
    found, lost = dict(marks), 0
    for criterion in reversed(criteria_set.criteria):
        if lost >= by:
            break
        found[criterion.code] = _moved(criterion, marks[criterion.code], -1)
        lost += points_of(marks[criterion.code]) - points_of(found[criterion.code])
    return found


def _moved(criterion: Criterion, value: Any, steps: int) -> Any:
    """So many printed levels up or down, at most to the end of the scale."""
    case = value["case"] if isinstance(value, dict) else None
    printed = sorted({level.points for level in criterion.scale(case)} | {points_of(value)})
    place = max(0, min(printed.index(points_of(value)) + steps, len(printed) - 1))
    return {"case": case, "points": printed[place]} if case else printed[place]


@cache
def _target(set_code: str, stars: int) -> Mapping[str, Any]:
    criteria_set = law.criteria_set(set_code)
    sheet = sheet_for(criteria_set, stars)
    cases = {code: sheet.case(code) for code in criteria_set.by_code}
    return {
        code: {"case": case, "points": sheet.points(code)} if case else sheet.points(code)
        for code, case in cases.items()
    }


def sheet_for(criteria_set: CriteriaSet, stars: int) -> Sheet:
    """The cheapest sheet above a middling (below 3★: a low) one that holds these stars."""
    base = read_sheet(
        criteria_set,
        {it.code: mark_of(it, "middle" if stars >= 3 else "low") for it in criteria_set.criteria},
    )
    path = path_to(criteria_set, base, stars)
    return after(base, path) if path else base
