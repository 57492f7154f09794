"""Every refusal says what is to be done, and opens the page where it is done."""

import datetime as dt

import pytest
from django.utils import timezone

from ocop.orgs.models import User
from products.dossiers.filing import start_dossier
from products.dossiers.queries import advice, reasons
from products.dossiers.whole import load
from products.models import Dossier, IdeaState
from products.producers.claims import claim_producer
from products.producers.members import add_member
from products.producers.registration import register_producer
from products.workflow import DOSSIER
from products.workflow.claim import CLAIM
from products.workflow.idea import IDEA
from tests import factories
from tests.products.ideas import make_idea, make_plan, make_window, two_rules

T = "/lai-chau"


def refused(workflow, obj, user):
    """{step: its reasons} of what hinders the steps that this person may take."""
    fresh = User.objects.get(pk=user.pk)
    offers = workflow.open_to(type(obj).objects.get(pk=obj.pk), fresh)
    return {it.name: it.reasons for it in offers if it.reasons}


def walk(tab, found):
    """Each reason has words, and its link opens for the one who reads it."""
    assert found
    for words, url in found:
        assert words.strip()
        assert url, words
        answer = tab.get(url if url.startswith(T) else f"{T}{url}")
        assert answer.status_code == 200, (words, url)


@pytest.fixture
def bare(commune, found, owner):
    """Of a producer whom nobody has confirmed: nothing is filled in."""
    producer = register_producer(unit=commune, kind="household", name="Hộ A", by=owner, owner=owner)
    product = factories.make_product(producer, name="Măng", set_code="QD26-01", by=owner)
    return start_dossier(product, kind="first", round=found, by=owner)


def test_all_that_keeps_a_bare_dossier_from_being_filed(bare, owner, signed_in):
    whole = load(Dossier.objects.for_list().get(pk=bare.pk))
    found = refused(DOSSIER, bare, owner)["submit"]
    assert len(found) > 20
    walk(signed_in(owner), found)
    walk(signed_in(owner), reasons(whole, timezone.localdate()))
    walk(signed_in(owner), reasons(whole, whole.dossier.round.cutoff_on + dt.timedelta(days=1)))


def test_what_is_better_mended_before_filing(make, owner, signed_in):
    dossier = make("draft", points="least")
    dossier.evidence.all().delete()
    Dossier.objects.filter(pk=dossier.pk).update(star_aim=5)
    walk(
        signed_in(owner),
        advice(load(Dossier.objects.for_list().get(pk=dossier.pk)), timezone.localdate()),
    )


def test_what_keeps_the_commune_from_its_report_and_from_sending_it(make, commune_officer, signed_in):
    tab = signed_in(commune_officer)
    found = refused(DOSSIER, make("submitted"), commune_officer)
    assert set(found) == {"ask_supplement", "report"}
    for rows in found.values():
        walk(tab, rows)
    written = refused(DOSSIER, make("reported", name="Gạo"), commune_officer)
    assert set(written) == {"forward"}
    walk(tab, written["forward"])


def test_the_link_of_an_item_leads_to_it(make, commune_officer, signed_in):
    dossier = make("submitted")
    tab = signed_in(commune_officer)
    found = refused(DOSSIER, dossier, commune_officer)["report"]
    page = tab.get(f"{T}/dossiers/{dossier.pk}/check/").text
    places = [url.partition("#")[2] for _words, url in found if "/check/" in url]
    assert len(places) > 5
    assert [place for place in places if f'id="{place}"' not in page] == []
    shown = tab.get(f"{T}/dossiers/{dossier.pk}/").text
    assert f'href="{T}/dossiers/{dossier.pk}/check/#{places[0]}"' in shown


def test_what_keeps_the_province_from_accepting(make, officer, signed_in):
    found = refused(DOSSIER, make("forwarded"), officer)
    assert {"accept", "return"} <= set(found)
    for name in ("accept", "return"):
        walk(signed_in(officer), found[name])


def test_what_keeps_an_idea_from_being_chosen_and_made(producer, province, officer, leader, owner, signed_in):
    plan = make_plan(province, officer=officer, leader=leader)
    make_window(plan, by=officer, rules=two_rules())
    idea = make_idea(producer, by=owner, set_code="")
    found = refused(IDEA, idea, officer)
    assert {"choose", "decline"} <= set(found)
    for rows in found.values():
        walk(signed_in(officer), rows)
    type(idea).objects.filter(pk=idea.pk).update(state=IdeaState.CHOSEN, set_code="QD26-01")
    factories.make_product(producer, name=idea.name, set_code="QD26-01", by=owner)
    walk(signed_in(officer), refused(IDEA, idea, officer)["make_product"])


def test_what_keeps_a_claim_from_being_accepted(producer, commune, commune_officer, nobody, signed_in):
    claim = claim_producer(
        producer,
        unit=commune,
        name="HTX",
        registration_number=producer.registration_number,
        phone="0912345678",
        by=nobody,
    )
    add_member(producer, nobody, by=commune_officer)
    walk(signed_in(commune_officer), refused(CLAIM, claim, commune_officer)["approve"])
