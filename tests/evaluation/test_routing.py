"""Every regime, every tier that scores, every result, valid or not: where the dossier is then, and who may act.

What is expected is written down here from the decisions themselves (QĐ 26/2026 Điều 4 and 7, QĐ 1489/2025, QĐ 148/2023
Phụ lục II, QĐ 1048/2019), not asked of the product's own tables. The rules alone: tests/regulations/test_law.py.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest
from django.db import transaction

from evaluation.decisions.drafting import draft_decision
from evaluation.decisions.outcomes import waiting_for_decision
from evaluation.models import Arrival, Assessment, Certificate, HandOver, Result
from evaluation.workflow.assessment import ASSESSMENT, out_of_place
from evaluation.workflow.hand_over import ARRIVAL, HAND_OVER
from evaluation.workflow.hand_over import out_of_place as not_theirs
from ocop.orgs.loading import create_ministry
from ocop.orgs.models import OrgUnit, User
from ocop.tenancy.scope import tenant_scope
from products.models import Dossier
from tests import factories
from tests.evaluation import decision_makers as makers

# points of the council, stars once the gates were asked: each band at both its ends, then with a gate missed
RESULTS = [
    ("29", 1), ("49.99", 2), ("50", 3), ("69.99", 3), ("70", 4), ("89.99", 4), ("90", 5), ("100", 5),
    ("75", 2), ("95", 4), ("95", 3),
]  # fmt: skip
ENDS, THREE, FOUR, FIVE = "ends", "3 stars", "4 stars", "5 stars"
TO_PROVINCE, TO_MINISTRY = "up to the province", "up to the ministry"
TO_DISTRICT, BACK_TO_PROVINCE = "back to the district", "back to the province"
PROVINCE_OF_TODAY = [
    ENDS,
    ENDS,
    THREE,
    THREE,
    FOUR,
    FOUR,
    TO_MINISTRY,
    TO_MINISTRY,
    ENDS,
    TO_MINISTRY,
    TO_MINISTRY,
]
MINISTRY = [BACK_TO_PROVINCE] * 6 + [FIVE, FIVE] + [BACK_TO_PROVINCE] * 3
# regime, tier → what follows from each of RESULTS; the sheets of 1048/2019 print no gates
FOLLOWS = {
    ("1048/2019", "district"): [ENDS, ENDS, *[TO_PROVINCE] * 6],
    ("1048/2019", "province"): [ENDS, ENDS, THREE, THREE, FOUR, FOUR, TO_MINISTRY, TO_MINISTRY],
    ("1048/2019", "ministry"): MINISTRY[:8],
    ("148/2023", "district"): [ENDS, ENDS, THREE, THREE, *[TO_PROVINCE] * 4, ENDS, TO_PROVINCE, TO_PROVINCE],
    ("148/2023", "province"): [*[TO_DISTRICT] * 4, FOUR, FOUR, TO_MINISTRY, TO_MINISTRY, TO_DISTRICT, TO_MINISTRY, TO_DISTRICT],
    ("148/2023", "ministry"): MINISTRY,
    ("148/2023-1489", "province"): PROVINCE_OF_TODAY,
    ("148/2023-1489", "ministry"): MINISTRY,
    ("26/2026", "province"): PROVINCE_OF_TODAY,
    ("26/2026", "ministry"): MINISTRY,
}  # fmt: skip
# what the tier may do with a file that came back: evaluate it anew, or recognise it on the result of the tier above
ON_RETURN = {
    ("148/2023", "district"): {"review", "decide"},
    ("148/2023", "province"): {"review"},
    ("1048/2019", "province"): {"review"},
    ("148/2023-1489", "province"): {"review"},
    ("26/2026", "province"): {"review", "decide"},
}
# … and with one that was refused unread: have it completed, send it again, or decide on its own result
ON_REFUSAL = {
    ("148/2023", "district"): ({"complete", "resend"}, THREE),
    ("1048/2019", "district"): ({"complete", "resend"}, None),
    ("1048/2019", "province"): ({"complete", "resend"}, None),
    ("148/2023", "province"): ({"complete", "resend"}, None),
    ("148/2023-1489", "province"): ({"complete", "resend"}, None),
    ("26/2026", "province"): ({"complete", "resend"}, FOUR),
}


@dataclass(frozen=True)
class Time:
    """When a regime was at work, by whose books, and where its files began."""

    regime: str
    set_code: str
    commune: str
    first: str  # the tier that scores first
    day: dt.date


TIMES = {
    it.regime: it
    for it in (
        Time("1048/2019", "QD1048-01", "Xã Khổng Lào", "district", dt.date(2022, 6, 10)),
        Time("148/2023", "QD148-01", "Xã Khổng Lào", "district", dt.date(2024, 9, 10)),
        Time("148/2023-1489", "QD148-01", "Xã Mường So", "province", dt.date(2025, 10, 10)),
        Time("26/2026", "QD26-11", "Xã Mường So", "province", dt.date(2026, 11, 10)),
    )
}
UNITS = {"district": "Huyện Phong Thổ", "province": "Tỉnh Lai Châu"}


@dataclass(frozen=True)
class Office:
    """Who could act, by where they sit; `leader` signs for all of them."""

    people: dict[str, User]
    leader: User

    def of(self, tier: str) -> User:
        return self.people[tier]


@pytest.fixture
def office(lai_chau, province, commune_officer, observer, leader) -> Office:
    district = OrgUnit.objects.get(name=UNITS["district"])
    people = {
        "commune": commune_officer, "observer": observer,
        "district": factories.make_user("huyen.ocop", "Tẩn Thị Quế", role="officer", unit=district),
        "province": factories.make_user("tinh.ocop", "Nguyễn Thị Hồng Thắm", role="officer", unit=province),
    }  # fmt: skip
    for user in people.values():
        user.memberships.update(starts_on=dt.date(2020, 1, 1))
    return Office(people, makers.let_sign(leader))


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def concluded(
    time: Time, tier: str, points: str, stars: int, assessment: Assessment | None = None
) -> Assessment:
    """As the council of that tier leaves it, with an exact mean."""
    unit = OrgUnit.objects.get(name=UNITS[tier])
    facts: dict[str, Any] = {
        "points": 0,
        "stars": stars,
        "tier": tier,
        "regime": time.regime,
        "met": time.day,
    }
    if assessment is None:
        commune = OrgUnit.objects.get(name=time.commune)
        made = makers.make_concluded(commune, unit, set_code=time.set_code, **facts)
    else:
        made = makers.conclude_at(assessment.dossier, unit, assessment=assessment, **facts)
    exactly(made, points)
    return made


def exactly(assessment: Assessment, points: str) -> None:
    mean = Fraction(points)
    exact = {"mean_numerator": mean.numerator, "mean_denominator": mean.denominator}
    Result.objects.filter(assessment=assessment).update(**exact)
    assessment.refresh_from_db()


def decide(office: Office, time: Time, tier: str) -> None:
    unit = OrgUnit.objects.get(name=UNITS[tier])
    makers.issue(draft_decision(unit, tier, by=office.of(tier)), by=office.leader, on=time.day)


def at_the_province(office: Office, time: Time) -> Assessment:
    """What the district sent up, received."""
    concluded(time, "district", "75", 4)
    decide(office, time, "district")
    makers.send(HandOver.objects.get(), by=office.of("district"), on=time.day)
    return ARRIVAL.take("receive", Arrival.objects.get(), by=office.of("province")).assessment


def up_to_the_ministry(office: Office, time: Time) -> HandOver:
    """93 points and five stars at the province, sent on."""
    upper = at_the_province(office, time) if time.first == "district" else None
    made = concluded(time, "province", "93", 5, upper)
    decide(office, time, "province")
    sent = HandOver.objects.get(assessment=made)
    return makers.send(sent, by=office.of("province"), on=time.day)


def steps(office: Office, assessment: Assessment) -> dict[str, set[str]]:
    """Who may do what with it next; who may nothing is left out."""
    fresh = Assessment.objects.get(pk=assessment.pk)
    offered = {
        name: {offer.name for offer in ASSESSMENT.open_to(fresh, user)} - out_of_place(fresh)
        for name, user in office.people.items()
    }
    return {name: names for name, names in offered.items() if names}


def senders(office: Office, hand_over: HandOver) -> set[str]:
    return {
        name
        for name, user in office.people.items()
        if {it.name for it in HAND_OVER.open_to(hand_over, user)} - not_theirs(hand_over) == {"send"}
    }


def waiting(assessment: Assessment) -> list[tuple[str, int]]:
    """What a decision of its tier would do with it now."""
    return [
        (it.outcome, it.stars)
        for it in waiting_for_decision(assessment.unit, assessment.tier)
        if it.assessment.pk == assessment.pk
    ]


# tiers whose officers stand over a unit: a role covers all that is below
OVER = {"district": {"district", "province"}, "province": {"province"}}


def stands(office: Office, assessment: Assessment, follows: str, time: Time) -> None:
    """Where the dossier is after the tier's decision, and who may act."""
    dossier, mine = Dossier.objects.get(pk=assessment.dossier_id), Assessment.objects.get(pk=assessment.pk)
    sent = HandOver.objects.filter(assessment=assessment).first()
    papers = [(it.stars, it.unit) for it in Certificate.objects.all()]
    assert mine.state == "decided"
    assert steps(office, assessment) == {}
    if follows in (THREE, FOUR):
        assert (dossier.state, papers, sent) == ("recognised", [(int(follows[0]), assessment.unit)], None)
    elif follows == ENDS:
        assert (dossier.state, papers, sent) == ("not_recognised", [], None)
    elif follows in (TO_PROVINCE, TO_MINISTRY):
        assert (dossier.state, papers, sent.state) == ("accepted", [], "prepared")
        assert sent.to_tier == {TO_PROVINCE: "province", TO_MINISTRY: "ministry"}[follows]
        makers.PAPER.take(
            "number", sent.letter, by=office.of("province"), data={"dated_on": time.day, "signer_name": "Hải"}
        )
        assert senders(office, sent) == OVER[assessment.tier]
    else:
        assert (dossier.state, papers, sent) == ("accepted", [], None)
        returned(
            office,
            HandOver.objects.get().assessment,
            Fraction(assessment.result.mean),
            assessment.result.stars,
            time,
        )


