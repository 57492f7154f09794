"""Đồng Nai, 2023, under QĐ 148, as its plan tells it: in June the province's council sends back what stays under 70, and
a file that is not valid; the district recognises the one with 3 stars and completes the other, which passes in November.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from evaluation.models import Arrival, Assessment, HandOver
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.hand_over import ARRIVAL
from ocop.demo import dossiers
from ocop.demo.clock import moment
from ocop.demo.ministry import send_prepared
from ocop.demo.past import Office, file, in_office
from ocop.demo.people import Cast
from products.models import Producer

REGIME = "148/2023"
SINCE = dt.date(2023, 3, 1)
OPENED, CUT_OFF, ENDS = dt.date(2023, 4, 17), dt.date(2023, 5, 31), dt.date(2023, 12, 29)
FILED, REPORTED = dt.date(2023, 5, 4), dt.date(2023, 5, 24)
DISTRICT_MET, DISTRICT_DECIDED = dt.date(2023, 5, 30), dt.date(2023, 6, 5)
RECEIVED, JUNE, JUNE_DECIDED = dt.date(2023, 6, 8), dt.date(2023, 6, 20), dt.date(2023, 6, 28)
ASKED, COMPLETED, SENT_AGAIN = dt.date(2023, 6, 12), dt.date(2023, 7, 3), dt.date(2023, 7, 14)
RECOGNISED, TAKEN = dt.date(2023, 7, 17), dt.date(2023, 7, 19)
NOVEMBER, DECIDED = dt.date(2023, 11, 14), dt.date(2023, 11, 21)


def make(data: Mapping[str, Any], producers: Mapping[str, Producer], cast: Cast) -> None:
    """Up, back down, and up again."""
    with (
        in_office(data["district"], cast, REGIME, SINCE) as district,
        in_office(data["province"], cast, REGIME, SINCE) as province,
    ):
        found = district.opens("Đợt 1 năm 2023", OPENED, CUT_OFF, ENDS, "Mục III.3.a Kế hoạch năm 2023")
        filed = file(data["products"], producers, found, FILED)
        waiting = {district.puts_forward(it, 4, REPORTED): 4 for it in filed.values()}
        district.meets(found, waiting, DISTRICT_MET)
        district.decides(DISTRICT_DECIDED)
        for given in data["products"]:
            if "refused" in given:
                _refuse(province, given)
        rounds = [
            province.opens(name, OPENED, last, ENDS, "Mục III.3.b Kế hoạch năm 2023")
            for name, last in (("Đợt tháng 6 năm 2023", JUNE), ("Đợt tháng 11 năm 2023", NOVEMBER))
        ]
        stars = {it["name"]: it["stars"] for it in data["products"]}
        province.meets(rounds[0], province.receives(stars, RECEIVED), JUNE)
        province.decides(JUNE_DECIDED)
        for given in data["products"]:
            if "refused" in given:
                _complete(district, given)
        district.decides(RECOGNISED)
        province.meets(rounds[1], province.receives(stars, TAKEN), NOVEMBER)
        province.decides(DECIDED)


def _refuse(province: Office, given: Mapping[str, Any]) -> None:
    """Back unread: the file is not valid."""
    arrival = Arrival.objects.get(unit=province.unit, dossier__product__name=given["name"])
    refused = {"at": moment(RECEIVED), "note": given["refused"]}
    ARRIVAL.take("refuse", arrival, by=province.officer, data=refused)


def _complete(district: Office, given: Mapping[str, Any]) -> None:
    """The district asks, the producer files what was missing, and the package goes up a second time."""
    sent = HandOver.objects.get(unit=district.unit, assessment__dossier__product__name=given["name"])
    asked = {"at": moment(ASKED), "due_on": COMPLETED, "note": given["asked"]}
    ASSESSMENT.take("complete", sent.assessment, by=district.officer, data=asked)
    dossiers.complete(sent.assessment.dossier, COMPLETED)
    again = Assessment.objects.get(pk=sent.assessment_id)
    ASSESSMENT.take("resend", again, by=district.officer, data={"at": moment(SENT_AGAIN)})
    send_prepared(SENT_AGAIN, officer=district.officer, signer=district.leader.get_full_name())
