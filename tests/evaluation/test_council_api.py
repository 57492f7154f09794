"""Seats and rules of a council for programs: the same functions, rights and words as on its pages."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evaluation.councils.making import draft_council
from evaluation.councils.rules import set_rules
from evaluation.models import RulesVersion, Seat
from evaluation.rules import read_rules
from tests import factories

JSON = {"content_type": "application/json"}


def of(council, place: str = "") -> str:
    return f"/lai-chau/api/councils/{council.pk}/{place}"


@pytest.fixture
def successor(lai_chau):
    return factories.make_user("nguoi.thay", "Lý Mí Páo")


def test_a_seat_is_handed_over_by_decision(signed_in, council, officer, member, successor):
    seat = council.seats.get(user=member)
    url, today = of(council, f"seats/{seat.pk}/replace/"), timezone.localdate()
    body = {"user": successor.pk, "on": today.isoformat(), "decision_number": "77/QĐ-UBND"}
    client = signed_in(officer)
    made = client.post(url, body, **JSON)
    assert made.status_code == 201
    told = made.json()
    assert (told["name"], told["replaces"], told["starts_on"], told["decision_number"], told["agency"]) == (
        "Lý Mí Páo", seat.pk, today.isoformat(), "77/QĐ-UBND", seat.agency,
    )  # fmt: skip
    seat.refresh_from_db()
    assert seat.ends_on == today - dt.timedelta(days=1)
    again = client.post(url, body | {"user": factories.make_user("nua", "Vàng A Páo").pk}, **JSON)
    assert (again.status_code, list(again.json()["errors"])) == (400, ["on"])


def test_what_a_replacement_lacks_is_said_at_its_field(signed_in, council, officer, member, members):
    seat = council.seats.get(user=member)
    url = of(council, f"seats/{seat.pk}/replace/")
    client = signed_in(officer)
    assert client.post(url, {}, **JSON).json()["errors"].keys() == {"user", "on", "decision_number"}
    body = {"user": members[5].pk, "on": timezone.localdate().isoformat(), "decision_number": "77/QĐ"}
    assert client.post(url, body, **JSON).json() == {
        "errors": {"user": [f"{members[5]} đã có tên trong Hội đồng."]}
    }
    assert client.post(of(council, "seats/0/replace/"), body, **JSON).status_code == 404
    assert signed_in(member).post(url, body, **JSON).status_code == 403


def test_the_chair_delegates_in_writing_and_takes_it_back(signed_in, council, officer, deputy, chair):
    seat = council.seats.get(user=deputy)
    url = of(council, f"seats/{seat.pk}/delegation/")
    client = signed_in(officer)
    refused = client.put(url, {"acts_as": "KT. CHỦ TỊCH"}, **JSON)
    assert refused.json() == {"errors": {"delegation": ["Hãy ghi số, ngày của văn bản ủy quyền."]}}
    words = {"acts_as": "KT. CHỦ TỊCH HỘI ĐỒNG", "delegation": "12/GUQ ngày 05/10/2026"}
    told = client.put(url, words, **JSON).json()
    assert {name: told[name] for name in words} == words
    other = client.put(of(council, f"seats/{council.seats.get(user=chair).pk}/delegation/"), words, **JSON)
    assert other.json() == {"errors": {"__all__": ["Chủ tịch không ủy quyền cho chính mình."]}}
    assert client.put(url, {}, **JSON).json()["acts_as"] == ""
    assert signed_in(deputy).put(url, words, **JSON).status_code == 403


def test_sectors_are_those_of_the_councils_law(signed_in, council, officer, member):
    seat = council.seats.get(user=member)
    url = of(council, f"seats/{seat.pk}/sectors/")
    client = signed_in(officer)
    refused = client.put(url, {"sectors": ["không có"]}, **JSON)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["sectors"])
    assert client.put(url, {"sectors": [], "unit": 0}, **JSON).json()["errors"].keys() == {"unit"}
    assert client.put(url, {"sectors": []}, **JSON).json()["sectors"] == []


def test_a_seat_is_removed_from_a_draft_only(signed_in, council, officer, province, member, successor):
    draft = draft_council(
        province, regime_code="26/2026", name="Hội đồng mới", starts_on=timezone.localdate(), by=officer
    )
    client = signed_in(officer)
    body = {"user": successor.pk, "role": "member", "agency": "Sở Công Thương"}
    seat = client.post(of(draft, "seats/"), body, **JSON).json()["id"]
    assert client.delete(of(draft, f"seats/{seat}/")).status_code == 204
    assert not Seat.objects.filter(pk=seat).exists()
    standing = council.seats.get(user=member)
    refused = client.delete(of(council, f"seats/{standing.pk}/"))
    assert refused.json() == {
        "errors": {"__all__": ["Hội đồng đã thành lập: chỉ thay thành viên theo quyết định."]}
    }


def test_the_rules_are_read_set_anew_and_kept_by_version(signed_in, council, officer, member):
    client, url = signed_in(officer), of(council, "rules/")
    now = client.get(url).json()
    assert (now["quorum"], now["max_spread"], now["gates_on"]) == ("3/4", 10, "mean")
    wanted = now | {"quorum": "2/3", "max_spread": 12}
    refused = client.put(url, wanted, **JSON)
    assert refused.json() == {"errors": {"basis": ["Hãy ghi văn bản sửa đổi Quy chế."]}}
    told = client.put(url, wanted | {"basis": "15/QĐ-HĐ ngày 01/10/2026"}, **JSON)
    assert told.json() == wanted
    council.refresh_from_db()
    kept = read_rules(council.rules)
    assert (str(kept.policy.quorum), kept.policy.max_spread) == ("2/3", 12)
    versions = signed_in(member).get(of(council, "rules/versions/")).json()
    numbers = [it["number"] for it in versions]
    assert numbers == list(range(RulesVersion.objects.filter(council=council).count(), 0, -1))
    assert [versions[0]["basis"], versions[0]["rules"]] == ["15/QĐ-HĐ ngày 01/10/2026", wanted]
    assert versions[1]["rules"] == now
    assert signed_in(member).put(url, wanted, **JSON).status_code == 403


def test_rules_that_cannot_be_are_refused_at_their_field(signed_in, council, officer):
    client, url = signed_in(officer), of(council, "rules/")
    now = client.get(url).json() | {"basis": "15/QĐ-HĐ"}

    def refused(**values):
        answer = client.put(url, now | values, **JSON)
        assert answer.status_code == 400
        return answer.json()["errors"]

    assert refused(quorum="4/3") == {"quorum": ["Không thể cần nhiều hơn tất cả thành viên."]}
    assert refused(quorum="nửa").keys() == {"quorum"}
    assert refused(max_spread=101, fall_back="khác", may_abstain="?").keys() == {
        "max_spread", "fall_back", "may_abstain",
    }  # fmt: skip
    assert client.put(url, {}, **JSON).json()["errors"].keys() == client.get(url).json().keys()


def test_versions_are_asked_for_at_once(signed_in, council, officer):
    client, url, asked = signed_in(officer), of(council, "rules/versions/"), []
    for _again in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        asked.append(len(queries))
        for n in range(2):
            set_rules(council, read_rules(council.rules), by=officer, basis=f"{n}/QĐ")
    assert asked[0] == asked[1]
