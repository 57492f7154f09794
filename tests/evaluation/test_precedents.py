"""How like products were scored before: counts of levels, never a product, never what is still being scored."""

from dataclasses import asdict

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluation.ballots.precedents import precedents_by_set, read_precedents
from evaluation.ballots.saving import reckon
from evaluation.models import AgendaItem, Assessment, Ballot, Meeting
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.ballot import BALLOT
from evaluation.workflow.meeting import MEETING
from products.models import Dossier, Exclusion
from tests.evaluation import makers

URL = "/lai-chau"
NAMES = ["Chè dây Hoàng Liên", "Chè Ô long Tam Đường", "Trà gạo rang Sìn Hồ"]


@pytest.fixture
def members(lai_chau):
    """A small council: chair, deputy, secretary, a member."""
    return makers.make_members(4)


@pytest.fixture
def score(members):
    """Everybody gives the product these points at 1.1, the most elsewhere, and the chair concludes."""

    def conclude(item: AgendaItem, points: list[int]) -> None:
        for user, each in zip(members, points, strict=True):
            sheet = makers.ballot_of(item, user)
            makers.fill(sheet, by=user)
            sheet.levels["1.1"] = {"p": each, "r": 2}
            reckon(sheet)
            sheet.save(update_fields=["levels", "total", "stars"])
            BALLOT.take("seal", sheet, by=user)
        ASSESSMENT.take("conclude", item.assessment, by=members[0])

    return conclude


@pytest.fixture
def before(council, commune, advisor, officer, members, score) -> Meeting:
    """A meeting that ended: three teas of the same set, 3 3 3 2, 3 3 2 2 and 1 1 1 1 at criterion 1.1."""
    teas = [makers.make_checked(makers.make_accepted_dossier(commune, name), by=advisor) for name in NAMES]
    meeting = makers.make_meeting(council, teas, by=officer)
    makers.open_meeting(meeting, members)
    items = AgendaItem.objects.for_list().filter(meeting=meeting)
    for item, points in zip(items, ([3, 3, 3, 2], [3, 3, 2, 2], [1, 1, 1, 1]), strict=True):
        score(item, points)
    return MEETING.take("conclude", meeting, by=members[0])


@pytest.fixture
def sheet(before, running, tea_item, members) -> Ballot:
    return makers.ballot_of(tea_item, members[3])


def told(sheet: Ballot, reader) -> tuple[int, dict[int, int]] | None:
    found = read_precedents(sheet, "1.1", reader=reader)
    return found and (found.products, {it.points: it.sheets for it in found.levels if it.sheets})


def test_counts_of_levels_stand_beside_the_criterion_without_a_name(signed_in, sheet, members):
    assert told(sheet, members[3]) == (3, {3: 5, 2: 3, 1: 4})
    page = signed_in(members[3]).get(f"{URL}/ballots/{sheet.pk}/1.1/").text
    assert "12 phiếu về 3 sản phẩm khác cùng bộ tiêu chí" in page
    assert [name in page for name in NAMES] == [False] * 3


def test_a_criterion_whose_code_is_one_number_and_one_with_cases(sheet, members):
    found = [
        read_precedents(sheet, it.code, reader=members[3]) for it in makers.criteria_set("QD26-11").criteria
    ]
    assert [(it.products, sum(level.sheets for level in it.levels)) for it in found] == [(3, 12)] * len(found)


def test_of_two_products_nothing_is_said(sheet, before, members):
    one = before.agenda.first().assessment
    Exclusion.objects.create(dossier=one.dossier, user=members[3], ground="Góp vốn")
    assert told(sheet, members[3]) is None
    assert told(sheet, members[1]) is not None


def test_the_same_product_never_counts(sheet, before, members):
    one = before.agenda.first().assessment
    spring = makers.make_round(one.unit, name="Đợt 1")
    Dossier.objects.filter(pk=sheet.assessment.dossier_id).update(product=one.dossier.product, round=spring)
    assert told(Ballot.objects.get(pk=sheet.pk), members[3]) is None


def test_what_is_scored_again_or_waits_above_does_not_count(
    sheet, before, running, council, officer, advisor, members
):
    one = before.agenda.first().assessment
    Assessment.objects.filter(pk=one.pk).update(state="handed_up")
    assert told(sheet, members[3]) is None
    Assessment.objects.filter(pk=one.pk).update(state="decided")
    assert told(sheet, members[3]) == (3, {3: 5, 2: 3, 1: 4})
    again = Assessment.objects.create(
        dossier=one.dossier, tier=one.tier, unit=one.unit, turn=2, published=one.published, state="scheduled"
    )
    AgendaItem.objects.create(meeting=running, assessment=again, order=9)
    assert told(sheet, members[3]) is None


def test_a_meeting_that_is_open_again_is_no_precedent(sheet, before, members):
    MEETING.take("reopen", before, by=members[0], data={"note": "Sót ý kiến"})
    assert told(sheet, members[3]) is None


def test_another_set_has_precedents_of_its_own(before, running, rice_item, members):
    assert told(makers.ballot_of(rice_item, members[3]), members[3]) is None


def test_they_are_taken_along_for_every_criterion_as_its_page_shows_them(sheet, members, signed_in):
    place = f"{URL}/meetings/{sheet.meeting_id}/offline/bundle/"
    taken = signed_in(members[3]).get(place).json()
    assert taken["precedents"].keys() == {"QD26-11"}  # the other set of the agenda has none
    for code, told in taken["precedents"]["QD26-11"].items():
        assert told == asdict(read_precedents(sheet, code, reader=members[3]))
    assert len(taken["precedents"]["QD26-11"]) == len(makers.criteria_set("QD26-11").criteria)
    assert [name in str(taken) for name in NAMES] == [False] * 3


def test_nothing_is_taken_along_of_what_is_scored_elsewhere_or_soon_will_be(
    sheet, before, council, officer, members, running
):
    sets, reader = {sheet.assessment.published}, members[3]
    assert precedents_by_set(sets, reader=reader)["QD26-11"]["1.1"].products == 3
    one = before.agenda.first().assessment
    again = Assessment.objects.create(
        dossier=one.dossier, tier=one.tier, unit=one.unit, turn=2, published=one.published, state="scheduled"
    )
    soon = makers.make_meeting(council, [], by=officer)
    item = AgendaItem.objects.create(meeting=soon, assessment=again, order=1)
    assert precedents_by_set(sets, reader=reader) == {}
    assert told(sheet, reader) is not None  # on the page: not before it is opened
    AgendaItem.objects.filter(pk=item.pk).update(meeting=running, order=9)
    assert precedents_by_set(sets, reader=reader) == {}
    assert told(sheet, reader) is None


def test_who_is_recused_takes_no_count_of_it_along(sheet, before, members):
    one = before.agenda.first().assessment
    Exclusion.objects.create(dossier=one.dossier, user=members[3], ground="Góp vốn")
    sets = {sheet.assessment.published}
    assert precedents_by_set(sets, reader=members[3]) == {}
    assert precedents_by_set(sets, reader=members[1]) != {}


def test_all_sets_are_two_queries(sheet, rice_item, members):
    sets = {sheet.assessment.published, rice_item.assessment.published}
    with CaptureQueriesContext(connection) as queries:
        precedents_by_set(sets, reader=members[3])
    assert len(queries) == 2


def test_it_is_two_queries(sheet, members):
    sheet = Ballot.objects.for_page().get(pk=sheet.pk)
    with CaptureQueriesContext(connection) as queries:
        read_precedents(sheet, "1.1", reader=members[3])
    assert len(queries) == 2
