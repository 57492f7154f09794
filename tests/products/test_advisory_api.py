"""The advisory team's work over the API: asked, brought, judged; surveys begun, read, signed."""

import pytest
from django.utils import timezone

from products.advisory.photos import add_photo
from products.advisory.surveys import save_answer
from products.models import Survey
from tests import factories

A = "/lai-chau/api"
JSON = {"content_type": "application/json"}


@pytest.fixture
def advisor(province):
    return factories.make_user("to.tuvan", "Trần Thị Tư", role="advisory_member", unit=province)


def test_a_test_is_asked_brought_and_accepted(make, advisor, owner, signed_in):
    dossier, team, producer = make("accepted"), signed_in(advisor), signed_in(owner)
    given = {"parameters": "Chì", "reason": "Thiếu", "due_on": timezone.localdate().isoformat()}
    asked = team.post(f"{A}/dossiers/{dossier.pk}/extra-tests/", given, **JSON)
    assert (asked.status_code, asked.json()["state"], asked.json()["results"]) == (201, "asked", [])
    url = f"{A}/extra-tests/{asked.json()['id']}/"
    assert producer.get(f"{A}/extra-tests/?dossier={dossier.pk}").json()["results"][0]["parameters"] == "Chì"
    assert producer.get(f"{url}steps/").json() == []  # the result has an address of its own
    empty = producer.post(f"{url}result/", {}, **JSON)
    assert (empty.status_code, list(empty.json()["errors"])) == (400, ["file"])
    brought = producer.post(f"{url}result/", {"file": factories.upload("phieu.pdf"), "number": "KN-1"})
    assert (brought.status_code, brought.json()["state"]) == (200, "brought")
    accepted = team.post(f"{url}steps/accept/", {"note": "Đạt"}, **JSON).json()
    assert (accepted["state"], accepted["results"][0]["verdict"]) == ("accepted", "Đạt")
    assert producer.post(f"{A}/dossiers/{dossier.pk}/extra-tests/", given, **JSON).status_code == 403


def test_a_survey_is_begun_read_and_signed(make, advisor, owner, signed_in):
    dossier, team, producer = make("accepted"), signed_in(advisor), signed_in(owner)
    begun = team.post(f"{A}/dossiers/{dossier.pk}/surveys/", {"purpose": "Nguồn chè"}, **JSON)
    assert begun.status_code == 201
    row = Survey.objects.get()
    url = f"{A}/surveys/{row.pk}/"
    add_photo(row, factories.photograph(), key="p", by=advisor)
    assert producer.get(url).status_code == 404
    refused = team.post(f"{url}steps/sign/", {}, **JSON)
    assert (refused.status_code, len(refused.json()["errors"]["__all__"])) == (400, 4)
    said = {
        "held_on": (timezone.localdate().isoformat(), ""),
        "people": ("", "Tư"),
        "conclusion": ("", "Đạt"),
    }
    said |= {it["code"]: ("yes", "") for it in row.checklist}
    for item, (value, note) in said.items():
        save_answer(row, item, value, note=note, revision=0, key=item, by=advisor)
    assert team.post(f"{url}steps/sign/", {}, **JSON).json()["state"] == "signed"
    whole = producer.get(url).json()
    assert [it["latitude"] for it in whole["photos"]] == [None]
    assert {it["code"]: it["note"] for it in whole["lines"]}["conclusion"] == "Đạt"
    assert producer.get(f"{A}/surveys/").json()["results"][0]["state"] == "signed"
