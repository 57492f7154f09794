"""A dossier caught by the change of law: finished in time, or lapsed and filed anew (QĐ 26/2026, Điều 12)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ocop.notices.models import Notice
from products import law
from products.dossiers.refiling import refile
from products.models import DossierSection, EvidenceLink, SelfScore
from products.vault.papers import criteria_for
from products.workflow import DOSSIER
from tests import factories

FILED, LAST, AFTER = dt.date(2026, 5, 4), dt.date(2026, 7, 21), dt.date(2026, 7, 22)


def moment(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC)


@pytest.fixture
def caught(commune, commune_officer, officer):
    """Filed under 148/2023 as amended, forwarded, and not finished."""
    return factories.make_complete_dossier(commune, state="forwarded", set_code="QD148-01", on=FILED)


@pytest.fixture
def lapsed(caught, officer):
    return DOSSIER.take("lapse", caught, by=officer, data={"at": moment(AFTER)})


def test_it_is_of_the_law_of_its_day(caught):
    assert (caught.regime, caught.set_code) == ("148/2023-1489", "QD148-01")


def test_it_may_be_finished_for_sixty_days(caught, officer):
    assert law.last_day_of(caught.regime, "first") == LAST
    with pytest.raises(ValidationError, match="đến hết ngày 21/07/2026"):
        DOSSIER.take("lapse", caught, by=officer, data={"at": moment(LAST)})


def test_a_dossier_of_todays_law_never_lapses(commune, officer):
    dossier = factories.make_complete_dossier(commune, state="forwarded")
    with pytest.raises(ValidationError, match="còn được hoàn thành"):
        DOSSIER.take("lapse", dossier, by=officer, data={"at": moment(dt.date(2036, 1, 1))})


def test_the_producer_hears_that_it_lapsed(lapsed, commune):
    owner = lapsed.product.producer.people.get().user
    told = Notice.objects.get(user=owner, kind="dossier.lapsed")
    assert told.subject == "Hồ sơ hết hạn: Chè Shan tuyết cổ thụ Mường So"


def test_it_is_filed_anew_with_what_can_be_kept(lapsed):
    owner = lapsed.product.producer.people.get().user
    found = factories.make_round(lapsed.unit, name="Đợt 2")
    done = refile(lapsed, round=found, by=owner)
    fresh = done.dossier
    assert (fresh.regime, fresh.set_code, fresh.previous, fresh.state) == (
        "26/2026",
        "QD26-01",
        lapsed,
        "draft",
    )

    history = {row.dossier_id: row.data["history"] for row in DossierSection.objects.filter(key="general")}
    assert history[fresh.pk] == history[lapsed.pk]

    marks, before = (SelfScore.objects.get(dossier=it).levels for it in (fresh, lapsed))
    kept = law.criteria_set("QD26-01").criteria
    by_name = {it.name: it.code for it in law.criteria_set("QD148-01").criteria}
    assert 0 < len(marks) < len(kept)
    assert all(marks[it.code]["why"] == before[by_name[it.name]]["why"] for it in kept if it.code in marks)
    asked = [line for line in done.asked_again if line.startswith("Tiêu chí")]
    assert len(asked) == len(kept) - len(marks)

    tied = EvidenceLink.objects.filter(dossier=fresh).values_list("paper__kind", flat=True)
    papers = EvidenceLink.objects.filter(dossier=lapsed).values_list("paper", flat=True)
    again = EvidenceLink.objects.filter(dossier=fresh).values_list("paper", flat=True)
    assert set(papers) == set(again)
    assert set(criteria_for(fresh, "quality_declaration")) <= set(
        EvidenceLink.objects.filter(dossier=fresh, paper__kind="quality_declaration").values_list(
            "criterion", flat=True
        )
    )
    assert set(tied)


def test_only_what_lapsed_and_only_by_its_people(caught, lapsed, nobody):
    found = factories.make_round(caught.unit, name="Đợt 2")
    owner = lapsed.product.producer.people.get().user
    with pytest.raises(PermissionDenied):
        refile(lapsed, round=found, by=nobody)
    fresh = refile(lapsed, round=found, by=owner).dossier
    with pytest.raises(ValidationError, match="Chỉ nộp lại hồ sơ đã hết hạn"):
        refile(fresh, round=found, by=owner)
    with pytest.raises(ValidationError, match="Sản phẩm đã có hồ sơ"):
        refile(lapsed, round=found, by=owner)


def test_the_pages(lapsed, signed_in, nobody):
    owner = lapsed.product.producer.people.get().user
    found = factories.make_round(lapsed.unit, name="Đợt 2")
    client = signed_in(owner)
    assert (
        "Nộp lại theo quy định hiện hành" in client.get(f"/lai-chau/dossiers/{lapsed.pk}/").content.decode()
    )
    done = client.post(f"/lai-chau/dossiers/{lapsed.pk}/refile/", {"round": found.pk})
    assert done.status_code == 302
    fresh = lapsed.followed_by.get()
    assert done.headers["Location"] == f"/lai-chau/dossiers/{fresh.pk}/"
    assert client.get(f"/lai-chau/dossiers/{fresh.pk}/refile/").status_code == 404
    assert signed_in(nobody).get(f"/lai-chau/dossiers/{lapsed.pk}/refile/").status_code == 404
