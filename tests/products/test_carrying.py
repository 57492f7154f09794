"""What an earlier dossier of the product says is taken over; only what changed is asked."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from ocop.audit.models import Entry
from ocop.notices.models import Notice
from plans.models import Round
from products.dossiers.completeness import gaps
from products.dossiers.filing import start_dossier
from products.dossiers.filling import save_section
from products.dossiers.moving import move_to_round
from products.dossiers.whole import load
from products.models import Dossier, EvidenceLink, SelfScore
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


def test_a_withdrawal_is_told_at_every_desk_it_came_to(make, owner, officer, commune_officer):
    DOSSIER.take("withdraw", make("forwarded", name="Chè đen"), by=owner, data={"note": "Chưa đủ sản lượng"})
    told = set(Notice.objects.filter(kind="dossier.withdrawn").values_list("user", flat=True))
    assert {officer.pk, commune_officer.pk} <= told
    DOSSIER.take("withdraw", make("submitted", name="Chè vàng"), by=owner, data={"note": "Sai tên"})
    later = Notice.objects.filter(kind="dossier.withdrawn", subject__contains="Chè vàng")
    assert [it.user for it in later] == [commune_officer]


def test_it_says_where_it_comes_from(withdrawn, owner):
    fresh = started(withdrawn, owner)
    assert Entry.objects.about(fresh).get(action="dossier.start").data["from"] == withdrawn.pk


def test_an_upgrade_asks_what_changed_and_nothing_else(withdrawn, owner):
    fresh = started(withdrawn, owner, kind="upgrade", recognised_before=True)
    asked = {gap.item for gap in gaps(load(fresh), timezone.localdate())}
    assert asked == {"updates"}


def test_the_figures_of_one_year_are_asked_anew_in_another(withdrawn, owner):
    Dossier.objects.filter(pk=withdrawn.pk).update(created_at=withdrawn.created_at - dt.timedelta(days=900))
    fresh = started(withdrawn, owner)
    said = {gap.item for gap in gaps(load(fresh), timezone.localdate())}
    assert said == {"registration", "general", "production", "business"}
    assert "revenue" not in load(fresh).sections["business"].data
    assert load(fresh).sections["business"].data["market"]


def test_what_was_written_last_goes_along_though_an_older_one_was_recognised(make, owner, commune):
    """An upgrade that was withdrawn in a wrong round is not written twice."""
    old = make("recognised")
    later = factories.make_round(commune, name="Đợt nâng hạng")
    upgrade = start_dossier(
        old.product, kind="upgrade", round=later, by=owner, star_aim=4, recognised_before=True
    )
    save_section(upgrade, "updates", {"update_1": "Dây chuyền sấy mới"}, by=owner)
    DOSSIER.take("withdraw", upgrade, by=owner, data={"note": "Nhầm đợt"})
    again = start_dossier(
        old.product, kind="upgrade", round=later, by=owner, star_aim=4, recognised_before=True
    )
    assert again.previous == upgrade
    assert load(again).sections["updates"].data == {"update_1": "Dây chuyền sấy mới"}


def test_a_draft_that_missed_its_round_goes_on_in_the_next(make, owner, commune, signed_in):
    draft = make("draft")
    Round.objects.filter(pk=draft.round_id).update(cutoff_on=timezone.localdate() - dt.timedelta(days=1))
    page = f"/lai-chau/dossiers/{draft.pk}/"
    assert f"{page}move/" in signed_in(owner).get(page).content.decode()
    later = factories.make_round(commune, name="Đợt sau")
    refused = signed_in(owner).post(f"{page}move/", {"round": draft.round_id})
    assert (refused.status_code, signed_in(owner).post(f"{page}move/", {"round": later.pk}).status_code) == (
        422,
        302,
    )
    draft.refresh_from_db()
    assert (draft.round, gaps(load(draft), timezone.localdate())) == (later, [])
    filed = DOSSIER.take("submit", draft, by=owner, data={"confirmed": True})
    with pytest.raises(ValidationError, match="chưa nộp"):
        move_to_round(filed, later, by=owner)


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
