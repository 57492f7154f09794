"""Papers: kept with their facts, seen by those who see the dossier, logged, taken out until filed."""

import datetime as dt
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from ocop.audit.models import Entry
from ocop.files.kinds import MEGABYTE
from products.models import EvidencePaper, Exclusion
from products.vault.papers import add_evidence, library, remove_evidence, replace_evidence, reuse_evidence
from tests.factories import make_complete_dossier, make_producer, pdf, upload

T = "/lai-chau"


def _paper(dossier, kind="quality_declaration"):
    return EvidencePaper.objects.filter(links__dossier=dossier, kind=kind).distinct().get()


def _status(client, url):
    response = client.get(url, follow=True)
    if response.streaming:
        b"".join(response.streaming_content)  # read to its end, it closes its file
    return response.status_code


def test_a_paper_is_tied_to_the_criteria_the_law_names(draft):
    paper = _paper(draft)
    tied = set(draft.evidence.filter(paper=paper).values_list("criterion", flat=True))
    assert tied
    assert "" not in tied


def test_a_text_file_is_refused_in_words(draft, owner, signed_in):
    page = signed_in(owner).post(
        f"{T}/dossiers/{draft.pk}/evidence/", {"kind": "story", "file": upload("x.pdf", b"khong phai pdf")}
    )
    assert page.status_code == 422
    assert "Chỉ nhận tệp PDF" in page.content.decode()


def test_an_unknown_kind_and_impossible_dates_are_refused(draft, owner):
    with pytest.raises(ValidationError, match="danh mục"):
        add_evidence(draft, kind="passport", by=owner, upload=upload())
    dates = {"issued_on": dt.date(2026, 1, 2), "expires_on": dt.date(2026, 1, 1)}
    with pytest.raises(ValidationError, match="sau ngày cấp"):
        add_evidence(draft, kind="story", by=owner, upload=upload(), facts=dates)


def test_pages_come_as_pictures_and_the_file_as_attachment_both_logged(draft, owner, signed_in):
    paper, tab = _paper(draft), signed_in(owner)
    page = tab.get(f"{T}/evidence/{paper.pk}/pages/1.png", follow=True)
    assert page.content.startswith(b"\x89PNG")
    assert page["X-Content-Type-Options"] == "nosniff"
    assert tab.get(f"{T}/evidence/{paper.pk}/pages/2.png").status_code == 404
    file = tab.get(f"{T}/evidence/{paper.pk}/file/", follow=True)
    assert b"".join(file.streaming_content).startswith(b"%PDF")
    assert file["Content-Disposition"].startswith("attachment")
    assert list(Entry.objects.about(paper).values_list("action", flat=True))[:2] == [
        "file.download",
        "file.view",
    ]
    assert tab.get(f"{T}/evidence/{paper.pk}/").status_code == 200


@pytest.mark.parametrize("path", ["", "file/", "pages/1.png"])
def test_only_those_who_see_the_dossier_see_its_papers(
    make, path, other_owner, stranger, nobody, advisor, commune_officer, signed_in
):
    paper = _paper(make("forwarded"))
    for user in (other_owner, stranger, nobody):
        assert _status(signed_in(user), f"{T}/evidence/{paper.pk}/{path}") == 404
    for user in (advisor, commune_officer):
        assert _status(signed_in(user), f"{T}/evidence/{paper.pk}/{path}") == 200


def test_a_conflict_shuts_the_papers_too(make, advisor, signed_in):
    dossier = make("forwarded")
    Exclusion.objects.create(dossier=dossier, user=advisor, ground="Em của giám đốc")
    assert signed_in(advisor).get(f"{T}/evidence/{_paper(dossier).pk}/file/").status_code == 404


def test_a_paper_goes_until_filed_and_stays_afterwards(draft, make, owner, signed_in):
    paper, tab = _paper(draft), signed_in(owner)
    url = f"{T}/dossiers/{draft.pk}/evidence/{paper.pk}/remove/"
    assert tab.get(url).status_code == 200
    assert tab.post(url, {}).status_code == 302
    paper.refresh_from_db()
    assert paper.withdrawn_at is not None
    assert not draft.evidence.filter(paper=paper).exists()
    filed = make("submitted", name="Chè khác")
    with pytest.raises(ValidationError, match="đã nộp"):
        remove_evidence(filed, _paper(filed), by=owner)


