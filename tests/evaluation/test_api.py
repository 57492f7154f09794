"""The API of council work: the same functions, rights and refusals as the pages."""

import pytest

from evaluation.models import Assessment, Ballot, Council, Meeting, Result
from evaluation.workflow.assessment import ASSESSMENT
from tests.evaluation import makers

API = "/lai-chau/api"
JSON = {"content_type": "application/json"}


@pytest.fixture
def sheet(running, tea_item, member) -> Ballot:
    return makers.ballot_of(tea_item, member)


def test_a_mark_is_put_with_its_revision_and_key(signed_in, sheet, member):
    client = signed_in(member)
    url = f"{API}/ballots/{sheet.pk}/marks/1.1/"
    body = {"value": 3, "revision": 0, "key": "one"}
    answer = client.put(url, body, **JSON)
    assert answer.status_code == 200
    assert {name: answer.json()[name] for name in ("criterion", "level", "revision", "total", "stars")} == {
        "criterion": "1.1", "level": {"p": 3, "r": 1}, "revision": 1, "total": 3, "stars": 1,
    }  # fmt: skip
    assert client.put(url, body, **JSON).json()["revision"] == 1
    clash = client.put(url, {"value": 2, "revision": 0, "key": "two"}, **JSON)
    assert clash.status_code == 409
    assert clash.json() == {"mine": {"p": 2, "r": 2}, "theirs": {"p": 3, "r": 1}, "revision": 1}
    wrong = client.put(url, {"value": 9, "revision": 1, "key": "three"}, **JSON)
    assert (wrong.status_code, wrong.json()) == (
        400,
        {"errors": {"1.1": ["Không có mức điểm này; các mức: 0, 1, 2, 3."]}},
    )
    unknown = client.put(
        f"{API}/ballots/{sheet.pk}/marks/99/", {"value": 1, "revision": 0, "key": "x"}, **JSON
    )
    assert unknown.json() == {"errors": {"99": ["Bộ tiêu chí không có tiêu chí này."]}}
    sheet.refresh_from_db()
    assert sheet.levels == {"1.1": {"p": 3, "r": 1}}


def test_a_sheet_belongs_to_its_holder(signed_in, sheet, chair, officer, stranger):
    for user in (chair, officer, stranger):
        assert signed_in(user).get(f"{API}/ballots/{sheet.pk}/").status_code == 404
        body = {"value": 3, "revision": 0, "key": "x"}
        assert signed_in(user).put(f"{API}/ballots/{sheet.pk}/marks/1.1/", body, **JSON).status_code == 404
    assert signed_in(officer).get(f"{API}/ballots/").json()["results"] == []


def test_steps_seal_and_reopen(signed_in, sheet, member, chair, secretary):
    refused = signed_in(member).post(f"{API}/ballots/{sheet.pk}/steps/seal/", {}, **JSON)
    assert refused.status_code == 400
    assert "Còn 32 tiêu chí chưa chấm" in refused.json()["errors"]["__all__"][0]
    done = signed_in(member).post(f"{API}/ballots/{sheet.pk}/steps/seal/", {"unanswered": True}, **JSON)
    assert done.json()["state"] == "sealed"
    assert (
        signed_in(secretary).post(f"{API}/ballots/{sheet.pk}/reopen/", {"note": "vì"}, **JSON).status_code
        == 403
    )
    again = signed_in(chair).post(f"{API}/ballots/{sheet.pk}/reopen/", {"note": "Chấm nhầm"}, **JSON)
    assert again.json() == {"id": sheet.pk, "state": "open"}


