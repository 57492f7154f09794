"""The hall for programs: consensus by criterion, a guest's hearing, precedents, opinions, the result explained."""

from __future__ import annotations

import pytest
from django.utils import timezone

from evaluation.decisions.drafting import draft_decision
from evaluation.meetings.declarations import declare
from evaluation.meetings.discussing import discuss
from evaluation.meetings.guests import invite_guest
from evaluation.meetings.questions import ask
from evaluation.models import AgendaItem, Result
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.meeting import MEETING
from evaluation.workflow.question import QUESTION
from products.law import criteria_set
from products.models import ProducerMember
from tests import factories
from tests.evaluation import decision_makers, makers

API = "/lai-chau/api"
JSON = {"content_type": "application/json"}
ANSWER = "Mười hai hộ, có hợp đồng."


# ── consensus ──


def test_the_council_agrees_criterion_by_criterion(signed_in, running, tea, tea_item, members, chair, member):
    url = f"{API}/meetings/{running.pk}/items/{tea.pk}/agreement/"
    client = signed_in(chair)
    assert client.get(url).status_code == 404  # blind
    makers.score_all(tea_item, members, lose=[0] * 8 + [9])
    rows = {it["criterion"]: it for it in client.get(url).json()}
    gated = criteria_set("QD26-11").by_code["1.1"]
    assert rows["1.1"]["gates"] == [{"star": star, "points": it} for star, it in sorted(gated.gates.items())]
    assert (rows["1.1"]["mean"], rows["1.1"]["exact"], rows["1.1"]["agreed"]) == ("3", "3", None)
    assert [it["points"] for it in rows["1.1"]["levels"]] == [3, 2, 1, 0]
    assert client.put(f"{url}1.1/", {"points": 2}, **JSON).json() == {"agreed": {"1.1": 2}}
    other = next(code for code in rows if code != "1.1")
    points = rows[other]["levels"][0]["points"]
    both = signed_in(members[2]).put(f"{url}{other}/", {"points": points}, **JSON)
    assert both.json() == {"agreed": {"1.1": 2, other: points}}
    refused = client.put(f"{url}1.1/", {"points": 9}, **JSON)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["__all__"])
    assert client.put(f"{url}77/", {"points": 1}, **JSON).json() == {
        "errors": {"__all__": ["Bộ tiêu chí không có tiêu chí 77."]}
    }
    assert client.put(f"{url}1.1/", {"points": None}, **JSON).json() == {"agreed": {other: points}}
    assert signed_in(member).get(url).status_code == 403
    assert signed_in(member).put(f"{url}1.1/", {"points": 1}, **JSON).status_code == 403


def test_who_is_recused_finds_nothing_to_agree_on(signed_in, running, tea, tea_item, members, secretary):
    declare(running, {tea.pk: "Vợ là giám đốc"}, by=secretary)
    makers.score_all(tea_item, [user for user in members if user != secretary])
    url = f"{API}/meetings/{running.pk}/items/{tea.pk}/agreement/"
    assert signed_in(secretary).get(url).status_code == 404
    assert signed_in(secretary).put(f"{url}1.1/", {"points": 1}, **JSON).status_code == 404


# ── a guest's own hearing ──


@pytest.fixture
def speaker(running, tea_item, secretary):
    user = factories.make_user("giam.doc", "Lò Thị Xuân")
    invite_guest(running, user, capacity="Giám đốc", item=tea_item, answers=True, by=secretary)
    return user


def test_a_guest_hears_her_product_while_it_is_discussed_and_answers(
    signed_in, running, tea_item, rice_item, member, secretary, speaker
):
    question = ask(makers.ballot_of(tea_item, member), "1.5", "Bao nhiêu hộ liên kết?", by=member)
    QUESTION.take("pass_on", question, by=secretary)
    client, url = signed_in(speaker), f"{API}/hearings/{running.pk}/"
    assert client.get(url).json()["heard"] is None
    discuss(tea_item, by=secretary)
    heard = client.get(url).json()["heard"]
    assert (heard["product"], heard["set_code"]) == (str(tea_item.assessment), "QD26-11")
    assert [(it["id"], it["text"]) for it in heard["questions"]] == [(question.pk, "Bao nhiêu hộ liên kết?")]
    assert str(member) not in client.get(url).text
    reply = f"{url}questions/{question.pk}/reply/"
    assert client.post(reply, {"answer": " "}, **JSON).json()["errors"].keys() == {"answer"}
    discuss(rice_item, by=secretary)
    late = client.post(reply, {"answer": ANSWER}, **JSON)
    told = "Hội đồng đã chuyển sang phần khác, câu trả lời chưa được gửi. Hãy đưa cho Thư ký."
    assert (late.status_code, late.json()) == (400, {"errors": {"__all__": [told]}})
    discuss(tea_item, by=secretary)
    sent = client.post(reply, {"answer": ANSWER, "file": factories.upload("hop-dong.pdf")})
    assert (sent.status_code, sent.json()["state"], sent.json()["answer"]) == (200, "answered", ANSWER)
    question.refresh_from_db()
    assert (question.by_producer, question.answered_by, question.file is not None) == (True, speaker, True)