def test_a_paper_is_used_again_for_another_product(draft, make, owner):
    other = make("draft", name="Chè đen")
    paper = _paper(draft)
    assert paper in library(other)
    reuse_evidence(other, paper, by=owner)
    assert paper not in library(other)


def test_what_has_run_out_stands_last_among_the_papers_at_hand(draft, make, owner, signed_in):
    other = make("draft", name="Chè đen")
    old, *_ = papers = library(other)
    EvidencePaper.objects.filter(pk=old.pk).update(expires_on=timezone.localdate() - dt.timedelta(days=1))
    page = signed_in(owner).get(f"{T}/dossiers/{other.pk}/evidence/")
    rows = page.context["library"]
    assert len(rows) == len(papers)
    assert [row["row"].pk for row in rows if row["expired"]] == [rows[-1]["row"].pk] == [old.pk]
    assert page.content.decode().count("đã hết hạn") == 1


def test_the_form_says_how_large_a_file_may_be(draft, owner, signed_in, settings):
    settings.FILE_MEGABYTES = settings.FILE_MEGABYTES | {"clip": 77}
    page = signed_in(owner).get(f"{T}/dossiers/{draft.pk}/evidence/").content.decode()
    assert "PDF tới 50 MB, ảnh 15 MB, Word và Excel 20 MB, clip MP4 77 MB." in page


def test_another_producers_paper_is_not_used(commune, draft, found, other_owner):
    theirs = make_complete_dossier(
        commune,
        producer=make_producer(commune, name="HTX khác", owner=other_owner),
        owner=other_owner,
        found=found,
        name="Măng",
    )
    with pytest.raises(ValidationError, match="không phải của chủ thể"):
        reuse_evidence(theirs, _paper(draft), by=other_owner)


def test_facts_are_mended(draft, owner, signed_in):
    paper = _paper(draft)
    url = f"{T}/dossiers/{draft.pk}/evidence/{paper.pk}/"
    tab = signed_in(owner)
    assert tab.get(url).status_code == 200
    given = {
        "kind": paper.kind,
        "title": "Bản công bố",
        "number": "7/CB",
        "issued_on": "01/02/2026",
        "criteria": ["1.1"],
    }
    assert tab.post(url, given).status_code == 302
    paper.refresh_from_db()
    assert (paper.title, paper.number, paper.issued_on) == ("Bản công bố", "7/CB", dt.date(2026, 2, 1))
    assert list(draft.evidence.filter(paper=paper).values_list("criterion", flat=True)) == ["1.1"]


def test_api_takes_and_gives_a_paper(draft, owner, stranger, signed_in):
    api = signed_in(owner)
    made = api.post(
        f"{T}/api/dossiers/{draft.pk}/evidence/",
        {"kind": "story", "file": upload("chuyen.pdf"), "number": "1"},
    )
    assert made.status_code == 201, made.content
    assert made.json()["sha256"] == EvidencePaper.objects.get(pk=made.json()["id"]).file.sha256
    file = f"{T}/api/evidence/{made.json()['id']}/file/"
    assert _status(api, file) == 200
    assert signed_in(stranger).get(file).status_code == 404
    bad = api.post(f"{T}/api/dossiers/{draft.pk}/evidence/", {"kind": "passport", "file": upload("x.pdf")})
    assert bad.status_code == 400
    assert list(bad.json()["errors"]) == ["kind"]


def test_a_dossier_holds_so_much_and_no_more(draft, owner, signed_in, settings):
    held = sum(
        draft.evidence.order_by("paper__file")
        .distinct("paper__file")
        .values_list("paper__file__size", flat=True)
    )
    almost = Fraction(held + len(pdf("Chuyện", 1)) - 1, MEGABYTE)
    settings.FILE_MEGABYTES = settings.FILE_MEGABYTES | {"dossier": almost}
    url = f"{T}/dossiers/{draft.pk}/evidence/"
    sent = signed_in(owner).post(url, {"kind": "story", "file": upload("c.pdf", pdf("Chuyện", 1))})
    assert sent.status_code == 422
    assert sent.context["form"].errors["file"] == [
        "Hồ sơ đã có 0 MB, thêm tệp này thì quá mức 0 MB. Hãy bỏ bớt hoặc nén tệp."
    ]
    replace_evidence(draft, _paper(draft), upload=upload("c.pdf", pdf("Chuyện", 1)), by=owner)
