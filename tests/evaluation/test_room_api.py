"""The council room for programs: the same steps, rights, blindness and words as on its pages."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluation.ballots.proposals import propose_knock_out
from evaluation.meetings.conclusions import rescore
from evaluation.meetings.declarations import declare
from evaluation.models import AgendaItem, Assignment, Guest
from evaluation.workflow.meeting import MEETING
from ocop.orgs.models import Membership
from products.law import criteria_set
from products.models import ProducerMember
from tests import factories
from tests.evaluation import makers

JSON = {"content_type": "application/json"}


def of(meeting, place: str = "") -> str:
    return f"/lai-chau/api/meetings/{meeting.pk}/{place}"


def test_a_council_under_no_decision_is_refused_at_the_field(signed_in, province, officer):
    body = {"unit": province.pk, "regime": "99/2099", "name": "Hội đồng", "starts_on": "2026-10-01"}
    refused = signed_in(officer).post("/lai-chau/api/councils/", body, **JSON)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["regime"])
    assert (
        signed_in(officer).post("/lai-chau/api/councils/", body | {"regime": "26/2026"}, **JSON).status_code
        == 201
    )


def test_the_agenda_is_put_in_order_or_one_reads_why_not(signed_in, meeting, tea, rice, secretary, member):
    client, url = signed_in(secretary), of(meeting, "agenda/order/")
    done = client.put(url, {"assessments": [rice.pk, tea.pk]}, **JSON)
    assert [it["assessment"] for it in done.json()] == [rice.pk, tea.pk]
    refused = client.put(url, {"assessments": [rice.pk]}, **JSON)
    assert (refused.status_code, refused.json()) == (
        400,
        {"errors": {"__all__": ["Chương trình họp vừa thay đổi: hãy xem lại rồi xếp thứ tự."]}},
    )
    assert signed_in(member).put(url, {"assessments": []}, **JSON).status_code == 403


def test_a_draw_is_looked_at_kept_topped_up_and_taken_back(signed_in, meeting, tea, rice, secretary, member):
    client, url = signed_in(secretary), of(meeting, "assignment/")
    assert client.get(url).json() == {"seed": "", "shares": [], "loads": []}
    looked = client.post(f"{url}preview/", {"each": 4}, **JSON).json()
    assert not Assignment.objects.exists()
    kept = client.put(url, {"each": 4, "seed": looked["seed"]}, **JSON)
    assert kept.json() == looked
    now = client.get(url).json()
    assert {it["assessment"]: sorted(it["seats"]) for it in now["shares"]} == {
        it["assessment"]: sorted(it["seats"]) for it in looked["shares"]
    }
    assert sorted(it["products"] for it in now["loads"]) == [0] + [1] * 8
    assert client.post(f"{url}top-up/").json() == {"assessments": []}
    refused = client.put(url, {"each": 50, "seed": "abc"}, **JSON)
    assert (refused.status_code, refused.json()) == (
        400,
        {"errors": {"each": ["Mỗi sản phẩm cần từ 3 đến 9 người chấm."]}},
    )
    assert client.put(url, {"each": 4, "seed": "<b>"}, **JSON).json()["errors"].keys() == {"seed"}
    assert client.delete(url).status_code == 204
    assert client.get(url).json()["shares"] == []
    assert signed_in(member).get(url).status_code == 403


def test_guests_are_invited_and_withdrawn(signed_in, meeting, tea, secretary, member):
    client, url = signed_in(secretary), of(meeting, "guests/")
    front = factories.make_user("mttq", "Lù Thị Vân")
    made = client.post(url, {"user": front.pk, "capacity": "MTTQ tỉnh", "assessment": tea.pk}, **JSON)
    assert made.status_code == 201
    assert (made.json()["name"], made.json()["assessment"]) == ("Lù Thị Vân", tea.pk)
    again = client.post(url, {"user": front.pk, "capacity": "MTTQ", "assessment": tea.pk}, **JSON)
    assert again.json() == {"errors": {"user": ["Lù Thị Vân đã được mời."]}}
    seated = client.post(url, {"user": member.pk, "capacity": "Thành viên"}, **JSON)
    assert list(seated.json()["errors"]) == ["user"]
    nowhere = client.post(url, {"user": front.pk, "capacity": "MTTQ", "assessment": 10**9}, **JSON)
    assert nowhere.json() == {"errors": {"assessment": ["Sản phẩm này không có trong chương trình họp."]}}
    assert [it["id"] for it in client.get(url).json()] == [made.json()["id"]]
    assert client.delete(f"{url}{made.json()['id']}/").status_code == 204
    assert not Guest.objects.exists()
    assert signed_in(member).get(url).status_code == 403


def test_a_guest_that_may_not_come_is_refused_at_the_product(signed_in, meeting, tea, rice, secretary):
    owner = factories.make_user("chu.the", "Vàng A Tráng")
    ProducerMember.objects.create(producer=tea.dossier.product.producer, user=owner)
    body = {"user": owner.pk, "capacity": "Chủ thể", "assessment": rice.pk}
    refused = signed_in(secretary).post(of(meeting, "guests/"), body, **JSON)
    assert list(refused.json()["errors"]) == ["assessment"]


def test_the_invitation_is_a_draft_to_who_plans_and_a_paper_to_who_is_invited(
    signed_in, meeting, secretary, member
):
    url = of(meeting, "invitation/")
    draft = signed_in(secretary).get(url).json()
    assert (draft["paper"], len(draft["invited"])) == (None, 9)
    assert signed_in(member).get(url).status_code == 404
    MEETING.take("invite", meeting, by=secretary)
    issued = signed_in(member).get(url).json()
    assert issued["paper"] is not None
    assert issued["facts"] == draft["facts"]
    assert signed_in(member).get(f"{url}file/").status_code == 404  # not rendered yet


def test_the_advisory_team_by_decision(signed_in, council, officer, member):
    url = f"/lai-chau/api/councils/{council.pk}/team/"
    user = factories.make_user("to.tuvan", "Lý Mí Páo")
    body = {"user": user.pk, "starts_on": "2026-01-01", "decision_number": "12/QĐ"}
    client = signed_in(officer)
    made = client.post(url, body, **JSON)
    assert (made.status_code, made.json()["name"]) == (201, "Lý Mí Páo")
    assert client.post(url, body, **JSON).json() == {"errors": {"user": ["Lý Mí Páo đã ở trong Tổ tư vấn."]}}
    assert client.post(url, body | {"user": 0}, **JSON).json()["errors"].keys() == {"user"}
    address = f"{url}{made.json()['id']}/dismiss/"
    assert client.post(address, {"on": "2025-12-31"}, **JSON).json()["errors"].keys() == {"on"}
    assert client.post(address, {"on": "2026-06-30"}, **JSON).json()["ends_on"] == "2026-06-30"
    assert Membership.objects.get(user=user).ends_on == dt.date(2026, 6, 30)
    assert signed_in(member).get(url).status_code == 200
    assert signed_in(member).post(url, body, **JSON).status_code == 403


def test_progress_and_reminders_are_for_who_leads_and_say_no_points(
    signed_in, running, tea, rice, tea_item, secretary, member, members
):
    makers.score_all(tea_item, members[:3])
    client, url = signed_in(secretary), of(running, "progress/")
    lines = {line["name"]: line for line in client.get(url).json()}
    assert [it["state"] for it in lines[str(secretary)]["sheets"]] == ["sealed", "open"]
    seat = lines[str(member)]["seat"]
    assert lines[str(member)]["missing"] == 2
    assert "points" not in client.get(url).text
    assert client.post(f"{url}{seat}/nudge/").json() == {"missing": 2}
    refused = client.post(f"{url}{seat}/nudge/")
    assert refused.status_code == 400
    assert "mỗi người chỉ nhắc một lần trong 10 phút" in refused.json()["errors"]["__all__"][0]
    for method in ("get", "post"):
        place = url if method == "get" else f"{url}{seat}/nudge/"
        assert getattr(signed_in(member), method)(place).status_code == 403


def test_alarms_are_not_there_while_it_is_blind_and_name_nobody_to_a_member(
    signed_in, running, tea, tea_item, chair, member, members
):
    url = of(running, f"items/{tea.pk}/alarms/")
    makers.score_all(tea_item, members[:8], lose=[0] * 7 + [20])
    for user in (chair, member):
        assert signed_in(user).get(url).status_code == 404
    makers.score_all(tea_item, members[8:])
    told = signed_in(chair).get(url).json()
    apart = next(it for it in told if it["kind"] == "apart")
    assert any(name.startswith(str(members[7])) for name in apart["names"])
    hers = signed_in(member).get(url).json()
    assert "apart" in {it["kind"] for it in hers}
    assert [it["names"] for it in hers] == [[]] * len(hers)
    assert "severe" not in {it["kind"] for it in hers}


def test_rounds_stand_side_by_side_once_the_new_one_is_sealed(
    signed_in, running, tea, tea_item, chair, member, members
):
    url = of(running, f"items/{tea.pk}/rounds/")
    makers.score_all(tea_item, members, lose=[0] * 8 + [20])
    assert signed_in(chair).get(url).status_code == 404  # one round
    again = rescore(tea_item, by=chair, note="Chênh nhiều")
    assert signed_in(chair).get(url).status_code == 404  # blind again
    makers.score_all(AgendaItem.objects.for_list().get(pk=again.pk), members)
    shown = signed_in(chair).get(url).json()
    assert [it["attempt"] for it in shown["rounds"]] == [1, 2]
    assert {it["name"]: it["change"] for it in shown["members"]}[str(members[8])] > 0
    assert {move["name"] for row in shown["moved"] for move in row["moves"]} == {str(members[8])}
    hers = signed_in(member).get(url).json()
    assert not any("name" in move for row in hers["moved"] for move in row["moves"])


def test_a_proposal_is_taken_back_by_its_holder(signed_in, running, tea, tea_item, member, chair):
    ballot = makers.ballot_of(tea_item, member)
    code = next(iter(criteria_set(tea.published.code).knock_outs))
    propose_knock_out(ballot, code, "Ảnh ở trang 1", by=member)
    url = f"/lai-chau/api/ballots/{ballot.pk}/knock-outs/{code}/"
    assert signed_in(chair).delete(url).status_code == 404
    assert signed_in(member).delete(url).status_code == 204
    assert not ballot.proposals.exists()
    assert signed_in(member).delete(url).status_code == 404


def test_who_is_in_conflict_finds_none_of_it(signed_in, meeting, tea, rice, secretary, members):
    """The secretary herself: what she draws, puts in order and reads is the rest."""
    front = factories.make_user("mttq", "Lù Thị Vân")
    body = {"user": front.pk, "capacity": "MTTQ tỉnh", "assessment": tea.pk}
    client = signed_in(secretary)
    assert client.post(of(meeting, "guests/"), body, **JSON).status_code == 201
    declare(meeting, {tea.pk: "Vợ là giám đốc", rice.pk: ""}, by=secretary)
    makers.all_declare(meeting, [user for user in members if user != secretary])
    makers.set_attendance(meeting, [seat.pk for seat in meeting.council.seats.all()], by=secretary)
    MEETING.take("open", meeting, by=members[0])
    assert client.get(of(meeting, "guests/")).json() == []
    assert client.post(of(meeting, "guests/"), body, **JSON).json()["errors"].keys() == {"assessment"}
    lines = client.get(of(meeting, "progress/")).json()
    assert {it["assessment"] for line in lines for it in line["sheets"]} == {rice.pk}
    for place in ("alarms", "rounds"):
        assert client.get(of(meeting, f"items/{tea.pk}/{place}/")).status_code == 404


@pytest.mark.parametrize("place", ["guests/", "progress/", "assignment/"])
def test_lists_ask_as_often_for_three_as_for_one(signed_in, meeting, tea, rice, tea_item, secretary, place):
    client, url, asked = signed_in(secretary), of(meeting, place), []
    client.put(of(meeting, "assignment/"), {"each": 4, "seed": "abc"}, **JSON)
    for count in (1, 3):
        while Guest.objects.count() < count:
            n = Guest.objects.count()
            body = {
                "user": factories.make_user(f"khach{n}", "Khách").pk,
                "capacity": "Khách",
                "assessment": tea.pk,
            }
            assert client.post(of(meeting, "guests/"), body, **JSON).status_code == 201
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