def returned(office: Office, lower: Assessment, points: Fraction, stars: int, time: Time) -> None:
    """It is below again: to be evaluated anew, or recognised as far as that tier certifies."""
    may = ON_RETURN[time.regime, lower.tier]
    assert Assessment.objects.get(pk=lower.pk).state == "returned"
    assert steps(office, lower) == {name: {"review"} for name in OVER[lower.tier]}
    certifies = {"district": {3}, "province": {3, 4}}[lower.tier]
    recognised = ("certify", stars) if stars in certifies else ("not_recognised", stars)
    too_many = stars > max(certifies)
    assert waiting(lower) == ([recognised] if "decide" in may and not too_many else [])


@pytest.mark.parametrize(("regime", "tier"), [key for key in FOLLOWS if key[1] != "ministry"])
def test_after_the_decision_of_a_tier(office, regime, tier):
    time = TIMES[regime]
    upper = at_the_province(office, time) if tier != time.first else None
    for (points, stars), follows in zip(RESULTS, FOLLOWS[regime, tier], strict=False):
        with undone():
            made = concluded(time, tier, points, stars, upper)
            decide(office, time, tier)
            stands(office, made, follows, time)


@pytest.mark.parametrize("regime", TIMES)
def test_after_the_answer_of_the_ministry(office, regime):
    """On paper, as from a ministry that keeps no books here."""
    time = TIMES[regime]
    sent = up_to_the_ministry(office, time)
    assert steps(office, sent.assessment) == {}
    for (points, stars), follows in zip(RESULTS, FOLLOWS[regime, "ministry"], strict=False):
        with undone():
            data = {"answer_number": "77/QĐ-BNNMT", "answered_on": time.day, "stars": str(stars), "points": points,
                    "file": factories.upload("tra-loi.pdf")}  # fmt: skip
            HAND_OVER.take("answer", sent, by=office.of("province"), data=data)
            mine = Assessment.objects.get(pk=sent.assessment_id)
            if follows == FIVE:
                assert [it.stars for it in Certificate.objects.all()] == [5]
                assert (mine.state, Dossier.objects.get().state) == ("returned", "recognised")
                assert waiting(mine) == []
            else:
                assert (Certificate.objects.count(), Dossier.objects.get().state) == (0, "accepted")
                returned(office, mine, Fraction(points), stars, time)