def test_nobody_else_finds_a_hearing(signed_in, running, tea_item, member, chair, secretary, speaker):
    question = ask(makers.ballot_of(tea_item, member), "1.5", "Bao nhiêu hộ?", by=member)
    QUESTION.take("pass_on", question, by=secretary)
    discuss(tea_item, by=secretary)
    url = f"{API}/hearings/{running.pk}/"
    listener = factories.make_user("mttq", "Lù Thị Vân")
    invite_guest(running, listener, capacity="MTTQ tỉnh", by=secretary)
    assert signed_in(listener).get(url).json()["heard"]["questions"] == []
    reply = f"{url}questions/{question.pk}/reply/"
    assert signed_in(listener).post(reply, {"answer": ANSWER}, **JSON).status_code == 404
    for user in (chair, member):
        assert signed_in(user).get(url).status_code == 404
        assert signed_in(user).post(reply, {"answer": ANSWER}, **JSON).status_code == 404


# ── one's own sheet ──


def test_an_opinion_is_saved_by_revision(signed_in, running, tea_item, member, chair):
    ballot = makers.ballot_of(tea_item, member)
    client, url = signed_in(member), f"{API}/ballots/{ballot.pk}/opinion/"
    first = client.put(url, {"opinion": "Bao bì đẹp.", "revision": 0, "key": "a"}, **JSON)
    assert (first.status_code, first.json()["revision"]) == (200, 1)
    again = client.put(url, {"opinion": "Bao bì đẹp.", "revision": 0, "key": "a"}, **JSON)
    assert again.json() == first.json()
    stale = client.put(url, {"opinion": "Khác.", "revision": 0, "key": "b"}, **JSON)
    assert (stale.status_code, stale.json()["theirs"]) == (409, {"note": "Bao bì đẹp.", "r": 1})
    shown = client.get(f"{API}/ballots/{ballot.pk}/").json()
    assert (shown["opinion"], shown["opinion_revision"]) == ("Bao bì đẹp.", 1)
    body = {"opinion": "Khác.", "revision": 1, "key": "c"}
    assert signed_in(chair).put(url, body, **JSON).status_code == 404


def test_precedents_beside_ones_own_sheet(
    signed_in, council, commune, advisor, officer, running, tea_item, members, member, chair
):
    ballot = makers.ballot_of(tea_item, member)
    url = f"{API}/ballots/{ballot.pk}/precedents/1.1/"
    client = signed_in(member)
    assert client.get(url).json() == {"products": 0, "sheets": 0, "levels": []}
    names = ["Chè dây", "Chè Ô long", "Trà gạo rang"]
    teas = [makers.make_checked(makers.make_accepted_dossier(commune, name), by=advisor) for name in names]
    before = makers.make_meeting(council, teas, by=officer)
    makers.open_meeting(before, members)
    for item in AgendaItem.objects.for_list().filter(meeting=before):
        makers.score_all(item, members)
        ASSESSMENT.take("conclude", item.assessment, by=chair)
    MEETING.take("conclude", before, by=chair)
    told = client.get(url).json()
    assert (told["products"], told["sheets"], len(told["levels"])) == (3, 27, 4)
    assert told["levels"][-1] == {"points": 3, "case": "", "sheets": 27, "percent": 100}
    assert [name in str(told) for name in names] == [False] * 3
    assert client.get(f"{API}/ballots/{ballot.pk}/precedents/77/").status_code == 404
    assert signed_in(chair).get(url).status_code == 404


# ── the result explained ──


def test_the_producer_reads_why_once_it_is_decided(
    signed_in, running, tea, tea_item, rice_item, members, chair, province, officer, leader
):
    owner = factories.make_user("chuthe.che", "Lò Thị Xuân")
    producer = tea.dossier.product.producer
    ProducerMember.objects.create(producer=producer, user=owner, role="owner", starts_on=timezone.localdate())
    makers.score_all(tea_item, members, lose=29)
    makers.score_all(rice_item, members)
    for item in (tea_item, rice_item):
        ASSESSMENT.take("conclude", item.assessment, by=chair)
    MEETING.take("conclude", running, by=chair)
    result = Result.objects.get(assessment=tea)
    url = f"{API}/results/{result.pk}/feedback/"
    assert [signed_in(user).get(url).status_code for user in (owner, officer, chair)] == [404] * 3
    decision = draft_decision(province, tea.tier, by=officer, assessments=[tea])
    decision_makers.let_sign(leader)
    decision = decision_makers.issue(decision, by=leader, on=timezone.localdate())
    told = signed_in(owner).get(url).json()
    assert (told["mean"], told["exact"], told["stars"], told["decision_number"]) == (
        "71", "71", result.stars, decision.number,
    )  # fmt: skip
    assert sum(int(part["exact"]) for part in told["parts"]) == 71
    assert told["way"]["star"] == result.stars + 1
    assert told["way"]["added"] == sum(it["after"] - it["before"] for it in told["way"]["raises"]) > 0
    assert str(members[3]) not in str(told)
    stranger = factories.make_user("nguoi.la", "Giàng A Lử")
    assert signed_in(stranger).get(url).status_code == 404
