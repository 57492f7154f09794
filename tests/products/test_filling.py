"""Filling: it saves itself, a stale tab overwrites nothing, a bad value is said while the rest is kept."""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from products.dossiers.filling import save_section, save_self_score
from products.models import DossierSection, SelfScore

URL = "/lai-chau/dossiers/{}/sections/business/"
JSON = {"Accept": "application/json"}


def test_a_bad_value_is_named_and_the_rest_is_kept(draft, owner):
    saved = save_section(draft, "business", {"market": "Chợ phiên", "revenue": "nhiều"}, by=owner)
    assert list(saved.errors) == ["revenue"]
    row = DossierSection.objects.get(dossier=draft, key="business")
    assert (row.data["market"], row.data["revenue"]) == ("Chợ phiên", 2400)


def test_the_page_keeps_the_good_value_and_says_the_bad_one_at_its_field(draft, owner, signed_in):
    page = signed_in(owner).post(
        URL.format(draft.pk), {"market": "Chợ phiên", "revenue": "nhiều", "r:market": 9, "r:revenue": 9}
    )
    assert page.status_code == 200
    assert 'id="id_revenue_error"' in page.content.decode()
    assert DossierSection.objects.get(dossier=draft, key="business").data["market"] == "Chợ phiên"


def test_two_tabs_on_one_field_both_values_are_shown(draft, owner, signed_in):
    tab = signed_in(owner)
    one = tab.post(
        URL.format(draft.pk), {"field": "market", "market": "Bản thứ nhất", "r:market": 1}, headers=JSON
    )
    assert one.status_code == 200
    assert set(one.json()) == {"saved_at", "revision"}
    other = tab.post(
        URL.format(draft.pk), {"field": "market", "market": "Bản thứ hai", "r:market": 1}, headers=JSON
    )
    assert other.status_code == 409
    clash = other.json()["clashes"][0]
    assert (clash["field"], clash["mine"], clash["theirs"]) == ("market", "Bản thứ hai", "Bản thứ nhất")
    assert DossierSection.objects.get(dossier=draft, key="business").data["market"] == "Bản thứ nhất"
    knowing = {"field": "market", "market": "Bản thứ hai", "r:market": clash["revision"]}
    assert tab.post(URL.format(draft.pk), knowing, headers=JSON).status_code == 200
    assert DossierSection.objects.get(dossier=draft, key="business").data["market"] == "Bản thứ hai"


def test_without_scripts_the_stale_page_shows_both_and_keeps_the_other_fields(draft, owner, signed_in):
    save_section(draft, "business", {"market": "Của máy kia"}, by=owner)
    page = signed_in(owner).post(
        URL.format(draft.pk), {"market": "Của máy này", "revenue": "2500", "r:market": 1, "r:revenue": 1}
    )
    text = page.content.decode()
    assert page.status_code == 200
    assert "<q>Của máy kia</q>" in text
    assert "<q>Của máy này</q>" in text
    data = DossierSection.objects.get(dossier=draft, key="business").data
    assert (data["market"], data["revenue"]) == ("Của máy kia", 2500)


def test_another_field_changed_meanwhile_is_no_clash(draft, owner):
    save_section(draft, "business", {"market": "Mới"}, by=owner, seen=1)
    saved = save_section(draft, "business", {"revenue": 2600}, by=owner, seen=1)
    assert saved.is_whole


def test_a_criterion_saves_with_its_own_revision(draft, owner, signed_in):
    before = SelfScore.objects.get(dossier=draft).levels["1.1"]
    url, tab = f"/lai-chau/dossiers/{draft.pk}/score/1.1/", signed_in(owner)
    saved = tab.post(url, {"points": "1", "why": "Đổi", "r": before["r"]}, headers=JSON)
    assert saved.status_code == 200
    assert "sao" in saved.json()["tally"]
    stale = tab.post(url, {"points": "2", "why": "Khác", "r": before["r"]}, headers=JSON)
    assert stale.status_code == 409
    assert stale.json()["clashes"][0]["theirs"]["p"] == 1
    assert SelfScore.objects.get(dossier=draft).levels["1.1"]["p"] == 1


