"""Who scores what: previewed, kept with its seed, counted by quorum and mean, topped up."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluation.councils.making import replace_seat
from evaluation.meetings.agenda import reorder, set_attendance
from evaluation.meetings.assigning import assign, current, preview, top_up, unassign
from evaluation.meetings.boards import visible_items
from evaluation.meetings.declarations import declare
from evaluation.meetings.standing import read_standing
from evaluation.models import AgendaItem, Assignment, Ballot, Result
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.meeting import MEETING
from ocop.notices.models import Notice
from products.models import Dossier
from tests.evaluation import makers

URL = "/lai-chau"


def scorers(item):
    """The users assigned to it."""
    return [it.seat.user for it in item.assignments.select_related("seat__user").order_by("seat__order")]


def fresh(item):
    return AgendaItem.objects.for_list().get(pk=item.pk)


def test_a_preview_keeps_nothing_and_is_what_is_kept(signed_in, meeting, tea_item, rice_item, secretary):
    client, address = signed_in(secretary), f"{URL}/meetings/{meeting.pk}/assign/"
    page = client.get(address, {"each": 4, "seed": "abc123"})
    assert ("Xem trước" in page.text, Assignment.objects.exists()) == (True, False)
    plan = page.context["plan"]
    assert sorted(count for _seat, count in plan.loads) == [0] + [1] * 8
    assert client.post(address, {"do": "keep", "each": 4, "seed": "abc123"}).status_code == 302
    assert [scorers(share.item) for share in plan.shares] == [
        [seat.user for seat in it.seats] for it in plan.shares
    ]
    assert set(Assignment.objects.values_list("seed", flat=True)) == {"abc123"}


def test_only_the_assigned_score_and_the_quorum_is_theirs(
    meeting, members, chair, secretary, tea_item, rice_item
):
    makers.all_declare(meeting, members)
    assign(meeting, 4, "abc123", by=secretary)
    set_attendance(meeting, [seat.pk for seat in meeting.council.seats.all()], by=secretary)
    MEETING.take("open", meeting, by=chair)
    for item in (tea_item, rice_item):
        mine = scorers(item)
        assert Ballot.objects.filter(assessment=item.assessment).count() == len(mine) == 4
        for user in set(members) - set(mine):
            assert not user.has_perm("evaluation.score_assessment", item.assessment)
        standing = read_standing(fresh(item))
        assert ([seat.user for seat in standing.voters], standing.needed) == (mine, 3)
        makers.score_all(item, mine, lose=[0, 0, 0, 8])
        ASSESSMENT.take("conclude", item.assessment, by=chair)
        result = Result.objects.get(assessment=item.assessment)
        assert (result.mean, len(result.reasons["counted"])) == (98, 4)


def test_to_who_is_not_assigned_the_product_is_gone_and_comes_back(
    meeting, members, secretary, tea, tea_item
):
    makers.all_declare(meeting, members)
    assign(meeting, 4, "abc123", by=secretary)
    out = next(user for user in members[3:] if user not in scorers(tea_item))
    assert tea_item not in visible_items(meeting, out)
    assert not Dossier.objects.visible_to(out).filter(pk=tea.dossier_id).exists()
    for leading in members[:3]:
        assert tea_item in visible_items(meeting, leading)
        assert Dossier.objects.visible_to(leading).filter(pk=tea.dossier_id).exists()
    unassign(meeting, by=secretary)
    assert tea_item in visible_items(meeting, out)
    assert Dossier.objects.visible_to(out).filter(pk=tea.dossier_id).exists()
    assert current(meeting, by=secretary) is None


def test_who_is_recused_is_not_drawn_and_who_draws_knows_nothing_more(
    meeting, members, secretary, officer, tea, tea_item, rice_item
):
    declare(meeting, {tea.pk: "Người nhà"}, by=secretary)
    plan = assign(meeting, 4, "abc123", by=secretary)
    assert [share.item for share in plan.shares] == [rice_item]
    assert (scorers(tea_item), sum(count for _seat, count in plan.loads)) == ([], 4)
    plan = assign(meeting, 8, "abc123", by=officer)
    assert secretary not in scorers(tea_item)


def test_others_come_for_the_recused_and_for_the_absent(
    meeting, members, chair, secretary, tea, tea_item, rice_item
):
    assign(meeting, 4, "abc123", by=secretary)
    first = scorers(tea_item)
    gone = next(user for user in first if user not in members[:3])
    declare(meeting, {tea.pk: "Góp vốn"}, by=gone)
    assert top_up(meeting, by=secretary) == [tea_item]
    second = scorers(tea_item)
    assert (len(second), len(set(second) - set(first)), gone in second) == (4, 1, False)
    assert top_up(meeting, by=secretary) == []
    told = Notice.objects.get(subject__startswith="Bạn được phân công chấm thêm")
    assert [told.user] == [user for user in second if user not in first]
    assert told.url == f"meetings/{meeting.pk}/declare/"

    makers.all_declare(meeting, [user for user in members if user != gone])
    away = next(user for user in second if user not in members[:3])
    here = [seat.pk for seat in meeting.council.seats.all() if seat.user != away]
    set_attendance(meeting, here, by=secretary)
    MEETING.take("open", meeting, by=chair)
    assert tea_item in top_up(meeting, by=secretary)
    third = scorers(tea_item)
    assert (len(third), away in third) == (4, False)
    assert {it.seat.user for it in Ballot.objects.filter(assessment=tea)} >= set(third)
    assert not away.has_perm("evaluation.score_assessment", tea)


def test_the_successor_of_one_who_sealed_is_not_drawn_for_the_same(
    meeting, council, members, nobody, chair, secretary, officer, tea_item
):
    makers.all_declare(meeting, members)
    assign(meeting, 8, "abc123", by=secretary)
    set_attendance(meeting, [seat.pk for seat in council.seats.all()], by=secretary)
    running = MEETING.take("open", meeting, by=chair)
    first, second = [user for user in scorers(tea_item) if user not in members[:3]][:2]
    makers.score_all(tea_item, [first])
    seat = council.seats.get(user=first)
    replace_seat(seat, nobody, on=running.held_on, decision_number="90/QĐ-UBND", by=officer)
    here = council.seats.held_on(running.held_on).exclude(user=second)
    set_attendance(running, [it.pk for it in here], by=secretary)
    top_up(running, by=secretary)
    now = scorers(tea_item)
    assert (len(now), first in now, second in now, nobody in now) == (8, True, False, False)


def test_too_few_leave_the_product_to_everybody_and_say_so(
    signed_in, meeting, members, secretary, tea, tea_item, rice_item
):
    for user in members[3:]:
        declare(meeting, {tea.pk: "Cùng hợp tác xã"}, by=user)
    page = signed_in(secretary).get(f"{URL}/meetings/{meeting.pk}/assign/", {"each": 8, "seed": "abc123"})
    assert "3 người, cần ít nhất 6" in page.text
    plan = assign(meeting, 8, "abc123", by=secretary)
    assert [share.item for share in plan.short] == [tea_item]
    assert (scorers(tea_item), len(scorers(rice_item))) == ([], 8)


def test_too_few_or_too_many_for_each_are_refused(signed_in, meeting, secretary, member):
    address = f"{URL}/meetings/{meeting.pk}/assign/"
    assert signed_in(member).get(address).status_code == 403
    for each in (2, 10):
        page = signed_in(secretary).get(address, {"each": each})
        assert (page.status_code, "Mỗi sản phẩm cần từ 3 đến 9 người chấm." in page.text) == (422, True)
    assert signed_in(secretary).post(address, {"do": "keep", "each": 4}).status_code == 302
    assert not Assignment.objects.exists()
    for act in (preview, assign):
        with pytest.raises(PermissionDenied):
            act(meeting, 4, "abc123", by=member)


def test_an_open_meeting_is_topped_up_and_not_drawn_anew(running, secretary):
    for act in (lambda: assign(running, 4, "abc123", by=secretary), lambda: unassign(running, by=secretary)):
        with pytest.raises(ValidationError) as refused:
            act()
        assert refused.value.messages == ["Phiên họp đã mở: chỉ bổ sung người chấm được."]


def test_an_order_is_kept_and_a_hidden_product_keeps_its_place(
    signed_in, meeting, commune, advisor, officer, secretary, tea, rice, tea_item, rice_item
):
    honey = makers.make_checked(
        makers.make_accepted_dossier(commune, "Mật ong", set_code="QD26-04"), by=advisor
    )
    [honey_item] = makers.add_to_agenda(meeting, [honey], by=officer)
    client = signed_in(officer)
    places = {f"place-{tea.pk}": 3, f"place-{rice.pk}": 1, f"place-{honey.pk}": 2}
    assert client.post(f"{URL}/meetings/{meeting.pk}/agenda/order/", places).status_code == 302
    assert list(meeting.agenda.all()) == [rice_item, honey_item, tea_item]
    declare(meeting, {honey.pk: "Người nhà"}, by=secretary)
    reorder(meeting, [tea.pk, rice.pk], by=secretary)
    assert list(meeting.agenda.all()) == [tea_item, honey_item, rice_item]
    with pytest.raises(ValidationError):
        reorder(meeting, [tea.pk, honey.pk, rice.pk], by=secretary)


def test_what_waits_is_narrowed_by_set_and_commune(signed_in, council, officer, tea, rice):
    def waiting(given=None):
        return [one for one, _ in client.get(address, given).context["waiting"]]

    meeting = makers.make_meeting(council, [], by=officer)
    client, address = signed_in(officer), f"{URL}/meetings/{meeting.pk}/agenda/"
    assert waiting() == [tea, rice]
    for given in ({"criteria": rice.published.code}, {"commune": rice.dossier.unit_id}):
        assert waiting(given) == [rice]
    assert waiting({"round": "x"}) == [tea, rice]


def test_three_products_cost_no_more_queries_than_one(signed_in, council, officer, commune, advisor):
    client, counts = signed_in(officer), []
    for number in (1, 3):
        made = [
            makers.make_checked(makers.make_accepted_dossier(commune, f"Chè {number}.{n}"), by=advisor)
            for n in range(number)
        ]
        meeting = makers.make_meeting(council, made, by=officer)
        with CaptureQueriesContext(connection) as drawing:
            assign(meeting, 9, "abc123", by=officer)
        with CaptureQueriesContext(connection) as queries:
            address = f"{URL}/meetings/{meeting.pk}/assign/"
            assert client.get(address, {"each": 9, "seed": "abc123"}).status_code == 200
        with CaptureQueriesContext(connection) as undoing:
            unassign(meeting, by=officer)
        counts.append((len(drawing), len(queries), len(undoing)))
    assert counts[0] == counts[1]
