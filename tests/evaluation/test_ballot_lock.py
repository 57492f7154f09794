"""The trigger: what no ballot may hold or become, whoever writes and however."""

import json

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from evaluation.models import Ballot, PublishedSet
from evaluation.publishing import publish_sets
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.ballot import BALLOT
from evaluation.workflow.meeting import MEETING
from products.law import criteria_set, law
from tests.evaluation import makers


@pytest.fixture
def sheet(running, tea_item, member) -> Ballot:
    return makers.ballot_of(tea_item, member)


def write(ballot: Ballot, levels: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE evaluation_ballot SET levels = %s WHERE id = %s", [json.dumps(levels), ballot.pk]
        )


@pytest.mark.parametrize(
    "levels",
    [
        {"1.1": {"p": 3, "r": 1}},
        {"1.1": {"p": 0, "r": 1, "note": "không đạt mức nào"}},
        {"1.1": {"r": 1, "note": "mới chỉ có nhận xét"}},
        {},
    ],
)
def test_printed_levels_and_an_explicit_0_may_stand(sheet, levels):
    write(sheet, levels)
    sheet.refresh_from_db()
    assert sheet.levels == levels


@pytest.mark.parametrize(
    "levels",
    [
        {"99": {"p": 1}},
        {"1.1": {"p": 4}},
        {"1.1": {"p": -1}},
        {"1.1": {"p": 2.5}},
        {"1.1": {"p": 3.0}},
        {"1.1": {"p": "3"}},
        {"1.1": {"p": None}},
        {"1.1": {"p": [3]}},
        {"1.1": {"p": True}},
        {"1.1": {"case": "a", "p": 3}},
        {"1.1": {"case": "a"}},
        {"1.1": 3},
        {"4.1": {"p": 4}},
        [],
        3,
    ],
)
def test_everything_else_is_refused_by_the_database(sheet, levels):
    with pytest.raises(IntegrityError):
        write(sheet, levels)
    sheet.refresh_from_db()
    assert sheet.levels == {}


@pytest.fixture
def tour_sheet(province, members, officer, leader, commune, advisor) -> Ballot:
    council = makers.make_council(province, members, officer=officer, leader=leader)
    dossier = makers.make_accepted_dossier(commune, "Bản Sin Suối Hồ", set_code="QD26-26")
    meeting = makers.make_meeting(council, [makers.make_checked(dossier, by=advisor)], by=officer)
    makers.open_meeting(meeting, members)
    return makers.ballot_of(meeting.agenda.get(), members[3])


def test_alternative_scales_ask_for_the_right_case(tour_sheet):
    code, cases = next((it.code, it.cases) for it in criteria_set("QD26-26").criteria if it.cases)
    top = cases[0].levels[-1].points
    write(tour_sheet, {code: {"case": cases[0].code, "p": top}})
    write(tour_sheet, {code: {"p": 0}})
    for wrong in (
        {"case": "z", "p": top},
        {"p": top},
        {"case": cases[0].code, "p": 2},
        {"case": None, "p": top},
    ):
        with pytest.raises(IntegrityError):
            write(tour_sheet, {code: wrong})


def test_a_sealed_sheet_keeps_its_points_until_it_is_reopened(sheet, member):
    makers.fill(sheet, by=member)
    BALLOT.take("seal", sheet, by=member)
    with pytest.raises(IntegrityError):
        write(sheet, {"1.1": {"p": 1, "r": 9}})
    for change in (
        "total = 12",
        "opinion = 'khác'",
        "stars = 1",
        "state = 'open', sealed_at = NULL, levels = '{}'",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE evaluation_ballot SET {change} WHERE id = %s", [sheet.pk])
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM evaluation_ballot WHERE id = %s", [sheet.pk])
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE evaluation_ballot SET state = 'open', sealed_at = NULL WHERE id = %s", [sheet.pk]
        )
    write(sheet, {"1.1": {"p": 1, "r": 9}})


def test_whose_sheet_it_is_never_changes(sheet, running):
    other = running.council.seats.exclude(pk=sheet.seat_id).first()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE evaluation_ballot SET seat_id = %s, attempt = 7 WHERE id = %s", [other.pk, sheet.pk]
        )


def test_after_the_meeting_every_sheet_stands(running, tea_item, rice_item, tea, rice, members, chair):
    """Also the open one of a member who left: she is not counted, and cannot be added later."""
    makers.score_all(tea_item, members[:8])
    makers.score_all(rice_item, members[:8])
    makers.set_attendance(
        running, [it.pk for it in running.council.seats.all() if it.user != members[8]], by=members[2]
    )
    for assessment in (tea, rice):
        ASSESSMENT.take("conclude", assessment, by=chair)
    MEETING.take("conclude", running, by=chair)
    left = makers.ballot_of(tea_item, members[8])
    for ballot in (left, makers.ballot_of(tea_item, members[0])):
        with pytest.raises(IntegrityError):
            write(ballot, {"1.1": {"p": 1, "r": 9}})
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.create(
            meeting=running, assessment=tea, seat=left.seat, attempt=9, published=left.published
        )


@pytest.mark.django_db
def test_the_sets_are_published_once_and_by_migrate():
    assert set(PublishedSet.objects.values_list("code", flat=True)) == set(law().sets)
    assert publish_sets("default") == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["UPDATE evaluation_publishedset SET total = 1", "DELETE FROM evaluation_publishedset"]
)
def test_a_published_set_is_never_changed(statement):
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
