"""Phong Thổ, 2024: the district's council under QĐ 148. One product scored twice, one shut out, one sent up."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from evaluation.ballots.proposals import propose_knock_out
from evaluation.meetings.agreements import note_discussion
from evaluation.meetings.conclusions import rescore
from evaluation.models import AgendaItem, Meeting
from ocop.demo import councils, scoring
from ocop.demo.clock import moment
from ocop.demo.past import file, in_office
from ocop.demo.people import Cast
from products.models import Producer

REGIME = "148/2023"
FILED, REPORTED, MET, DECIDED = (dt.date(2024, 5, day) for day in (6, 22, 28, 31))


def make(data: Mapping[str, Any], producers: Mapping[str, Producer], cast: Cast) -> None:
    """Round 1 of the district's plan, from filing to decision."""
    with in_office(data, cast, REGIME, dt.date(2024, 1, 2)) as office:
        found = office.opens(
            "Đợt 1 năm 2024", dt.date(2024, 4, 26), dt.date(2024, 5, 25), dt.date(2024, 6, 30),
            "Mục II.6 Kế hoạch số 148/KH-UBND",
        )  # fmt: skip
        filed = file(data["products"], producers, found, FILED)
        stars = {it["name"]: it["stars"] for it in data["products"]}
        waiting = [office.puts_forward(dossier, stars[name], REPORTED) for name, dossier in filed.items()]
        meeting = councils.hold(office.council, found, waiting, MET, officer=office.officer)
        _score(meeting, data["products"])
        councils.conclude(meeting, MET)
        office.decides(DECIDED)


def _score(meeting: Meeting, products: list[Mapping[str, Any]]) -> None:
    told = {it["name"]: it for it in products}
    for item in meeting.agenda.select_related("assessment__dossier__product"):
        given = told[item.assessment.dossier.product.name]
        if "knocked_out" in given:
            _propose(item, given["knocked_out"])
        scoring.score_product(item, given["stars"], MET, strict=given.get("strict", ()))
        if "strict" in given:
            _score_again(item, given)
        if "knocked_out" in given:
            _shut_out(item, given)


def _propose(item: AgendaItem, found: Mapping[str, Any]) -> None:
    """Who saw it says so on her own sheet, before she seals it."""
    ballot = next(it for it in scoring.sheets(item) if it.seat.user.username == found["by"])
    propose_knock_out(ballot, found["code"], found["words"], by=ballot.seat.user)


def _score_again(item: AgendaItem, given: Mapping[str, Any]) -> None:
    """Too far apart: talked over, scored again; the first sheets are kept."""
    chair = councils.chair_of(item.meeting.council)
    again = rescore(item, by=chair, note=given["why_again"], at=moment(MET, 13, 30))
    scoring.score_again(again, given["stars"], MET)
    note_discussion(again, by=chair, knock_outs=(), discussion=given["discussion"])


def _shut_out(item: AgendaItem, given: Mapping[str, Any]) -> None:
    chair, found = councils.chair_of(item.meeting.council), given["knocked_out"]
    note_discussion(item, by=chair, knock_outs=[found["code"]], discussion=given["discussion"])
