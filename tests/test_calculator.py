"""The public calculator and its door for programs: no account, no tenant, and never a wrong number."""

import json

import pytest
from django.test import Client

from ocop.regulations import catalog

pytestmark = pytest.mark.django_db
DOOR = "/api/score-preview/"


def ask(client, body, door=DOOR):
    return client.post(
        door, body if isinstance(body, bytes) else json.dumps(body), content_type="application/json"
    )


def top(code):
    return {
        it.code: {"case": it.case_codes[0], "points": max(x.points for x in it.cases[0].levels)} if it.cases
        else max(x.points for x in it.levels)
        for it in catalog().criteria_set(code).criteria
    }  # fmt: skip


def test_a_full_sheet_has_five_stars(client):
    answer = ask(client, {"set": "QD26-01", "sheet": top("QD26-01")}).json()
    assert (answer["set"], answer["total"], answer["stars"], answer["band"]) == ("QD26-01", 100, 5, 5)
    assert answer["parts"] == {"A": 40, "B": 25, "C": 35}
    assert (answer["missed"], answer["unanswered"], answer["path"]) == ([], [], {})


def test_a_sheet_half_filled_says_what_is_left_and_how_to_rise(client):
    answer = ask(client, {"set": "QD26-01", "sheet": {"1.1": 3}}).json()
    assert (answer["total"], answer["stars"]) == (3, 1)
    assert "1.1" not in answer["unanswered"]
    assert sorted(answer["path"]) == ["2", "3", "4", "5"]
    assert set(answer["path"]["3"][0]) == {"criterion", "from", "to", "gain"}


def test_a_choice_of_cases(client):
    assert ask(client, {"set": "QD26-26", "sheet": {"8": {"case": "a", "points": 3}}}).json()["total"] == 3
    wrong = ask(client, {"set": "QD26-26", "sheet": {"8": 3}})
    assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["8"])


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"set": "QD26-01", "sheet": {"1.1": 9, "99": 1, "1.2": "2"}}, ["1.1", "1.2", "99"]),
        ({"set": "QD26-01", "sheet": {"1.1": 2.0}}, ["1.1"]),
        ({"set": "QD26-01", "sheet": {"1.1": True}}, ["1.1"]),
        ({"set": "QD26-99", "sheet": {}}, ["set"]),
        ({"set": ["QD26-01"], "sheet": {}}, ["set"]),
        ({"set": "QD26-01", "sheet": []}, ["sheet"]),
        ({"set": "QD26-01"}, ["sheet"]),
        ([], ["body"]),
        (b"no json", ["body"]),
        (b"\xff\xfe", ["body"]),
        (b"[" * 60000, ["body"]),
    ],
)
def test_what_cannot_be_scored_is_said_by_criterion(client, body, fields):
    answer = ask(client, body)
    assert answer.status_code == 400
    assert sorted(answer.json()["errors"]) == fields
    assert all(isinstance(text, str) and text for text in answer.json()["errors"].values())


def test_too_large_a_body_is_refused_in_json(client):
    answer = ask(client, b" " * (64 * 1024 + 1))
    assert (answer.status_code, list(answer.json()["errors"])) == (413, ["body"])
    assert ask(client, b" " * (64 * 1024 - 2) + b"[]").status_code == 400


def test_one_too_many_a_minute_is_refused_in_json(client, settings):
    settings.SCORE_PREVIEW_RATE = "3/min"
    body = {"set": "QD26-01", "sheet": {}}
    assert [ask(client, body).status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = ask(client, body)
    assert refused["Retry-After"] == "60"
    assert "chờ" in refused.json()["errors"]["rate"]
    other = client.post(DOOR, json.dumps(body), content_type="application/json", REMOTE_ADDR="10.0.0.9")
    assert other.status_code == 200


def test_only_trusted_proxies_say_who_asks(client, settings):
    settings.SCORE_PREVIEW_RATE = "1/min"
    body = json.dumps({"set": "QD26-01", "sheet": {}})

    def asked(forwarded):
        return client.post(
            DOOR, body, content_type="application/json", headers={"x-forwarded-for": forwarded}
        ).status_code

    assert [asked("1.1.1.1"), asked("2.2.2.2")] == [200, 429]
    settings.TRUSTED_PROXIES = 1
    assert [asked("9.9.9.9, 3.3.3.3"), asked("8.8.8.8, 4.4.4.4"), asked("7.7.7.7, 3.3.3.3")] == [
        200,
        200,
        429,
    ]


def test_it_is_asked_by_post(client):
    answer = client.get(DOOR)
    assert (answer.status_code, answer["Allow"], list(answer.json()["errors"])) == (405, "POST", ["method"])


def test_it_needs_no_token(settings):
    assert ask(Client(enforce_csrf_checks=True), {"set": "QD26-01", "sheet": {}}).status_code == 200


def test_it_answers_inside_a_tenant_too(client, lai_chau_tenant):
    assert ask(client, {"set": "QD26-01", "sheet": {}}, "/lai-chau/api/score-preview/").json()["stars"] == 1


def test_the_page_offers_every_set_of_the_law_in_force(client):
    page = client.get("/calculator/").text
    offered = [it.code for it in catalog().sets.values() if f"/calculator/{it.code}/" in page]
    assert offered == [it.code for it in catalog().sets_of("26/2026")]


@pytest.mark.parametrize(("code", "law"), [("QD1048-19", "781/QĐ-TTg"), ("QD148-01", "148/QĐ-TTg")])
def test_a_sheet_of_before_says_so_and_leads_to_those_of_today(client, code, law):
    past = "không dùng cho hồ sơ nộp hôm nay"
    page = client.get(f"/calculator/{code}/").text
    assert (past in page, law in page, "Chọn bộ đang dùng" in page) == (True, True, True)
    assert past not in client.get("/calculator/QD26-01/").text


def test_a_sheet_without_gates_goes_by_its_points_and_tells_what_is_in_words(client):
    page = client.get("/calculator/QD1048-01/?c-1-1=3&c-3-2=a:2").text
    assert "781/2020 đặt tiêu chí tối thiểu" in page
    assert "5 điểm" in page
    assert client.get("/calculator/QD1048-19/").text.count("phần C ghi 40") == 1


def test_the_page_answers_a_plain_form(client):
    page = client.get("/calculator/QD26-01/")
    assert page.text.count("<fieldset") == len(catalog().criteria_set("QD26-01").criteria)
    answer = client.get("/calculator/QD26-01/?c-1-1=3&c-1-2=1")
    assert "4 điểm" in answer.text
    assert "Đường ngắn nhất lên 3 sao" in answer.text
    full = {f"c-{code.replace('.', '-')}": points for code, points in top("QD26-01").items()}
    best = client.get("/calculator/QD26-01/", full)
    assert "100 điểm" in best.text
    assert "Đường ngắn nhất" not in best.text


def test_the_page_knows_alternative_scales(client):
    answer = client.get("/calculator/QD26-26/?c-8=a:3")
    assert "3 điểm" in answer.text
    assert 'value="a:3" checked' in answer.text


def test_a_bent_address_is_answered_in_words(client):
    page = client.get("/calculator/QD26-01/?c-1-1=9")
    assert "Có điểm không nằm trong thang" in page.text
    assert client.get("/calculator/QD26-99/").status_code == 404
