"""Re-rankings on which the council is asked in writing: one round that has ended, one that runs.

Of the first one product was settled on paper and one goes to a meeting, as a member asked for it.
"""

from collections.abc import Mapping
from typing import Any

from evaluation.meetings.agenda import add_to_agenda, plan_meeting
from evaluation.meetings.calls import call_for_meeting
from evaluation.meetings.declarations import declare
from evaluation.meetings.referring import refer
from evaluation.models import AgendaItem, Assessment, Council, Meeting
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.meeting import MEETING
from ocop.demo import councils, dossiers, scoring
from ocop.demo.clock import Days
from ocop.orgs.models import User
from plans.models import Round
from products.models import Product

FILED, CHECKED = -38, -12  # days from the day of loading
ASKED, ANSWERED, ENDED = -9, -6, -4
DEADLINE, MEETS = 1, 6
ASKED_NOW, ANSWERED_NOW, DEADLINE_NOW = -3, -1, 11
UNDECLARED = 2  # members of the running round who have not begun


def make_written(
    data: Mapping[str, Any], council: Council, found: Round, days: Days, *, officer: User, advisor: User
) -> None:
    """Both rounds, from the dossiers on; the one that ended had all its answers before the deadline."""
    ended, running = (
        [_waiting(it, found, days, advisor) for it in data[name]] for name in ("ended", "running")
    )
    _end(_ask(council, found, ended, days, ASKED, DEADLINE, officer), data["ended"], days, officer)
    _run(_ask(council, found, running, days, ASKED_NOW, DEADLINE_NOW, officer), data["running"], days)


def _waiting(given: Mapping[str, Any], found: Round, days: Days, advisor: User) -> Assessment:
    """The product's second dossier, filed, checked, before the council."""
    product = Product.objects.select_related("producer__personal").get(name=given["product"])
    dossier = dossiers.make_re_ranking(product, found, days.on(FILED), stars=given["stars"])
    accepted = dossiers.advance(dossier, dossiers.TO_ACCEPTED, days.on(FILED))
    return councils.check_for_council(accepted, given["stars"], advisor, days.on(CHECKED))


def _ask(
    council: Council, found: Round, waiting: list[Assessment], days: Days, asked: int, deadline: int, officer: User
) -> Meeting:  # fmt: skip
    meeting = plan_meeting(
        council, found, held_at=days.at(asked, 8), deadline=days.at(deadline, 17), by=officer
    )
    add_to_agenda(meeting, waiting, by=officer)
    return MEETING.take("ask", meeting, by=councils.chair_of(council), data={"at": days.at(asked, 8, 30)})


def _declare(meeting: Meeting, days: Days, on: int, *, but: int = 0) -> None:
    """No conflict, by all but the last so many."""
    seats = list(meeting.council.seats.select_related("user").order_by("order", "pk"))
    for seat in seats[: len(seats) - but]:
        seen = AgendaItem.objects.visible_to(seat.user).filter(meeting=meeting)
        declare(
            meeting,
            dict.fromkeys(seen.values_list("assessment", flat=True), ""),
            by=seat.user,
            at=days.at(on),
        )


def _end(meeting: Meeting, products: list[Mapping[str, Any]], days: Days, officer: User) -> None:
    """All answer; what nobody doubts is settled, what a member calls for goes to a meeting."""
    chair, told = councils.chair_of(meeting.council), {it["product"]: it for it in products}
    _declare(meeting, days, ASKED + 1)
    for item in _items(meeting):
        given = told[item.assessment.dossier.product.name]
        scoring.score_product(item, given["stars"], days.on(ANSWERED))
        if "call" in given:
            _call(item, given["call"])
            _refer(item, officer, days)
        else:
            ASSESSMENT.take("conclude", item.assessment, by=chair, data={"at": days.at(ENDED, 10)})
    MEETING.take("conclude", meeting, by=chair, data={"at": days.at(ENDED, 11)})


def _refer(item: AgendaItem, officer: User, days: Days) -> None:
    """The meeting that it goes to has its invitation."""
    called = refer(
        item.meeting, [item.assessment_id], held_at=days.at(MEETS, 8), place="Phòng họp tầng 2", by=officer,
        at=days.at(ENDED, 9),
    )  # fmt: skip
    MEETING.take("invite", called, by=officer, data={"at": days.at(ENDED, 9, 30)})


def _run(meeting: Meeting, products: list[Mapping[str, Any]], days: Days) -> None:
    """Half have answered on the first product, one calls for a meeting on the second, two have not begun."""
    _declare(meeting, days, ANSWERED_NOW, but=UNDECLARED)
    told = {it["product"]: it for it in products}
    for number, item in enumerate(_items(meeting)):
        given, sheets = told[item.assessment.dossier.product.name], scoring.sheets(item)[:-UNDECLARED]
        for place, ballot in enumerate(sheets[: len(sheets) // (1 + number)]):
            is_whole = place % 2 == 0
            marks = scoring.marks_for(ballot, given["stars"], place)
            scoring.save(ballot, marks, days.on(ANSWERED_NOW), share=1.0 if is_whole else 0.4)
            if is_whole:
                scoring.seal(ballot, days.on(ANSWERED_NOW))
        if "call" in given:
            _call(item, given["call"])


def _call(item: AgendaItem, given: Mapping[str, Any]) -> None:
    ballot = next(it for it in scoring.sheets(item) if it.seat.user.username == given["by"])
    call_for_meeting(ballot, given["reason"], by=ballot.seat.user)


def _items(meeting: Meeting) -> list[AgendaItem]:
    return list(meeting.agenda.select_related("meeting__council", "assessment__dossier__product"))
