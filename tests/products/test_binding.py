"""A filing bound: every page in its frame, the index right, the archive provable; a killed worker is followed."""

import datetime as dt
import hashlib
import io
import json
import re
import zipfile

import pikepdf
import pypdfium2
import pytest
from django.utils import timezone
from PIL import Image

from ocop.audit.models import Entry
from ocop.files.models import StoredFile
from ocop.files.store import keep_made
from ocop.orgs.models import UnitKind
from products.binding.handing import may_take_archive
from products.binding.making import LEASE, ask_for_book
from products.models import BoundDossier, EvidenceLink, EvidencePaper
from products.tasks import bind_dossiers
from products.vault.confirming import confirm, standing_of
from products.vault.papers import change_evidence
from tests import factories

pytestmark = pytest.mark.django_db


def picture(width: int, height: int) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (width, height), "darkgreen").save(kept, "JPEG")
    return kept.getvalue()


def turned(content: bytes) -> bytes:
    """The same pages, shown a quarter turned."""
    kept = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            page.rotate(90, relative=True)
        pdf.save(kept)
    return kept.getvalue()


@pytest.fixture
def add(owner):
    """One more paper of the dossier, tied to a criterion at a page."""

    def added(dossier, title, content, content_type, *, page=None, name="tep.pdf"):
        file = keep_made(content, name, content_type)
        paper = EvidencePaper.objects.create(
            producer=dossier.product.producer, kind="product_story", title=title, file=file, added_by=owner
        )
        EvidenceLink.objects.create(dossier=dossier, paper=paper, criterion="1.1", page=page)
        return paper

    return added


@pytest.fixture
def filed(draft, add, owner):
    add(draft, "Chuyện kể về cây quế", factories.pdf("Chuyện", 3), "application/pdf", page=2)
    add(draft, "Ảnh xưởng", picture(1600, 900), "image/jpeg")
    add(draft, "Bản vẽ quay ngang", turned(factories.pdf("Bản vẽ", 1)), "application/pdf")
    add(draft, "Sổ bán hàng", b"PK\x03\x04 no sheet", "application/vnd.ms-excel", name="so.xlsx")
    return factories._step(draft, "submit", timezone.now())


@pytest.fixture
def version(filed):
    return filed.versions.get()


@pytest.fixture
def bind(lai_chau, owner, run_task):
    def bound(version):
        ask_for_book(version, by=owner)
        run_task(bind_dossiers, lai_chau.pk)
        return BoundDossier.objects.select_related("pdf", "archive").get(version=version)

    return bound


def read(file) -> bytes:
    with file.open() as opened:
        return opened.read()