@pytest.mark.parametrize("regime", TIMES)
def test_the_decision_of_the_ministry_itself(lai_chau, regime):
    """In its own books: five stars are certified, everything else goes back (and on: test_ministry.py)."""
    time, ministry = TIMES[regime], create_ministry("bo-nnmt", "Bộ Nông nghiệp và Môi trường")
    with tenant_scope(ministry.pk):
        root, sender = OrgUnit.objects.get(parent=None), OrgUnit.objects.get(name=UNITS["province"])
        officer = factories.make_user("bo.ocop", "Lê Thu Hằng", role="officer", unit=root)
        officer.memberships.update(starts_on=dt.date(2020, 1, 1))
        signs = makers.let_sign(factories.make_user("bo.lanhdao", "Trần Thanh Nam", role="leader", unit=root))
        for (points, stars), follows in zip(RESULTS, FOLLOWS[regime, "ministry"], strict=False):
            with undone():
                made = makers.make_concluded(
                    sender, root, points=0, stars=stars, tier="ministry", regime=regime, set_code=time.set_code, met=time.day
                )  # fmt: skip
                exactly(made, points)
                assert waiting(made) == [("certify", 5) if follows == FIVE else ("send_back", stars)]
                makers.issue(draft_decision(root, "ministry", by=officer), by=signs, on=time.day)
                assert [it.stars for it in Certificate.objects.all()] == [5] * (follows == FIVE)
                assert Assessment.objects.get().state == "decided"


