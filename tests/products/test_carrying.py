"""What an earlier dossier of the product says is taken over; only what changed is asked."""

import pytest
from django.utils import timezone

from ocop.audit.models import Entry
from products.dossiers.completeness import gaps
from products.dossiers.filing import start_dossier
from products.dossiers.whole import load
from products.models import EvidenceLink, SelfScore
from products.workflow import DOSSIER
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def withdrawn(make, owner):
    """Filed, one paper pinned to its page, and taken back."""
    dossier = make("draft")
    EvidenceLink.objects.filter(dossier=dossier, criterion="9").update(page=1)
    filed = factories._step(dossier, "submit", timezone.now())
    return DOSSIER.take("withdraw", filed, by=owner, data={"note": "Chưa đủ sản lượng"})


def started(old, by, kind="first", **more):
    return start_dossier(old.product, kind=kind, round=old.round, by=by, star_aim=4, **more)


def test_answers_marks_papers_and_pins_are_there_again(withdrawn, owner):
    fresh = started(withdrawn, owner)
    assert fresh.previous == withdrawn
    old, new = load(withdrawn), load(fresh)
    assert {key: row.data for key, row in new.sections.items()} == {
        key: row.data for key, row in old.sections.items()
    }
    assert {code: mark["p"] for code, mark in new.levels().items()} == {
        code: mark["p"] for code, mark in old.levels().items()
    }
    assert [(it.row.pk, it.places) for it in new.papers] == [(it.row.pk, it.places) for it in old.papers]
    assert ("9", 1) in [place for it in new.papers for place in it.places]
    assert gaps(new, timezone.localdate()) == []


def test_it_says_where_it_comes_from(withdrawn, owner):
    fresh = started(withdrawn, owner)
    assert Entry.objects.about(fresh).get(action="dossier.start").data["from"] == withdrawn.pk


def test_an_upgrade_asks_what_changed_and_nothing_else(withdrawn, owner):
    fresh = started(withdrawn, owner, kind="upgrade", recognised_before=True)
    asked = {gap.item for gap in gaps(load(fresh), timezone.localdate())}
    assert asked == {"updates"}


def test_a_paper_that_was_withdrawn_does_not_come_back(withdrawn, owner):
    paper = withdrawn.evidence.first().paper
    paper.withdrawn_at = timezone.now()
    paper.save(update_fields=["withdrawn_at"])
    fresh = started(withdrawn, owner)
    assert not EvidenceLink.objects.filter(dossier=fresh, paper=paper).exists()


def test_an_officer_who_may_start_but_not_fill_brings_the_content_along(withdrawn, officer):
    fresh = started(withdrawn, officer)
    assert not officer.has_perm("products.change_dossier", fresh)
    assert SelfScore.objects.get(dossier=fresh).levels


def test_another_product_brings_nothing(withdrawn, make):
    other = factories.make_producer(withdrawn.unit, name="Hộ khác")
    fresh = make("draft", producer=other, name="Mật ong bạc hà")
    assert fresh.previous is None


class TestThePage:
    def test_the_draft_says_that_it_was_taken_over_and_what_was_changed_since(
        self, withdrawn, owner, signed_in
    ):
        fresh = started(withdrawn, owner)
        client = signed_in(owner)
        assert "lấy lại từ hồ sơ trước" in client.get(f"/lai-chau/dossiers/{fresh.pk}/").content.decode()
        page = client.get(f"/lai-chau/dossiers/{fresh.pk}/changes/").content.decode()
        assert "0 mục thay đổi" in page

    def test_only_who_fills_it_sees_the_draft_compared(
        self, withdrawn, owner, commune_officer, officer, signed_in
    ):
        fresh = started(withdrawn, owner)
        assert signed_in(officer).get(f"/lai-chau/dossiers/{fresh.pk}/changes/").status_code in (403, 404)


def test_what_she_told_about_herself_is_not_asked_for_her_next_product(withdrawn, commune, owner):
    producer = withdrawn.product.producer
    product = factories.make_product(producer, name="Túi thổ cẩm", set_code=withdrawn.set_code, by=owner)
    fresh = start_dossier(product, kind="first", round=withdrawn.round, by=owner)
    assert fresh.previous is None
    assert {key: row.data for key, row in load(fresh).sections.items()} == {
        "general": load(withdrawn).sections["general"].data
    }
    assert "general" not in {gap.item for gap in gaps(load(fresh), timezone.localdate())}


def test_what_another_producer_told_is_not_taken_over(withdrawn, commune, owner):
    stranger = factories.make_user("chuthe.khac", "Vàng Thị Mẩy")
    other = factories.make_producer(commune, name="Hợp tác xã khác", owner=stranger)
    product = factories.make_product(other, name="Túi thổ cẩm", set_code=withdrawn.set_code, by=stranger)
    fresh = start_dossier(product, kind="first", round=withdrawn.round, by=stranger)
    assert load(fresh).sections == {}
