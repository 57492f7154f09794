"""The page that proves a criterion: named by the producer, opened for whoever reads it, lost with words."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ocop.audit.models import Entry
from products.desks.checking import save_check
from products.dossiers.freezing import frozen
from products.dossiers.whole import load
from products.models import EvidenceLink
from products.vault.papers import add_evidence, replace_evidence, tie
from products.vault.pins import pin_page
from products.workflow import DOSSIER
from tests.factories import pdf, upload
from tests.files import broken

T = "/lai-chau"


@pytest.fixture
def paper(draft, owner):
    """Four pages, tied to two criteria."""
    return add_evidence(
        draft, kind="story", by=owner, upload=upload("chuyen.pdf", pdf("Chuyện", 4)), criteria=["1.1", "1.2"]
    )


def _pages(dossier):
    pinned = EvidenceLink.objects.filter(dossier=dossier, page__isnull=False).order_by("criterion")
    return list(pinned.values_list("criterion", "page"))


def test_the_open_page_is_pinned_and_opens_there(draft, paper, owner, signed_in):
    tab, url = signed_in(owner), f"{T}/dossiers/{draft.pk}/score/1.1/"
    opened = tab.get(f"{url}?paper={paper.pk}&page=3").content.decode()
    assert 'name="page" value="3"' in opened
    pinned = tab.post(f"{url}pins/{paper.pk}/", {"page": 3})
    assert pinned["Location"] == f"{url}?paper={paper.pk}#minh-chung"
    page = tab.get(pinned["Location"])
    assert f"/evidence/{paper.pk}/pages/3.png" in page.content.decode()
    assert "4 trang, ghim trang 3" in page.content.decode()
    assert page.context["paper"]["page"] == 3
    turned = tab.get(f"{url}?paper={paper.pk}&page=4")
    assert (turned.context["paper"]["page"], turned.context["paper"]["pin"]) == (4, 3)
    assert tab.get(f"{T}/dossiers/{draft.pk}/score/1.2/?paper={paper.pk}").context["paper"]["page"] == 1
    entry = Entry.objects.about(paper).filter(action="evidence.pin").get()
    assert (entry.role, entry.data["criterion"], entry.data["page"]) == ("producer", "1.1", 3)


@pytest.mark.parametrize(
    ("page", "words"), [("5", "có 4 trang: hãy ghi số từ 1 đến 4"), ("0", "lớn hơn"), ("hai", "bằng chữ số"), ("", "còn trống")]
)  # fmt: skip
def test_a_page_that_is_not_there_is_said_at_its_field(draft, paper, owner, signed_in, page, words):
    answer = signed_in(owner).post(f"{T}/dossiers/{draft.pk}/score/1.1/pins/{paper.pk}/", {"page": page})
    assert answer.status_code == 422
    assert words in " ".join(answer.context["pin_form"].errors["page"])
    assert f'name="page" value="{page}"' in answer.content.decode() or not page
    assert answer.context["paper"]["key"] == paper.pk
    assert _pages(draft) == []


def test_the_pin_is_taken_out(draft, paper, owner, signed_in):
    pin_page(draft, paper, "1.1", 2, by=owner)
    tab, url = signed_in(owner), f"{T}/dossiers/{draft.pk}/score/1.1/"
    assert "Bỏ ghim trang 2" in tab.get(f"{url}?paper={paper.pk}").content.decode()
    assert tab.post(f"{url}pins/{paper.pk}/", {"clear": "1"}).status_code == 302
    assert _pages(draft) == []


def test_only_criteria_it_is_tied_to_and_only_its_people(
    draft, paper, owner, other_owner, stranger, commune_officer, advisor, signed_in
):
    with pytest.raises(ValidationError, match=r"chưa gắn với tiêu chí 2\.1"):
        pin_page(draft, paper, "2.1", 1, by=owner)
    tie(draft, paper, [])
    with pytest.raises(ValidationError, match="chưa gắn"):
        pin_page(draft, paper, "", 1, by=owner)
    tie(draft, paper, ["1.1"])
    url = f"{T}/dossiers/{draft.pk}/score/1.1/pins/{paper.pk}/"
    assert signed_in(owner).post(url.replace("1.1", "9.9"), {"page": 1}).status_code == 404
    assert signed_in(owner).post(url.replace(f"/{paper.pk}/", "/0/"), {"page": 1}).status_code == 404
    for user in (other_owner, stranger, advisor):  # a draft is not yet the advisory team's
        assert signed_in(user).post(url, {"page": 1}).status_code == 404
    assert signed_in(commune_officer).post(url, {"page": 1}).status_code == 302


def test_once_filed_it_stands_and_the_filing_keeps_it(draft, paper, owner, signed_in):
    pin_page(draft, paper, "1.1", 2, by=owner)
    (kept,) = [it for it in frozen(load(draft))["papers"] if it["id"] == paper.pk]
    assert (kept["criteria"], kept["pages"]) == (["1.1", "1.2"], {"1.1": 2})
    filed = DOSSIER.take("submit", draft, by=owner, data={"confirmed": True})
    sent = signed_in(owner).post(
        f"{T}/dossiers/{filed.pk}/score/1.1/pins/{paper.pk}/", {"page": 3}, follow=True
    )
    assert "đã nộp nên không sửa được" in sent.content.decode()
    assert _pages(filed) == [("1.1", 2)]


def test_the_database_keeps_pins_to_criteria(draft, paper):
    links = EvidenceLink.objects.filter(dossier=draft, paper=paper)
    with pytest.raises(IntegrityError, match="products_evidence_page_of_a_criterion"), transaction.atomic():
        links.update(page=0)
    tie(draft, paper, [])
    with pytest.raises(IntegrityError, match="products_evidence_page_of_a_criterion"), transaction.atomic():
        links.update(page=1)


# ── another file in its place ──


def test_a_shorter_file_loses_the_pins_it_has_no_page_for_and_says_so(draft, paper, owner, signed_in):
    pin_page(draft, paper, "1.1", 2, by=owner)
    pin_page(draft, paper, "1.2", 4, by=owner)
    url = f"{T}/dossiers/{draft.pk}/evidence/{paper.pk}/"
    given = {"kind": "story", "title": "Chuyện sản phẩm", "number": "7", "criteria": ["1.1", "1.2"]}
    sent = signed_in(owner).post(url, {**given, "file": upload("moi.pdf", pdf("Mới", 2))}, follow=True)
    assert (
        "Tệp mới chỉ có 2 trang nên bỏ ghim: trang 4 ở tiêu chí 1.2. Hãy ghim lại." in sent.content.decode()
    )
    assert _pages(draft) == [("1.1", 2)]
    paper.refresh_from_db()
    assert paper.withdrawn_at is not None
    new = EvidenceLink.objects.filter(dossier=draft, criterion="1.1", page=2).get().paper
    assert (new.title, new.number, new.file.pages) == ("Chuyện sản phẩm", "7", 2)


def test_a_longer_file_keeps_them_all_and_the_earlier_paper_stays_where_else_it_is_used(
    draft, make, paper, owner
):
    other = make("draft", name="Chè đen")
    tie(other, paper, ["1.1"])
    pin_page(other, paper, "1.1", 3, by=owner)
    pin_page(draft, paper, "1.2", 4, by=owner)
    done = replace_evidence(draft, paper, upload=upload("moi.pdf", pdf("Mới", 5)), by=owner)
    assert (done.lost, done.words) == ([], "")
    assert _pages(draft) == [("1.2", 4)]
    assert _pages(other) == [("1.1", 3)]
    paper.refresh_from_db()
    assert paper.withdrawn_at is None


def test_a_criterion_that_is_untied_takes_its_pin_with_it(draft, paper, owner, signed_in):
    pin_page(draft, paper, "1.2", 4, by=owner)
    given = {"kind": "story", "title": "Chuyện", "criteria": ["1.1"]}
    url = f"{T}/dossiers/{draft.pk}/evidence/{paper.pk}/"
    sent = signed_in(owner).post(url, {**given, "file": upload("moi.pdf", pdf("Mới", 9))})
    assert sent.status_code == 302
    assert _pages(draft) == []


def test_a_pin_asks_for_no_second_look_at_the_paper(make, owner, commune_officer):
    dossier = make("commune_returned")
    paper = EvidenceLink.objects.filter(dossier=dossier, paper__kind="quality_declaration").first().paper
    code = EvidenceLink.objects.filter(dossier=dossier, paper=paper).first().criterion
    pin_page(dossier, paper, code, 1, by=owner)
    dossier = DOSSIER.take("resubmit", dossier, by=owner, data={"confirmed": True})
    assert dossier.checks.filter(item="paper:quality_declaration").exists()
    save_check(dossier, "plan", "ok", by=commune_officer)


# ── who reads ──


def test_commune_and_team_find_the_page_in_their_lists(make, owner, commune_officer, advisor, signed_in):
    dossier = make("commune_returned")
    link = EvidenceLink.objects.filter(dossier=dossier, paper__kind="quality_declaration").first()
    pin_page(dossier, link.paper, link.criterion, 1, by=owner)
    DOSSIER.take("resubmit", dossier, by=owner, data={"confirmed": True})
    for path in ("check/", "evidence/", "review/"):
        page = signed_in(commune_officer).get(f"{T}/dossiers/{dossier.pk}/{path}").content.decode()
        assert f'/evidence/{link.paper_id}/?page=1">trang 1</a>' in page, path


def test_api_lists_pins_and_replaces(draft, paper, owner, advisor, signed_in):
    api, url = signed_in(owner), f"{T}/api/dossiers/{draft.pk}/evidence/"
    put = {"content_type": "application/json"}
    assert api.put(f"{url}{paper.pk}/pages/1.2/", {"page": 4}, **put).json() == {
        "criterion": "1.2",
        "page": 4,
    }
    bad = api.put(f"{url}{paper.pk}/pages/1.2/", {"page": 9}, **put)
    assert (bad.status_code, list(bad.json()["errors"])) == (400, ["page"])
    assert api.put(f"{url}0/pages/1.2/", {"page": 1}, **put).status_code == 404
    (listed,) = [it for it in api.get(url).json() if it["paper"]["id"] == paper.pk]
    assert listed["places"] == [{"criterion": "1.1", "page": None}, {"criterion": "1.2", "page": 4}]
    sent = api.post(f"{url}{paper.pk}/file/", {"file": upload("moi.pdf", pdf("Mới", 2))})
    assert sent.status_code == 200, sent.content
    assert sent.json()["lost"] == [{"criterion": "1.2", "page": 4}]
    assert signed_in(advisor).put(f"{url}{paper.pk}/pages/1.2/", {"page": 1}, **put).status_code == 404


# ── clips and files without pages ──


@pytest.fixture
def clip(draft, owner):
    """Ten seconds, tied to one criterion."""
    return add_evidence(
        draft, kind="story", by=owner, upload=upload("che-bien.mp4", broken.CLIP), criteria=["1.1"]
    )


def test_the_second_of_a_clip_is_pinned_and_it_opens_there(draft, clip, owner, signed_in):
    tab, url = signed_in(owner), f"{T}/dossiers/{draft.pk}/score/1.1/"
    page = tab.get(f"{url}?paper={clip.pk}").content.decode()
    assert f'src="/lai-chau/evidence/{clip.pk}/clip/"' in page
    assert "clip 0:10" in page
    bad = tab.post(f"{url}pins/{clip.pk}/", {"page": 11})
    assert bad.context["pin_form"].errors["page"] == [f"“{clip.title}” dài 10 giây: hãy ghi số từ 1 đến 10."]
    said = tab.post(f"{url}pins/{clip.pk}/", {"page": 7}, follow=True).content.decode()
    assert "Đã ghim giây 0:07." in said
    assert f'src="/lai-chau/evidence/{clip.pk}/clip/#t=7"' in said
    assert "Bỏ ghim giây 0:07" in said
    listed = tab.get(f"{T}/dossiers/{draft.pk}/evidence/").content.decode()
    assert f'/evidence/{clip.pk}/?page=7">giây 7</a>' in listed


def test_a_page_is_no_second(draft, clip, owner):
    pin_page(draft, clip, "1.1", 2, by=owner)
    done = replace_evidence(draft, clip, upload=upload("moi.pdf", pdf("Mới", 5)), by=owner)
    assert done.lost == [("1.1", 2)]
    assert done.words == "Tệp mới không có chỗ đã ghim nên bỏ ghim: giây 0:02 ở tiêu chí 1.1. Hãy ghim lại."
    assert _pages(draft) == []


def test_a_word_file_is_handed_out_and_not_pinned(draft, owner, signed_in):
    word = add_evidence(
        draft, kind="story", by=owner, upload=upload("a.docx", broken.office()), criteria=["1.1"]
    )
    with pytest.raises(ValidationError, match="không có trang để ghim"):
        pin_page(draft, word, "1.1", 1, by=owner)
    page = signed_in(owner).get(f"{T}/dossiers/{draft.pk}/score/1.1/?paper={word.pk}").content.decode()
    assert "Tệp DOCX không xem được trong trang; hãy tải về để mở." in page
    assert f"pins/{word.pk}/" not in page
    assert signed_in(owner).get(f"{T}/evidence/{word.pk}/pages/1.png").status_code == 404
    assert signed_in(owner).get(f"{T}/evidence/{word.pk}/clip/").status_code == 404


def test_a_clip_comes_in_the_parts_that_are_asked_for(draft, clip, owner, stranger, signed_in):
    tab, url, size = signed_in(owner), f"{T}/evidence/{clip.pk}/clip/", len(broken.CLIP)

    def part(asked):
        answer = tab.get(url, headers={"range": asked}, follow=True)
        return answer.status_code, answer.headers.get("Content-Range"), answer.getvalue()

    assert part("bytes=0-") == (206, f"bytes 0-{size - 1}/{size}", broken.CLIP)
    assert part("bytes=100-199") == (206, f"bytes 100-199/{size}", broken.CLIP[100:200])
    assert part("bytes=-50") == (206, f"bytes {size - 50}-{size - 1}/{size}", broken.CLIP[-50:])
    assert part(f"bytes={size}-") == (416, f"bytes */{size}", b"")
    assert part("bytes=0-1,5-9")[::2] == (200, broken.CLIP)
    assert Entry.objects.about(clip).filter(action="file.view").count() == 2  # its beginning, and the whole
    assert signed_in(stranger).get(url).status_code == 404