def words(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def test_every_page_says_what_it_is_and_of_which_filing(version, bind):
    made = bind(version)
    pages = words(read(made.pdf))
    assert made.pages == len(pages) == made.pdf.pages
    for number, text in enumerate(pages, start=1):
        assert version.receipt in text
        assert f"{number}/{len(pages)}" in text
    assert str(version.submitted_by) in pages[0]
    story = [text for text in pages if "Chuyện kể về cây quế" in text and "MỤC LỤC" not in text]
    assert len(story) == 3


def test_the_index_and_the_bookmarks_name_the_right_pages(version, bind):
    content = read(bind(version).pdf)
    pages = words(content)
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as outline:
        items = {it.title: it for it in outline.root}
        number = {page.objgen: at for at, page in enumerate(pdf.pages, start=1)}
        story = next(it for title, it in items.items() if "Chuyện kể về cây quế" in title)
        pinned = number[story.children[0].destination[0].objgen]
    first = next(at for at, text in enumerate(pages, 1) if "Chuyện kể" in text and "MỤC LỤC" not in text)
    assert pinned == first + 1  # the page that was pinned is its second
    index = next(text for text in pages if "MỤC LỤC" in text)
    assert f"{first}–{first + 2}" in index


def test_wide_and_turned_pages_lie_across(version, bind):
    content = read(bind(version).pdf)
    with pypdfium2.PdfDocument(content) as document:
        wide = {
            page.get_textpage().get_text_bounded().split(":")[0]
            for page in document
            if page.get_width() > page.get_height()
        }
    assert len(wide) == 2  # the photograph and the drawing


def test_what_has_no_pages_is_named_and_stands_in_the_archive(version, bind):
    made = bind(version)
    assert any("so.xlsx" in text and "ZIP" in text for text in words(read(made.pdf)))
    with zipfile.ZipFile(io.BytesIO(read(made.archive))) as archive:
        assert archive.testzip() is None
        sums = dict(
            reversed(line.split("  ", 1)) for line in archive.read("SHA256SUMS").decode().splitlines()
        )
        for name, digest in sums.items():
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest
        manifest = json.loads(archive.read("manifest.json"))
        assert manifest["digest"] == version.digest == sums["ho-so.json"]
        assert all(file["kept"] for file in manifest["files"])
        assert sum(name.endswith(".xlsx") for name in sums) == 1


def test_a_file_that_cannot_be_opened_does_not_stop_the_book(draft, add, bind):
    add(draft, "Giấy hỏng", b"%PDF-1.7 broken", "application/pdf")
    version = factories._step(draft, "submit", timezone.now()).versions.get()
    made = bind(version)
    assert any("Giấy hỏng" in text and "ZIP" in text for text in words(read(made.pdf)))


def test_asked_for_twice_it_is_bound_once(version, bind, owner):
    first = bind(version)
    again = bind(version)
    assert again.pdf_id == first.pdf_id
    assert Entry.objects.filter(action="dossier.bound").count() == 1


def test_personal_facts_that_changed_are_not_printed(version, bind):
    row = version.dossier.product.producer.personal
    row.permanent_address = "Nơi khác"
    row.save(update_fields=["permanent_address"])
    text = "".join(words(read(bind(version).pdf)))
    assert "Nơi khác" not in text
    assert "không còn lưu" in text


class TestResultsOfExtraTests:
    """They come after the filing: beside what the receipt names, never among it."""

    @pytest.fixture
    def accepted(self, make, officer):
        dossier = make("accepted")
        result = factories.make_result(dossier, "Chì, cadimi", by=officer, verdict="Dưới mức giới hạn")
        factories.make_result(dossier, "Chất bảo quản", by=officer, verdict="Sai mẫu", step="refuse")
        return dossier, result

    def test_follow_the_papers_in_book_and_archive(self, accepted, bind):
        dossier, result = accepted
        made = bind(dossier.versions.get())
        pages = words(read(made.pdf))
        index = next(text for text in pages if "MỤC LỤC" in text)
        assert "Kết quả kiểm nghiệm thêm 1: Phiếu kết quả Chì, cadimi" in index
        assert "Dưới mức giới hạn" in " ".join(index.split())
        assert not any("Chất bảo quản" in text for text in pages)
        assert "Chì, cadimi" in pages[-1]
        with zipfile.ZipFile(io.BytesIO(read(made.archive))) as archive:
            manifest = json.loads(archive.read("manifest.json"))
            [told] = manifest["extra_tests"]
            assert (told["sha256"], told["kept"], told["verdict"]) == (
                result.paper.file.sha256, True, "Dưới mức giới hạn",
            )  # fmt: skip
            assert hashlib.sha256(archive.read(told["name"])).hexdigest() == result.paper.file.sha256
            assert f"{told['sha256']}  {told['name']}" in archive.read("SHA256SUMS").decode()
        filed = [it["file"]["sha256"] for it in dossier.versions.get().content["papers"]]
        assert [it["sha256"] for it in manifest["files"]] == filed

    def test_one_accepted_later_is_bound_when_it_is_asked_for_again(self, make, officer, bind, signed_in):
        dossier = make("accepted")
        version = dossier.versions.get()
        before = bind(version)
        base = f"/lai-chau/dossiers/{dossier.pk}/versions/1/"
        assert "Đóng quyển lại" not in signed_in(officer).get(base).text
        result = factories.make_result(dossier, "Chì, cadimi", by=officer, verdict="Dưới mức giới hạn")
        assert "Đóng quyển lại" in signed_in(officer).get(base).text
        api = f"/lai-chau/api/dossiers/{dossier.pk}/versions/1/bound/"
        assert signed_in(officer).get(api).json()["is_behind"] is True
        after = bind(version)
        assert (after.pk, after.results, after.pages) == (before.pk, [result.pk], before.pages + 1)
        assert not StoredFile.objects.filter(pk__in=[before.pdf_id, before.archive_id]).exists()
        assert bind(version).pdf_id == after.pdf_id
        assert Entry.objects.filter(action="dossier.bind").count() == 2


class TestWordsOfOffices:
    """What an office said of a paper stands in book and archive, as it was when they were made."""

    KIND = "production_eligibility"

    @pytest.fixture
    def say(self, province):
        unit = factories.make_unit("Sở Nông nghiệp và Môi trường", UnitKind.DEPARTMENT, parent=province)
        grower = factories.make_user("so.nn", "Đinh Thị Lan", role="sector_officer", unit=unit)

        def said(dossier, verdict, note=""):
            paper = self.paper_of(dossier)
            before = standing_of(paper)
            return confirm(
                paper, verdict, note=note, revision=paper.revision, seen=before and before.pk, by=grower
            )

        return said

    def paper_of(self, dossier):
        return EvidencePaper.objects.filter(links__dossier=dossier, kind=self.KIND).distinct().get()

    def told(self, made):
        """The archive's line of every paper, and when the words were read."""
        with zipfile.ZipFile(io.BytesIO(read(made.archive))) as archive:
            manifest = json.loads(archive.read("manifest.json"))
        words = {it["title"]: it["confirmation"] for it in manifest["files"]}
        return words, dt.datetime.fromisoformat(manifest["confirmations_as_of"])

    def test_stand_in_index_and_manifest_with_office_day_and_remark(self, make, say, bind):
        dossier = make("submitted")
        word = say(dossier, "not_genuine", "Số 12/2026 không có trong sổ cấp.")
        before, made = timezone.now(), bind(dossier.versions.get())
        index = " ".join(next(it for it in words(read(made.pdf)) if "MỤC LỤC" in it).split())
        day = f"{timezone.localdate():%d/%m/%Y}"
        line = f"Sở Nông nghiệp và Môi trường: không phải giấy đã cấp (ngày {day}): Số 12/2026 không có trong sổ cấp."
        assert index.count(line) == 1
        assert re.search(rf"ghi theo lúc đóng quyển: \d\d:\d\d ngày {day}", index)
        told, at = self.told(made)
        assert told.pop(self.paper_of(dossier).title) == {
            "verdict": "not_genuine", "unit": "Sở Nông nghiệp và Môi trường", "at": word.at.isoformat(),
            "note": "Số 12/2026 không có trong sổ cấp.",
        }  # fmt: skip
        assert set(told.values()) == {None}
        assert before <= at <= timezone.now()

    def test_a_book_that_says_otherwise_is_bound_anew(self, make, say, bind, owner, signed_in):
        dossier = make("submitted")
        version, page = dossier.versions.get(), f"/lai-chau/dossiers/{dossier.pk}/versions/1/"
        first = bind(version)
        assert "MỤC LỤC" in "".join(words(read(first.pdf)))
        assert "đóng quyển:" not in " ".join(words(read(first.pdf)))
        assert "Đóng quyển lại" not in signed_in(owner).get(page).text
        say(dossier, "genuine")
        assert "đã khác với lúc đóng quyển này" in signed_in(owner).get(page).text
        assert (
            signed_in(owner).get(f"/lai-chau/api/dossiers/{dossier.pk}/versions/1/bound/").json()["is_behind"]
        )
        second = bind(version)
        assert second.pdf_id != first.pdf_id
        assert self.told(second)[0][self.paper_of(dossier).title]["verdict"] == "genuine"
        assert bind(version).pdf_id == second.pdf_id
        corrected = say(dossier, "unclear", "Đang hỏi lại huyện cấp.")
        assert bind(version).words == [corrected.pk]

    def test_of_facts_that_are_others_since_is_no_word_on_what_was_filed(self, make, say, bind, owner):
        dossier = make("returned")
        version = dossier.versions.get()
        say(dossier, "genuine")
        change_evidence(dossier, self.paper_of(dossier), by=owner, facts={"number": "77/2026"})
        say(dossier, "not_genuine", "Số 77 là của cơ sở khác.")
        assert set(self.told(bind(version))[0].values()) == {None}


class TestAWorker:
    def test_leaves_alone_what_another_is_at(self, version, owner, lai_chau, run_task):
        ask_for_book(version, by=owner)
        BoundDossier.objects.update(busy_until=timezone.now() + LEASE)
        run_task(bind_dossiers, lai_chau.pk)
        assert BoundDossier.objects.get().pdf_id is None

    def test_takes_up_what_a_killed_one_left(self, version, owner, lai_chau, run_task):
        ask_for_book(version, by=owner)
        BoundDossier.objects.update(
            busy_until=timezone.now() - dt.timedelta(seconds=1), pages_done=40, pages=90
        )
        run_task(bind_dossiers, lai_chau.pk)
        made = BoundDossier.objects.get()
        assert made.pdf_id is not None
        assert made.pages_done == made.pages < 40


class TestThePages:
    def test_ask_watch_and_take(self, version, owner, signed_in, lai_chau, run_task):
        client, receipt = signed_in(owner), f"/lai-chau/dossiers/{version.dossier_id}/versions/1/"
        assert client.post(f"{receipt}bound/").status_code == 302
        BoundDossier.objects.update(pages=12, pages_done=6)
        waiting = client.get(receipt).content.decode()
        assert "6/12" in waiting
        assert 'hx-trigger="every 2s"' in waiting
        run_task(bind_dossiers, lai_chau.pk)
        assert "hx-trigger" not in client.get(f"{receipt}bound/").content.decode()
        for kind, start in (("pdf", b"%PDF-"), ("zip", b"PK")):
            response = client.get(f"{receipt}bound/{kind}/", follow=True)
            assert b"".join(response.streaming_content).startswith(start)
            assert f".{kind}" in response.headers["Content-Disposition"]
        assert Entry.objects.filter(action="file.download", actor=owner).count() == 2

    def test_others_take_the_book_under_their_name_and_a_member_no_archive(
        self, version, bind, owner, officer, signed_in
    ):
        bind(version)
        base = f"/lai-chau/dossiers/{version.dossier_id}/versions/{version.number}/bound/"
        own, theirs = (
            b"".join(signed_in(who).get(f"{base}pdf/", follow=True).streaming_content)
            for who in (owner, officer)
        )
        made = BoundDossier.objects.get(version=version)
        assert hashlib.sha256(own).hexdigest() == made.pdf.sha256
        assert (theirs[:5], hashlib.sha256(theirs).hexdigest() == made.pdf.sha256) == (b"%PDF-", False)
        assert Entry.objects.filter(action="file.download", data__marked=True).count() == 1
        assert not may_take_archive(version.dossier, factories.make_user("khach", "Khách"))

    def test_the_archive_of_others_says_both_hashes_of_each_file(
        self, version, bind, owner, officer, signed_in
    ):
        """PDFs and pictures carry the taker's name; what cannot be marked is the original and says so."""
        made = bind(version)
        address = f"/lai-chau/dossiers/{version.dossier_id}/versions/{version.number}/bound/zip/"
        own, theirs = (
            b"".join(signed_in(who).get(address, follow=True).streaming_content) for who in (owner, officer)
        )
        assert hashlib.sha256(own).hexdigest() == made.archive.sha256
        with zipfile.ZipFile(io.BytesIO(own)) as mine, zipfile.ZipFile(io.BytesIO(theirs)) as copy:
            assert copy.testzip() is None
            assert copy.read("SHA256SUMS.ban-goc") == mine.read("SHA256SUMS")
            told = json.loads(copy.read("manifest.json"))
            for it in told["copies"]:
                original, sent = mine.read(it["name"]), copy.read(it["name"])
                assert hashlib.sha256(original).hexdigest() == it["sha256_original"]
                assert hashlib.sha256(sent).hexdigest() == it["sha256_in_this_zip"]
                assert f"{it['sha256_in_this_zip']}  {it['name']}\n" in copy.read("SHA256SUMS").decode()
                assert it["marked"] == (original != sent) == (not it["name"].endswith((".xlsx", ".json")))
                assert "why" in it or it["marked"]
            photo = next(it["name"] for it in told["copies"] if it["name"].endswith(".jpg"))
            with Image.open(io.BytesIO(copy.read(photo))) as marked:
                assert (marked.size, marked.format) == ((1600, 900), "JPEG")
            assert words(copy.read("ho-so.pdf")) == words(mine.read("ho-so.pdf"))
        assert {it["name"] for it in told["copies"]} >= {it["name"] for it in told["files"]}
        assert {it["sha256"] for it in told["files"]} <= {it["sha256_original"] for it in told["copies"]}
        assert officer.get_full_name() in told["marked_for"]
        assert "khác bản gốc" in told["note"]
        entry = Entry.objects.filter(action="file.download", actor=officer).get()
        assert entry.data == {"file": made.archive_id, "sha256": made.archive.sha256, "marked": True}

    def test_a_file_that_cannot_be_written_anew_goes_as_it_is(self, draft, add, bind, officer, signed_in):
        add(draft, "Giấy hỏng", b"%PDF-1.7 broken", "application/pdf")
        add(draft, "Ảnh hỏng", b"\xff\xd8\xff no picture", "image/jpeg", name="anh.jpg")
        version = factories._step(draft, "submit", timezone.now()).versions.get()
        bind(version)
        address = f"/lai-chau/dossiers/{version.dossier_id}/versions/1/bound/zip/"
        content = b"".join(signed_in(officer).get(address, follow=True).streaming_content)
        with zipfile.ZipFile(io.BytesIO(content)) as copy:
            told = json.loads(copy.read("manifest.json"))["copies"]
            plain = {it["name"] for it in told if not it["marked"]}
            assert {name.rpartition("-")[2] for name in plain} == {"hong.pdf", "hong.jpg", "so.json"}
            assert all(it["sha256_original"] == it["sha256_in_this_zip"] for it in told if not it["marked"])

    def test_the_page_says_whose_name_is_on_it(self, version, bind, owner, officer, signed_in):
        bind(version)
        receipt = f"/lai-chau/dossiers/{version.dossier_id}/versions/1/"
        said = [("in tên bạn" in signed_in(who).get(receipt).text) for who in (officer, owner)]
        assert said == [True, False]

    def test_another_producer_finds_nothing(self, version, other_owner, signed_in):
        address = f"/lai-chau/dossiers/{version.dossier_id}/versions/1/bound/"
        assert signed_in(other_owner).post(address).status_code == 404
        assert not BoundDossier.objects.exists()


def test_over_the_api(version, owner, signed_in, lai_chau, run_task):
    client, base = signed_in(owner), f"/lai-chau/api/dossiers/{version.dossier_id}/versions/1/"
    assert client.get(f"{base}bound/").status_code == 404
    asked = client.post(f"{base}bound/")
    assert (asked.status_code, asked.json()["is_made"]) == (202, False)
    assert client.get(f"{base}bound/pdf/").status_code == 404
    run_task(bind_dossiers, lai_chau.pk)
    told = client.get(f"{base}bound/").json()
    content = b"".join(client.get(f"{base}bound/zip/", follow=True).streaming_content)
    assert hashlib.sha256(content).hexdigest() == told["zip_sha256"]
    assert client.get(f"{base}changes/").json() == []