def test_the_whole_way_by_the_api(signed_in, officer, leader, advisor, commune, province, members):
    dossier = makers.make_accepted_dossier(commune)
    team = signed_in(advisor)
    begun = team.post(f"{API}/assessments/", {"dossier": dossier.pk}, **JSON)
    assert begun.status_code == 201
    url = f"{API}/assessments/{begun.json()['id']}/"
    assert team.post(f"{url}steps/check/", {}, **JSON).status_code == 400
    assert team.put(f"{url}report/", {"findings": "Đủ", "proposal": "Trình"}, **JSON).status_code == 200
    assert team.post(f"{url}steps/check/", {}, **JSON).json()["state"] == "checked"
    assert team.post(f"{url}steps/schedule/", {}, **JSON).status_code == 404

    office = signed_in(officer)
    form = {"unit": province.pk, "regime": "26/2026", "name": "Hội đồng", "starts_on": "2026-06-01"}
    council = office.post(f"{API}/councils/", form, **JSON).json()
    for user, role in zip(members[:3], ["chair", "secretary", "member"], strict=True):
        seat = {"user": user.pk, "role": role, "agency": "Sở"}
        assert office.post(f"{API}/councils/{council['id']}/seats/", seat, **JSON).status_code == 201
    body = {"number": "1/QĐ", "on": "2026-06-01"}
    assert office.post(f"{API}/councils/{council['id']}/steps/establish/", body, **JSON).status_code == 403
    done = signed_in(leader).post(f"{API}/councils/{council['id']}/steps/establish/", body, **JSON)
    assert done.json()["state"] == "established"

    form = {"council": council["id"], "round": dossier.round_id, "held_at": "2026-11-23T08:00:00+07:00"}
    meeting = office.post(f"{API}/meetings/", form, **JSON).json()
    url = f"{API}/meetings/{meeting['id']}/"
    agenda = office.post(f"{url}agenda/", {"assessments": [begun.json()["id"]]}, **JSON).json()
    assert [it["product"] for it in agenda] == [dossier.product.name]
    for user in members[:3]:
        answers = {"answers": {str(agenda[0]["assessment"]): ""}}
        assert signed_in(user).post(f"{url}declarations/", answers, **JSON).status_code == 400  # no pledge
        assert signed_in(user).get(f"{url}pledge/").json()["is_made"] is False
        given = answers | {"pledge": True}
        assert signed_in(user).post(f"{url}declarations/", given, **JSON).status_code == 204
    seats = [seat.pk for seat in Council.objects.get().seats.all()]
    assert office.put(f"{url}attendance/", {"present": seats}, **JSON).status_code == 204
    assert signed_in(members[0]).post(f"{url}steps/open/", {}, **JSON).json()["state"] == "open"
    item = Meeting.objects.get().agenda.get()
    makers.score_all(item, members[:3], lose=[0, 0, 1])
    chair = signed_in(members[0])
    row = chair.get(f"{url}board/").json()["items"][0]
    assert (row["mean"], row["exact"], row["spread"], row["stars"]) == ("99,66", "299/3", 1, 5)
    concluded = chair.post(f"{API}/assessments/{item.assessment_id}/steps/conclude/", {}, **JSON)
    assert concluded.json()["state"] == "concluded"
    ended = chair.post(f"{url}steps/conclude/", {}, **JSON).json()
    assert (ended["state"], len(ended["digest"])) == ("concluded", 64)
    results = office.get(f"{API}/results/").json()["results"]
    assert [(it["mean"], it["stars"]) for it in results] == [("99,66", 5)]
    assert len(chair.get(f"{API}/ballots/").json()["results"]) == 3


def test_results_are_not_for_the_commune_before_the_decision(
    signed_in, running, tea, tea_item, members, chair, commune_officer, officer
):
    makers.score_all(tea_item, members)
    ASSESSMENT.take("conclude", tea, by=chair)
    assert len(signed_in(officer).get(f"{API}/results/").json()["results"]) == 1
    assert signed_in(commune_officer).get(f"{API}/results/").json()["results"] == []
    Assessment.objects.filter(pk=tea.pk).update(state="decided")
    assert len(signed_in(commune_officer).get(f"{API}/results/").json()["results"]) == 1
    assert Result.objects.count() == 1
