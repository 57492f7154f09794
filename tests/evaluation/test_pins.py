"""The council reads a paper where the producer pinned it."""

from django.utils import timezone

from ocop.files.store import keep_made
from products.models import EvidenceLink, EvidencePaper, Exclusion
from tests.evaluation import makers
from tests.factories import pdf

T = "/lai-chau"


def _pinned(dossier, code, page):
    """Rows as an accepted dossier has them."""
    file = keep_made(pdf("Chuyện", 4), "chuyen.pdf", "application/pdf", pages=4)
    paper = EvidencePaper.objects.create(
        producer=dossier.product.producer,
        kind="story",
        title="Chuyện sản phẩm",
        file=file,
        added_at=timezone.now(),
    )
    EvidenceLink.objects.create(dossier=dossier, paper=paper, criterion=code, page=page)
    return paper


def test_the_paper_opens_at_the_pinned_page_beside_its_criterion(running, tea_item, member, signed_in):
    dossier = tea_item.assessment.dossier
    paper = _pinned(dossier, "1.1", 3)
    ballot, tab = makers.ballot_of(tea_item, member), signed_in(member)
    page = tab.get(f"{T}/ballots/{ballot.pk}/1.1/")
    assert page.context["paper"]["page"] == 3
    assert "4 trang, ghim trang 3" in page.content.decode()
    assert tab.get(f"{T}/evidence/{paper.pk}/pages/3.png", follow=True).status_code == 200
    turned = tab.get(f"{T}/ballots/{ballot.pk}/1.1/?paper={paper.pk}&page=4")
    assert turned.context["paper"]["page"] == 4
    Exclusion.objects.create(dossier=dossier, user=member, ground="Em của giám đốc")
    assert tab.get(f"{T}/evidence/{paper.pk}/pages/3.png").status_code == 404
