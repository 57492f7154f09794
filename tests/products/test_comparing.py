"""What changed between two filings: answers, marks, papers; nothing that stayed."""

import pytest
from django.utils import timezone

from products.dossiers.comparing import compare
from products.dossiers.filed import read
from products.dossiers.filling import save_section
from products.models import DossierVersion
from products.vault.papers import add_evidence, change_evidence, remove_evidence
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def returned(draft):
    filed = factories._step(draft, "submit", timezone.now())
    return factories._step(filed, "ask_supplement", timezone.now())


def again(dossier):
    """Filed once more; the two versions as they read."""
    factories._step(dossier, "resubmit", timezone.now())
    before, after = DossierVersion.objects.filter(dossier=dossier).order_by("number")
    return compare(read(before.content), read(after.content))


def test_only_the_answer_that_changed_is_told(returned, owner):
    save_section(returned, "production", {"output": "15 tấn"}, by=owner)
    (part,) = again(returned)
    assert part.title == "Nguyên liệu và sản xuất"
    (change,) = part.changes
    assert (change.label, change.before, change.after) == ("Sản lượng năm gần nhất", "12 tấn", "15 tấn")


def test_papers_that_came_went_or_read_otherwise(returned, owner):
    kept, gone = {
        link.paper
        for link in returned.evidence.filter(paper__kind__in=["business_registration", "quality_declaration"])
    }
    change_evidence(returned, kept, by=owner, facts={"number": "99/2026"})
    remove_evidence(returned, gone, by=owner)
    new = add_evidence(
        returned, kind=gone.kind, by=owner, upload=factories.upload(), facts={"title": "Bản mới"}
    )
    (part,) = again(returned)
    by_paper = {change.label.split(": ", 1)[1]: change for change in part.changes}
    assert by_paper.keys() == {kept.title, gone.title, new.title}
    assert "99/2026" in by_paper[kept.title].after
    assert "99/2026" not in by_paper[kept.title].before
    assert by_paper[gone.title].after == by_paper["Bản mới"].before == "–"


def test_filed_as_it_was_nothing_is_told(returned):
    assert again(returned) == []


class TestThePage:
    def test_shows_both_sides_and_leaves_the_rest_out(self, returned, owner, commune_officer, signed_in):
        save_section(returned, "plan", {"goals": "Mười ha <b>nữa</b>"}, by=owner)
        again(returned)
        page = signed_in(commune_officer).get(f"/lai-chau/dossiers/{returned.pk}/versions/2/changes/")
        text = page.content.decode()
        assert "Mười ha &lt;b&gt;nữa&lt;/b&gt;" in text
        assert "Thêm 5 ha chứng nhận hữu cơ." in text
        assert "Vùng nguyên liệu" not in text

    def test_a_first_filing_says_that_there_is_none_before(self, returned, owner, signed_in):
        page = signed_in(owner).get(f"/lai-chau/dossiers/{returned.pk}/versions/1/changes/")
        assert "lần nộp đầu tiên" in page.content.decode()

    def test_another_producer_finds_nothing(self, returned, other_owner, signed_in):
        assert (
            signed_in(other_owner).get(f"/lai-chau/dossiers/{returned.pk}/versions/1/changes/").status_code
            == 404
        )
