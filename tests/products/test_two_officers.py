"""Two officers check one dossier: neither's word is lost without her knowing."""

import re
import uuid

import pytest
from django.core.exceptions import ValidationError

from ocop.device.models import SentForm
from ocop.device.sent import COOKIE
from ocop.orgs.models import OrgUnit, User
from ocop.tenancy.scope import tenant_scope
from products.desks.checking import save_check
from products.models import Dossier, IntakeCheck
from tests import factories
from tests.races import at_once

T = "/lai-chau"


@pytest.fixture
def second(commune):
    return factories.make_user("xa.hai", "Lò Thị Hai", role="commune_officer", unit=commune)


@pytest.fixture
def filed(make):
    return make("submitted")


def _form(page):
    """What a browser sends of the page: hidden fields and the ticks that stand."""
    text = page.content.decode()
    hidden = re.findall(r'<input type="hidden"\s+name="(initial-[^"]+)"\s+value="([^"]*)"', text)
    ticked = re.findall(
        r'<input type="radio"[^>]*?name="([^"]+-verdict)"[^>]*?value="(\w+)"[^>]*?checked', text
    )
    return dict(hidden) | dict(ticked)


def _said(dossier, item="general"):
    row = IntakeCheck.objects.get(dossier=dossier, item=item)
    return row.verdict, row.note, row.checked_by.username


def test_a_page_that_lay_open_puts_nothing_back(filed, commune_officer, second, signed_in):
    url = f"{T}/dossiers/{filed.pk}/check/"
    save_check(filed, "general", "ok", by=commune_officer)
    first, other = signed_in(commune_officer), signed_in(second)
    stale = _form(first.get(url))
    assert (stale["initial-general-verdict"], stale["general-verdict"]) == ("ok", "ok")
    wrong = {**_form(other.get(url)), "general-verdict": "wrong", "general-note": "Thiếu chữ ký"}
    assert other.post(url, wrong).status_code == 302
    answer = first.post(url, {**stale, "self_score-verdict": "ok"})  # she touches another item alone
    assert answer.status_code == 302
    assert _said(filed) == ("wrong", "Thiếu chữ ký", second.username)
    assert _said(filed, "self_score") == ("ok", "", commune_officer.username)


def test_both_about_one_item_the_slower_is_told_and_presses_again(filed, commune_officer, second, signed_in):
    url = f"{T}/dossiers/{filed.pk}/check/"
    first, other = signed_in(commune_officer), signed_in(second)
    stale = _form(first.get(url))
    save_check(filed, "general", "wrong", note="Thiếu chữ ký", by=second)
    page = first.post(url, {**stale, "general-verdict": "ok"})
    text = page.content.decode()
    assert "Lò Thị Hai vừa ghi “Chưa đúng: Thiếu chữ ký” lúc" in text
    assert "Còn 1 chỗ cần sửa" in text  # on top: the item may stand far below
    [error] = page.context["errors"]
    assert f'id="{error["id"]}"' in text
    assert _said(filed) == ("wrong", "Thiếu chữ ký", second.username)
    again = {**_form(page), "general-verdict": "ok"}
    assert again["initial-general-verdict"] == "wrong"
    assert first.post(url, again).status_code == 302
    assert _said(filed) == ("ok", "", commune_officer.username)
    assert (
        other.post(url, {**again, "initial-general-verdict": "missing"}).status_code == 302
    )  # the same word: no clash


def test_one_item_that_is_refused_takes_no_other_with_it(filed, commune_officer, signed_in):
    url, tab = f"{T}/dossiers/{filed.pk}/check/", signed_in(commune_officer)
    page = tab.post(url, {**_form(tab.get(url)), "general-verdict": "ok", "plan-verdict": "wrong"})
    assert len(page.context["errors"]) == 1  # of the plan: wrong in what?
    assert _said(filed) == ("ok", "", commune_officer.username)
    mended = {**_form(page), "plan-note": "Thiếu số liệu"}
    assert tab.post(url, mended).status_code == 302
    said = IntakeCheck.objects.filter(dossier=filed).order_by("item").values_list("item", "verdict", "note")
    assert list(said) == [("general", "ok", ""), ("plan", "wrong", "Thiếu số liệu")]


def test_words_for_a_dossier_that_went_on_stay_on_the_device(make, commune_officer, signed_in):
    gone = make("forwarded")
    Dossier.objects.filter(pk=gone.pk).update(state="accepted")  # while she wrote
    url, tab = f"{T}/dossiers/{gone.pk}/check/", signed_in(commune_officer)
    answer = tab.post(url, {"general-verdict": "ok", "general-note": "Đủ", "form_mark": str(uuid.uuid4())})
    assert (answer.status_code, answer["Location"]) == (302, f"{T}/dossiers/{gone.pk}/")
    assert COOKIE not in answer.cookies
    assert not SentForm.objects.exists()


def test_at_the_very_same_moment_one_is_told(transactional_db):
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        factories.make_units(tenant)
        commune = OrgUnit.objects.get(name="Xã Mường So")
        dossier = factories.make_complete_dossier(commune, state="submitted")
        people = [
            factories.make_user(f"xa.{n}", f"Cán bộ {n}", role="commune_officer", unit=commune)
            for n in (1, 2)
        ]

    def check(pk, verdict):
        by = User.objects.get(pk=pk)
        return save_check(
            Dossier.objects.get(pk=dossier.pk), "general", verdict, note="x", seen=("", ""), by=by
        )

    deeds = [lambda p=p, v=v: check(p.pk, v) for p, v in zip(people, ("ok", "wrong"), strict=True)]
    answers = at_once(tenant.pk, *deeds, refusals=(ValidationError,))
    kept = [it for it in answers if isinstance(it, IntakeCheck)]
    told = [it for it in answers if isinstance(it, ValidationError)]
    assert (len(kept), len(told)) == (1, 1)
    assert "vừa ghi" in told[0].message_dict["verdict"][0]
