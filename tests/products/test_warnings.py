"""What is better mended before filing: papers that run out, gates of the star aimed at, claims without a paper."""

import datetime as dt

import pytest
from django.utils import timezone

from products import law
from products.dossiers.filing import start_dossier
from products.dossiers.warnings import warnings
from products.dossiers.whole import load
from products.models import Dossier, EvidenceLink, EvidencePaper, PaperReading, SelfScore
from products.vault.pins import pin_page
from tests import factories

pytestmark = pytest.mark.django_db


def said(dossier):
    fresh = Dossier.objects.for_list().get(pk=dossier.pk)
    return [it.text for it in warnings(load(fresh), timezone.localdate())]


def of_paper(dossier):
    return [text for text in said(dossier) if "hết hạn" in text]


@pytest.fixture
def ends(draft):
    """One paper of the dossier with its last day so many days after the round's cut-off."""

    def set_end(days):
        paper = draft.evidence.first().paper
        last = draft.round.cutoff_on + dt.timedelta(days=days)
        EvidencePaper.objects.filter(pk=paper.pk).update(expires_on=last)

    return set_end


def test_a_paper_that_ends_before_the_cut_off_or_the_council_is_told(draft, ends):
    ends(-1)
    assert "trước hạn nộp của đợt" in of_paper(draft)[0]
    ends(0)
    assert "trước khi Hội đồng họp" in of_paper(draft)[0]
    ends(61)
    assert of_paper(draft) == []


def test_gates_and_band_of_the_star_aimed_at(make):
    dossier = make("draft", points="least")
    Dossier.objects.filter(pk=dossier.pk).update(star_aim=5)
    texts = said(dossier)
    assert any("5 sao cần từ 90 điểm" in text for text in texts)
    assert any("5 sao cần ít nhất" in text for text in texts)


def test_the_gates_of_the_lower_stars_stand_before_the_higher(make):
    """QĐ 26/2026: criterion 2.2 of set 1 has a gate at 3 stars only, and 4 stars must pass it too."""
    dossier = make("draft")
    row = SelfScore.objects.get(dossier=dossier)
    row.levels["2.2"] = {**row.levels["2.2"], "p": 0}
    row.save(update_fields=["levels"])
    Dossier.objects.filter(pk=dossier.pk).update(star_aim=4)
    assert any("Tiêu chí 2.2" in text and "4 sao cần ít nhất 2 điểm" in text for text in said(dossier))


def test_of_a_sheet_that_is_not_finished_nothing_is_said_yet(make):
    dossier = make("draft", points="least")
    row = SelfScore.objects.get(dossier=dossier)
    row.levels.popitem()
    row.save(update_fields=["levels"])
    assert not any("sao cần" in text for text in said(dossier))


def test_a_claim_without_a_paper(draft):
    draft.evidence.exclude(criterion="").delete()
    assert any("chưa gắn giấy tờ" in text for text in said(draft))


def test_the_home_of_the_dossier_tells_who_fills_it(draft, ends, owner, signed_in):
    ends(-1)
    text = signed_in(owner).get(f"/lai-chau/dossiers/{draft.pk}/").content.decode()
    assert "Nên xem lại trước khi nộp" in text


def test_a_paper_that_bears_anothers_name(draft):
    paper = draft.evidence.first().paper
    reading = PaperReading.objects.update_or_create(
        paper=paper, defaults={"outcome": "read", "owner": "Hộ ông Vàng A Sử", "warnings": ["anothers"]}
    )[0]
    assert any("Hộ ông Vàng A Sử" in text for text in said(draft))
    PaperReading.objects.filter(pk=reading.pk).update(warnings=[])
    assert not any("Hộ ông Vàng A Sử" in text for text in said(draft))


def test_an_upgrade_without_a_new_paper(make, owner, commune):
    old = make("recognised")
    later = factories.make_round(commune, name="Đợt nâng hạng")
    fresh = start_dossier(
        old.product, kind="upgrade", round=later, by=owner, star_aim=4, recognised_before=True
    )
    assert any("nào mới so với hồ sơ trước" in text for text in said(fresh))
    paper = fresh.evidence.first().paper
    new = EvidencePaper.objects.create(
        producer=paper.producer, kind=paper.kind, title="Kết quả kiểm nghiệm 2026", file=paper.file
    )
    EvidenceLink.objects.create(dossier=fresh, paper=new, criterion="")
    assert not any("nào mới so với hồ sơ trước" in text for text in said(fresh))


def test_a_page_that_was_pinned_for_a_lower_level(make, owner):
    draft = make("draft", points="least")
    link = draft.evidence.exclude(criterion="").first()
    scale = sorted(
        law.criteria_set(draft.set_code).by_code[link.criterion].scale(None), key=lambda it: it.points
    )
    pin_page(draft, link.paper, link.criterion, 1, by=owner)
    assert not any("xem lại chỗ ghim" in text for text in said(draft))
    row = SelfScore.objects.get(dossier=draft)
    row.levels[link.criterion] = {**row.levels[link.criterion], "p": scale[-1].points}
    row.save(update_fields=["levels"])
    assert any(f"Tiêu chí {link.criterion}" in text and "xem lại chỗ ghim" in text for text in said(draft))
    pin_page(draft, link.paper, link.criterion, 1, by=owner)
    assert not any("xem lại chỗ ghim" in text for text in said(draft))