@pytest.mark.parametrize("mark", [99, "ba", {"case": "a", "points": 1}, -1])
def test_points_that_are_not_printed_are_refused(draft, owner, mark):
    with pytest.raises(ValidationError) as refused:
        save_self_score(draft, "1.1", mark, by=owner)
    assert list(refused.value.message_dict) == ["1.1"]


def test_zero_is_always_a_mark(draft, owner):
    save_self_score(draft, "1.1", 0, by=owner)
    assert SelfScore.objects.get(dossier=draft).levels["1.1"]["p"] == 0


def test_a_filed_dossier_is_not_written(make, owner, signed_in):
    dossier = make("submitted")
    with pytest.raises(ValidationError, match="đã nộp"):
        save_section(dossier, "business", {"market": "x"}, by=owner)
    late = signed_in(owner).post(
        URL.format(dossier.pk), {"field": "market", "market": "x", "r:market": 9}, headers=JSON
    )
    assert late.status_code == 422
    assert "đã nộp" in late.json()["error"]


def test_only_its_people_and_the_commune_write_it(
    draft, officer, other_owner, stranger, commune_officer, signed_in
):
    with pytest.raises(PermissionDenied):
        save_section(draft, "business", {"market": "x"}, by=officer)
    for user in (other_owner, stranger, officer):  # the province sees no drafts
        assert signed_in(user).get(URL.format(draft.pk)).status_code == 404
    assert signed_in(commune_officer).get(URL.format(draft.pk)).status_code == 200


def test_api_saves_a_section_with_its_revision(draft, owner, signed_in):
    api, url = signed_in(owner), f"/lai-chau/api/dossiers/{draft.pk}/sections/business/"
    body = json.dumps({"values": {"market": "Qua máy", "revenue": 3000}, "revision": 1})
    saved = api.put(url, body, content_type="application/json")
    assert (saved.status_code, saved.json()["revision"]) == (200, 2)
    stale = api.put(
        url, json.dumps({"values": {"market": "Khác"}, "revision": 1}), content_type="application/json"
    )
    assert stale.status_code == 409
    assert stale.json()["clashes"][0]["theirs"] == "Qua máy"
    bad = api.put(
        url, json.dumps({"values": {"market": "Giữ", "revenue": "x"}}), content_type="application/json"
    )
    assert bad.status_code == 400
    assert list(bad.json()["errors"]) == ["revenue"]
    assert DossierSection.objects.get(dossier=draft, key="business").data["market"] == "Qua máy"


def test_api_saves_a_mark(draft, owner, signed_in):
    api, url = signed_in(owner), f"/lai-chau/api/dossiers/{draft.pk}/self-score/1.1/"
    assert (
        api.put(url, json.dumps({"points": 1, "why": "Vì"}), content_type="application/json").status_code
        == 200
    )
    assert api.put(url, json.dumps({"points": 77}), content_type="application/json").status_code == 400
    shown = api.get(f"/lai-chau/api/dossiers/{draft.pk}/self-score/").json()
    assert shown["levels"]["1.1"]["p"] == 1
    assert shown["unanswered"] == []


def test_only_what_may_stay_empty_is_called_optional(draft, owner, signed_in):
    text = signed_in(owner).get(URL.format(draft.pk)).content.decode()
    assert text.count("(không bắt buộc)") == 1  # the revenue of the year before
    assert " required" not in text


def test_one_question_leads_to_the_next_and_the_last_to_the_next_section(draft, owner, signed_in):
    tab, here = signed_in(owner), URL.format(draft.pk)
    page = tab.get(here).content.decode()
    places = [f'id="hoi-{key}"' for key in ("market", "revenue", "revenue_before", "profit")]
    assert [page.count(it) for it in places] == [1, 1, 1, 1]
    assert [page.index(it) for it in places] == sorted(
        page.index(it) for it in places
    )  # as Annex III has them
    sent = {"market": "Chợ phiên", "revenue": "2400", "revenue_before": "", "profit": "310"}
    seen = {f"r:{key}": 9 for key in sent}
    assert tab.post(here, sent | seen | {"to": "revenue"}).url == f"{here}#hoi-revenue"
    assert tab.post(here, sent | seen | {"next": "1"}).url == here.replace("business", "plan")
    for bad in ("workers", "//evil.example", ""):  # no question of this page
        assert tab.post(here, sent | seen | {"to": bad}).url == here
