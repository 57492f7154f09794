"""The council that sits today: four products in four states, so that board, grid, hall and questions have much to show."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from evaluation.ballots.proposals import propose_knock_out
from evaluation.councils.rules import set_rules
from evaluation.meetings.assigning import assign
from evaluation.meetings.declarations import declare
from evaluation.meetings.discussing import discuss
from evaluation.meetings.guests import invite_guest
from evaluation.meetings.questions import ask
from evaluation.models import AgendaItem, Assessment, Ballot, Council, Meeting
from evaluation.rules import read_rules
from evaluation.workflow.ballot import BALLOT
from evaluation.workflow.question import QUESTION
from ocop.demo import councils, scoring
from ocop.demo.clock import Days
from ocop.demo.dossiers import owner_of
from ocop.demo.people import Cast
from ocop.orgs.models import User
from plans.models import Round
from products import law

STARS = 3
SCORERS = 6  # of eight
SEED = "5d3fa1c7"


def time_the_products(council: Council, minutes: int, *, by: User) -> None:
    """The Quy chế gives each product so many minutes on the hall's clock."""
    rules = replace(read_rules(council.rules), minutes_each=minutes)
    set_rules(council, rules, by=by, basis="Quy chế số 02/QC-HĐ")
    council.refresh_from_db(fields=["rules"])


def make_running(
    data: Mapping[str, Any], council: Council, found: Round, waiting: list[Assessment], cast: Cast, days: Days,
    *, officer: User,
) -> Meeting:  # fmt: skip
    """Members drawn, guests invited, one recused; the first product sealed by all, the last not begun."""
    time_the_products(council, data["minutes_each"], by=officer)
    meeting = councils.invite(council, found, waiting, days.today, officer=officer)
    agenda = list(meeting.agenda.select_related("assessment__dossier__product__producer"))
    recused = cast.named(data["recused"]["username"])
    conflict = {agenda[3].assessment_id: data["recused"]["ground"]}
    declare(meeting, conflict, by=recused, at=days.at(-1, 15))
    assign(meeting, SCORERS, SEED, by=officer)
    _invite_guests(meeting, agenda[1], data, cast, officer)
    meeting = councils.begin(meeting, days.today, officer=officer)
    _seal_all(agenda[0], data, days)
    _score_some(agenda[1], data, days)
    _begin(agenda[2], days)
    discuss(agenda[1], by=councils.chair_of(council))
    return meeting


def _invite_guests(
    meeting: Meeting, item: AgendaItem, data: Mapping[str, Any], cast: Cast, officer: User
) -> None:
    """The Fatherland Front for the whole meeting, the producer for her own hearing."""
    front, hearing = data["guests"]
    invite_guest(meeting, cast.named(front["username"]), capacity=front["capacity"], by=officer)
    owner = owner_of(item.assessment.dossier.product.producer)
    invite_guest(meeting, owner, capacity=hearing["capacity"], item=item, by=officer)


def _seal_all(item: AgendaItem, data: Mapping[str, Any], days: Days) -> None:
    """One abstains, one is far under the others and says why the product should be shut out."""
    *others, strict, abstains = scoring.sheets(item)
    given = {"abstention": data["abstention"], "at": days.at(0, 10, 5)}
    BALLOT.take("abstain", abstains, by=abstains.seat.user, data=given)
    criteria_set = law.criteria_set(strict.assessment.dossier.set_code)
    marks = scoring.marks_for(strict, STARS, len(others))
    scoring.save(strict, scoring.lowered(criteria_set, marks, scoring.TOO_FAR), days.today)
    if criteria_set.knock_outs:
        propose_knock_out(strict, next(iter(criteria_set.knock_outs)), data["proposal"], by=strict.seat.user)
    scoring.seal(strict, days.today)
    for number, ballot in enumerate(others):
        scoring.save(ballot, scoring.marks_for(ballot, STARS, number), days.today)
        scoring.seal(ballot, days.today)


def _score_some(item: AgendaItem, data: Mapping[str, Any], days: Days) -> None:
    """Under discussion: every other sheet sealed; one question answered by the producer, one with the secretary."""
    waiting = []
    for number, ballot in enumerate(scoring.sheets(item)):
        is_whole = number % 2 == 0
        marks = scoring.marks_for(ballot, STARS, number)
        scoring.save(ballot, marks, days.today, share=1.0 if is_whole else 0.5)
        if is_whole:
            scoring.seal(ballot, days.today)
        else:
            waiting.append(ballot)
    _ask(item, waiting, data, days)


def _ask(item: AgendaItem, sheets: list[Ballot], data: Mapping[str, Any], days: Days) -> None:
    codes = [it.code for it in law.criteria_set(item.assessment.dossier.set_code).criteria]
    answered, waiting = data["questions"]
    first, second = sheets[:2]
    question = ask(first, codes[1], answered["text"], by=first.seat.user, at=days.at(0, 9, 20))
    secretary = item.meeting.council.seats.get(role="secretary").user
    question = QUESTION.take("pass_on", question, by=secretary, data={"at": days.at(0, 9, 24)})
    owner = owner_of(item.assessment.dossier.product.producer)
    reply = {"answer": answered["answer"], "at": days.at(0, 9, 41)}
    QUESTION.take("reply", question, by=owner, data=reply)
    ask(second, codes[5], waiting["text"], by=second.seat.user, at=days.at(0, 9, 50))


def _begin(item: AgendaItem, days: Days) -> None:
    """Two have begun, nobody has sealed."""
    for number, ballot in enumerate(scoring.sheets(item)[:2]):
        scoring.save(ballot, scoring.marks_for(ballot, STARS, number), days.today, share=0.3)