@pytest.mark.parametrize(("regime", "tier"), ON_REFUSAL)
def test_an_invalid_file_comes_back_unread(office, regime, tier):
    time, (may, recognised) = TIMES[regime], ON_REFUSAL[regime, tier]
    lower = refused(office, time, tier)
    assert Assessment.objects.get(pk=lower.pk).state == "returned"
    assert Dossier.objects.get(pk=lower.dossier_id).state == "accepted"
    assert steps(office, lower) == dict.fromkeys(OVER[tier], may)
    assert waiting(lower) == ([("certify", int(recognised[0]))] if recognised else [])


def refused(office: Office, time: Time, tier: str) -> Assessment:
    words = {"note": "Thiếu phiếu kiểm nghiệm còn hiệu lực."}
    if tier == "district":
        made = concluded(time, "district", "75", 4)
        decide(office, time, "district")
        makers.send(HandOver.objects.get(), by=office.of("district"), on=time.day)
        ARRIVAL.take("refuse", Arrival.objects.get(), by=office.of("province"), data=words)
        return made
    ministry = create_ministry("bo-nnmt", "Bộ Nông nghiệp và Môi trường")
    with tenant_scope(ministry.pk):
        theirs = factories.make_user(
            "bo.ocop", "Lê Thu Hằng", role="officer", unit=OrgUnit.objects.get(parent=None)
        )
    sent = up_to_the_ministry(office, time)
    with tenant_scope(ministry.pk):
        ARRIVAL.take("refuse", Arrival.objects.get(), by=theirs, data=words)
    HAND_OVER.take("take_refusal", HandOver.objects.get(pk=sent.pk), by=office.of("province"))
    return sent.assessment
