"""Any tier of any regime; seats that change hands; quorum to the last fraction."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from evaluation.assessments.starting import start_assessment
from evaluation.councils.making import draft_council, replace_seat
from evaluation.councils.rules import set_rules
from evaluation.meetings.agenda import add_to_agenda, plan_meeting, set_attendance
from evaluation.meetings.standing import read_hall
from evaluation.models import Result, Seat
from evaluation.rules import CouncilRules, read_rules
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.council import COUNCIL
from evaluation.workflow.meeting import MEETING
from ocop.notices.models import Notice
from ocop.orgs.models import OrgUnit
from products.models import DossierState
from tests.evaluation import makers

DECISION = {"number": "9/QĐ", "on": dt.date(2026, 6, 1)}


def test_a_district_council_scores_under_the_law_of_its_time(lai_chau, members, officer, leader, province):
    """QĐ 148/2023: the district scores first and certifies 3 stars; the province's council is another."""
    district = OrgUnit.objects.get(name="Huyện Phong Thổ")
    old = OrgUnit.objects.get(name="Xã Khổng Lào")
    dossier = makers.make_accepted_dossier(
        old, "Miến dong Bình Lư", set_code="QD148-01", regime="148/2023", round_unit=district
    )
    council = makers.make_council(district, members, officer=officer, leader=leader, regime="148/2023")
    assessment = makers.make_checked(dossier, by=officer)
    assert (assessment.tier, assessment.unit, council.tier) == ("district", district, "district")
    meeting = makers.make_meeting(council, [assessment], by=officer)
    makers.open_meeting(meeting, members)
    makers.score_all(meeting.agenda.get(), members, lose=31)
    ASSESSMENT.take("conclude", assessment, by=members[0])
    assert Result.objects.get().mean == 69
    MEETING.take("conclude", meeting, by=members[0])
    above = start_assessment(dossier, by=officer, tier="province")
    assert (above.tier, above.unit) == ("province", province)


def test_only_an_accepted_dossier_begins_and_only_once(commune, advisor, commune_officer, stranger):
    dossier = makers.make_accepted_dossier(commune)
    with pytest.raises(PermissionDenied):
        start_assessment(dossier, by=commune_officer)
    with pytest.raises(PermissionDenied):
        start_assessment(dossier, by=stranger)
    with pytest.raises(ValidationError):
        start_assessment(dossier, by=advisor, tier="commune")
    start_assessment(dossier, by=advisor)
    with pytest.raises(ValidationError) as twice:
        start_assessment(dossier, by=advisor)
    assert "đã được đưa vào đánh giá" in twice.value.messages[0]
    early = makers.make_accepted_dossier(commune, "Chè khác")
    type(early).objects.filter(pk=early.pk).update(state=DossierState.FORWARDED)
    with pytest.raises(ValidationError):
        start_assessment(early, by=advisor)


def test_a_unit_without_points_to_give_has_no_council(commune, officer):
    with pytest.raises(ValidationError):
        draft_council(commune, regime_code="26/2026", name="Hội đồng xã", starts_on=makers.DAY, by=officer)


def test_the_agenda_takes_only_products_of_its_tier(lai_chau, council, officer, members, leader):
    district, old = OrgUnit.objects.get(name="Huyện Phong Thổ"), OrgUnit.objects.get(name="Xã Khổng Lào")
    dossier = makers.make_accepted_dossier(old, set_code="QD148-01", regime="148/2023", round_unit=district)
    assessment = makers.make_checked(dossier, by=officer)
    meeting = plan_meeting(council, dossier.round, held_at=dt.datetime.now(dt.UTC), by=officer)
    with pytest.raises(ValidationError):
        add_to_agenda(meeting, [assessment], by=officer)


def test_a_seat_changes_hands_by_decision_and_both_terms_are_kept(council, officer, leader, nobody, members):
    seat = council.seats.get(user=members[5])
    with pytest.raises(ValidationError):
        replace_seat(seat, nobody, on=dt.date(2026, 9, 1), decision_number=" ", by=officer)
    with pytest.raises(ValidationError):
        replace_seat(seat, members[6], on=dt.date(2026, 9, 1), decision_number="77/QĐ", by=officer)
    with pytest.raises(PermissionDenied):
        replace_seat(seat, nobody, on=dt.date(2026, 9, 1), decision_number="77/QĐ", by=leader)
    new = replace_seat(seat, nobody, on=dt.date(2026, 9, 1), decision_number="77/QĐ", by=officer)
    seat.refresh_from_db()
    assert (seat.ends_on, new.starts_on, new.agency) == (
        dt.date(2026, 8, 31),
        dt.date(2026, 9, 1),
        seat.agency,
    )
    held = [
        Seat.objects.filter(council=council).held_on(dt.date(2026, month, 15)).count() for month in (8, 9)
    ]
    assert held == [9, 9]


@pytest.mark.parametrize(("quorum", "needed"), [("3/4", 7), ("2/3", 6), ("1/2", 5), ("1/1", 9), ("7/9", 7)])
def test_the_quorum_is_an_exact_fraction(meeting, officer, quorum, needed):
    kept = read_rules(meeting.council.rules)
    set_rules(
        meeting.council,
        CouncilRules(replace(kept.policy, quorum=Fraction(quorum))),
        by=officer,
        basis="15/QĐ-UBND",
    )
    meeting.council.refresh_from_db()
    assert read_hall(meeting).needed == needed


def test_six_of_nine_are_no_three_quarters_and_seven_are(meeting, members, secretary, chair):
    makers.all_declare(meeting, members)
    seats = list(meeting.council.seats.all())
    set_attendance(meeting, [seat.pk for seat in seats[:6]], by=secretary)
    with pytest.raises(ValidationError):
        MEETING.take("open", meeting, by=chair)
    set_attendance(meeting, [seat.pk for seat in seats[1:8]], by=secretary)
    with pytest.raises(ValidationError) as refused:
        MEETING.take("open", meeting, by=members[1])
    assert refused.value.messages == ["Quy chế yêu cầu Chủ tịch có mặt."]
    set_attendance(meeting, [seat.pk for seat in seats[:7]], by=secretary)
    assert MEETING.take("open", meeting, by=chair).state == "open"


def test_the_invitation_goes_to_every_seat_once_and_names_no_product(meeting, officer, members):
    for _ in range(2):
        MEETING.take("invite", meeting, by=officer)
    told = Notice.objects.filter(kind="meeting")
    assert told.count() == len(members)
    assert {it.url for it in told} == {f"meetings/{meeting.pk}/declare/"}
    assert "Chè" not in " ".join(f"{it.subject} {it.body}" for it in told)


def test_a_council_with_a_meeting_under_way_does_not_end(running, council, leader):
    with pytest.raises(ValidationError):
        COUNCIL.take("end", council, by=leader, data={"on": dt.date(2026, 12, 31)})


def test_nobody_establishes_twice(council, leader):
    with pytest.raises(ValidationError):
        COUNCIL.take("establish", council, by=leader, data=DECISION)
