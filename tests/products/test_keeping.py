"""A paper put into the vault before any dossier asks: its facts, who may, tied later without a second upload."""

import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from ocop.audit.models import Entry
from ocop.files.models import StoredFile
from ocop.files.uploads import append, begin, fingerprint, finish
from products.models import EvidencePaper
from products.vault.keeping import (
    change_in_vault,
    place_in_vault,
    put_in_vault,
    put_received,
    take_from_vault,
)
from products.vault.papers import (
    change_evidence,
    place_of_paper,
    remove_evidence,
    replace_evidence,
    replace_received,
    reuse_evidence,
)
from tests.factories import make_producer, pdf, upload
from tests.files.broken import picture

T = "/lai-chau"
FACTS = {"title": "Phiếu kiểm nghiệm", "number": "77/KN", "issuer": "Quatest 1", "scope": "Lô tháng 11"}


@pytest.fixture
def kept(producer, owner):
    return put_in_vault(producer, kind="test_report", by=owner, upload=upload("kn.pdf"), facts=FACTS)


def told(content):
    """What a program says of a file before it sends it."""
    digest = fingerprint(io.BytesIO(content), len(content))
    return {"name": "giấy.pdf", "size": len(content), "digest": digest}


def _criteria(dossier, paper):
    return sorted(paper.links.filter(dossier=dossier).values_list("criterion", flat=True))


def test_she_adds_it_on_a_page_with_its_facts(producer, owner, signed_in):
    tab, url = signed_in(owner), f"{T}/producers/{producer.pk}/papers/"
    assert f"{url}new/" in tab.get(url).content.decode()
    assert tab.get(f"{url}new/").status_code == 200
    given = {**FACTS, "kind": "test_report", "issued_on": "01/02/2026", "expires_on": "01/02/2027"}
    answer = tab.post(f"{url}new/", {**given, "file": upload("kn.pdf")})
    assert answer.status_code == 302
    paper = EvidencePaper.objects.get(number="77/KN")
    assert (paper.producer, paper.is_kept, paper.scope) == (producer, True, "Lô tháng 11")
    assert (paper.issued_on, paper.expires_on) == (dt.date(2026, 2, 1), dt.date(2027, 2, 1))
    assert paper.reading.outcome == "waiting"
    assert Entry.objects.about(paper).get().action == "evidence.add"
    page = tab.get(url).content.decode()
    assert "Phiếu kiểm nghiệm" in page
    assert "chưa dùng" in page


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"kind": "test_report"}, "Hãy chọn tệp hoặc chụp ảnh giấy tờ."),
        ({"kind": "passport", "file": True}, "Hãy chọn loại giấy tờ trong danh mục."),
        ({"kind": "test_report", "file": b"MZ\x90\x00" + bytes(100)}, "Đây là chương trình hoặc tập lệnh"),
        ({"kind": "test_report", "file": True, "issued_on": "2/2/2026", "expires_on": "1/2/2026"},
         "Ngày hết hạn phải sau ngày cấp."),
        ({"kind": "test_report", "file": b""}, "Tệp rỗng. Hãy chọn lại tệp."),
        ({"kind": "test_report", "received": "1f1d1c1b-0000-4000-8000-000000000000"}, "Hãy chọn lại tệp."),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_said_at_its_field(producer, owner, signed_in, given, sentence):
    if "file" in given:
        given = {
            **given,
            "file": SimpleUploadedFile("a.pdf", pdf() if given["file"] is True else given["file"]),
        }
    page = signed_in(owner).post(f"{T}/producers/{producer.pk}/papers/new/", given)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not EvidencePaper.objects.exists()


def test_who_may_put_and_see_it(
    kept, producer, owner, other_owner, commune_officer, officer, advisor, stranger, nobody, signed_in
):
    new, own = f"{T}/producers/{producer.pk}/papers/new/", f"{T}/evidence/{kept.pk}/"
    edit = f"{T}/producers/{producer.pk}/papers/{kept.pk}/"
    statuses = {
        user.username: tuple(signed_in(user).get(url).status_code for url in (new, own, edit))
        for user in (owner, commune_officer, officer, advisor, other_owner, stranger, nobody)
    }
    assert statuses == {
        owner.username: (200, 200, 200),
        commune_officer.username: (200, 200, 200),  # who fills for a producer without an account
        officer.username: (403, 404, 404),  # nothing was sent up yet
        advisor.username: (403, 404, 404),
        other_owner.username: (404, 404, 404),
        stranger.username: (404, 404, 404),
        nobody.username: (404, 404, 404),
    }
    with pytest.raises(PermissionDenied):
        put_in_vault(producer, kind="test_report", by=officer, upload=upload())


def test_of_another_producer_it_has_no_address_here(kept, commune, other_owner, signed_in):
    theirs = make_producer(commune, name="Hộ khác", owner=other_owner)
    tab = signed_in(other_owner)
    for path in ("", "remove/"):
        assert tab.get(f"{T}/producers/{theirs.pk}/papers/{kept.pk}/{path}").status_code == 404


def test_it_proves_in_two_dossiers_without_a_second_upload(kept, draft, make, owner, signed_in):
    other, tab = make("draft", name="Chè đen"), signed_in(owner)
    files = StoredFile.objects.count()
    tab.post(f"{T}/dossiers/{draft.pk}/evidence/{kept.pk}/reuse/")
    answer = tab.post(f"{T}/dossiers/{other.pk}/evidence/{kept.pk}/reuse/", {"criterion": "1.1"})
    assert f"/dossiers/{other.pk}/score/1.1/?paper={kept.pk}" in answer.headers["Location"]
    assert StoredFile.objects.count() == files
    assert "1.1" not in _criteria(draft, kept)
    assert len(_criteria(draft, kept)) >= 1
    assert _criteria(other, kept) == ["1.1"]
    tab.post(f"{T}/dossiers/{other.pk}/evidence/{kept.pk}/reuse/", {"criterion": "1.2"})
    assert _criteria(other, kept) == ["1.1", "1.2"]


def test_a_criterion_offers_what_lies_in_the_vault(kept, draft, owner, advisor, signed_in):
    url = f"{T}/dossiers/{draft.pk}/score/1.1/"
    tab = signed_in(owner)
    page = tab.get(url).content.decode()
    assert f"/evidence/{kept.pk}/reuse/" in page
    tab.post(f"{T}/dossiers/{draft.pk}/evidence/{kept.pk}/reuse/", {"criterion": "1.1"})
    assert f"/evidence/{kept.pk}/reuse/" not in tab.get(url).content.decode()


def test_a_criterion_that_is_none_is_refused(kept, draft, owner):
    with pytest.raises(ValidationError, match=r"Không có tiêu chí 99\.9"):
        reuse_evidence(draft, kept, by=owner, criterion="99.9")
    assert not kept.links.exists()


def test_a_dossier_that_lets_it_go_leaves_it_in_the_vault(kept, draft, owner):
    reuse_evidence(draft, kept, by=owner)
    remove_evidence(draft, kept, by=owner)
    kept.refresh_from_db()
    assert kept.withdrawn_at is None
    reuse_evidence(draft, kept, by=owner)
    new = replace_evidence(draft, kept, upload=upload("moi.pdf"), by=owner).paper
    kept.refresh_from_db()
    assert (bool(kept.withdrawn_at), new.is_kept) == (True, True)  # one lies in the place of the other


def test_its_facts_are_corrected_until_a_dossier_is_filed_with_it(kept, draft, make, owner, signed_in):
    url, tab = f"{T}/producers/{kept.producer_id}/papers/{kept.pk}/", signed_in(owner)
    reuse_evidence(draft, kept, by=owner)
    given = {**FACTS, "kind": "test_report", "number": "78/KN"}
    assert tab.post(url, given).status_code == 302
    kept.refresh_from_db()
    assert kept.number == "78/KN"
    filed = make("submitted", name="Chè xanh")
    kept.links.create(dossier=filed, criterion="1.1")
    page = tab.post(url, {**given, "number": "79/KN"})
    assert page.status_code == 422
    assert "Giấy tờ đã nộp trong hồ sơ Chè xanh nên không sửa được." in page.content.decode()
    kept.refresh_from_db()
    assert kept.number == "78/KN"


def test_it_leaves_the_vault_while_nothing_uses_it(kept, draft, owner, signed_in):
    tab, vault = signed_in(owner), f"{T}/producers/{kept.producer_id}/papers/"
    reuse_evidence(draft, kept, by=owner)
    page = tab.post(f"{vault}{kept.pk}/remove/", follow=True).content.decode()
    assert f"Giấy tờ đang dùng trong hồ sơ {draft.product.name}. Hãy bỏ khỏi hồ sơ trước." in page
    remove_evidence(draft, kept, by=owner)
    assert tab.get(f"{vault}{kept.pk}/remove/").status_code == 200
    assert "Đã bỏ giấy tờ khỏi kho." in tab.post(f"{vault}{kept.pk}/remove/", follow=True).content.decode()
    for deed in (lambda: take_from_vault(kept, by=owner), lambda: change_in_vault(kept, by=owner, facts={}),
                 lambda: reuse_evidence(draft, kept, by=owner)):  # fmt: skip
        with pytest.raises(ValidationError, match="đã được bỏ khỏi kho"):
            deed()


# ── in pieces ──


def _sent(place, by, content):
    begun = begin(place, **told(content), by=by)
    for at in range(0, len(content), 1 << 20):
        begun = append(begun, at, content[at : at + (1 << 20)])
    return finish(begun)


def test_in_pieces_and_sent_twice_it_is_one_paper(producer, owner):
    key = _sent(place_in_vault(producer), owner, pdf("từng mảnh")).key
    one, two = (put_received(producer, key, kind="story", by=owner) for _ in range(2))
    assert one == two
    assert one.is_kept


def test_a_file_that_came_in_pieces_for_one_paper_replaces_that_one_alone(kept, draft, owner):
    reuse_evidence(draft, kept, by=owner)
    other = put_in_vault(kept.producer, kind="test_report", by=owner, upload=upload("b.pdf"))
    reuse_evidence(draft, other, by=owner)
    key = _sent(place_of_paper(kept), owner, picture(size=(300, 300))).key
    with pytest.raises(ValidationError, match="Hãy chọn lại tệp"):
        replace_received(draft, other, key, by=owner)
    new = replace_received(draft, kept, key, by=owner).paper
    assert new.file.content_type == "image/jpeg"
    assert (new.title, new.number) == (kept.title, "77/KN")


def test_the_page_that_replaces_takes_pieces(kept, draft, owner, signed_in):
    reuse_evidence(draft, kept, by=owner)
    tab, url = signed_in(owner), f"{T}/dossiers/{draft.pk}/evidence/{kept.pk}/"
    page = tab.get(url).content.decode()
    assert f'data-pieces="{T}/api{url.removeprefix(T)}uploads/"' in page
    assert "data-capture" in page
    assert page.count('name="seen"') == 1  # two of one id are none for who hears the page
    key = _sent(place_of_paper(kept), owner, pdf("mới")).key
    criteria = _criteria(draft, kept)
    given = {**FACTS, "kind": "test_report", "criteria": criteria, "received": str(key)}
    assert tab.post(url, given).status_code == 302
    new = EvidencePaper.objects.get(links__dossier=draft, links__criterion=criteria[0], number="77/KN")
    assert new.pk != kept.pk
    assert _criteria(draft, new) == criteria
    again = tab.post(url, given, headers={"Accept": "application/json"})  # the answer was lost on the way
    assert (again.status_code, again.json()) == (200, {"next": f"{T}/dossiers/{draft.pk}/evidence/"})
    assert (
        EvidencePaper.objects.filter(number="77/KN", withdrawn_at=None, links__dossier=draft)
        .distinct()
        .count()
        == 1
    )
    assert tab.post(url, {**given, "received": str(kept.pk)}).status_code == 404


def test_a_phone_puts_it_into_the_vault_by_itself(producer, owner, signed_in):
    key = _sent(place_in_vault(producer), owner, pdf("từ điện thoại")).key
    tab, url = signed_in(owner), f"{T}/producers/{producer.pk}/papers/new/"
    by_itself = {"Accept": "application/json"}
    bad = tab.post(url, {"kind": "", "received": str(key)}, headers=by_itself)
    assert (bad.status_code, bad.json()["error"]) == (422, "Loại giấy tờ: Hãy chọn loại giấy tờ.")
    for _again in range(2):
        made = tab.post(url, {**FACTS, "kind": "test_report", "received": str(key)}, headers=by_itself)
        assert (made.status_code, made.json()) == (200, {"next": f"{T}/producers/{producer.pk}/papers/"})
    assert EvidencePaper.objects.filter(number="77/KN").count() == 1


# ── for programs ──


def test_a_program_keeps_ties_corrects_and_takes_away(producer, draft, owner, officer, signed_in):
    tab, officers = signed_in(owner), signed_in(officer)
    url = f"{T}/api/producers/{producer.pk}/papers/"
    made = tab.post(url, {"kind": "test_report", "number": "9/KN", "file": upload("kn.pdf")})
    assert made.status_code == 201, made.content
    key = made.json()["id"]
    assert [it["number"] for it in tab.get(url).json()["results"] if it["id"] == key] == ["9/KN"]
    assert key not in [it["id"] for it in officers.get(url).json()["results"]]
    assert officers.post(url, {"kind": "story", "file": upload()}).status_code == 403
    bad = tab.post(url, {"kind": "passport", "file": upload()})
    assert (bad.status_code, bad.json()["errors"]["kind"]) == (400, ["Hãy chọn loại giấy tờ trong danh mục."])
    reused = tab.post(
        f"{T}/api/dossiers/{draft.pk}/evidence/{key}/reuse/", {"criterion": "1.1"}, "application/json"
    )
    assert reused.status_code == 200
    own = f"{T}/api/evidence/{key}/"
    assert tab.patch(own, {"number": "10/KN"}, "application/json").json()["number"] == "10/KN"
    used = tab.delete(own)
    assert used.status_code == 400
    remove_evidence(draft, EvidencePaper.objects.get(pk=key), by=owner)
    assert tab.delete(own).status_code == 204


def test_a_program_sends_pieces_to_the_vault_and_for_a_paper(
    producer, draft, kept, owner, other_owner, signed_in
):
    reuse_evidence(draft, kept, by=owner)
    tab, content = signed_in(owner), pdf("mảnh")
    for place in (f"producers/{producer.pk}/", f"dossiers/{draft.pk}/evidence/{kept.pk}/"):
        url = f"{T}/api/{place}uploads/"
        assert signed_in(other_owner).post(url, told(content), "application/json").status_code == 404
        begun = tab.post(url, told(content), "application/json")
        assert begun.status_code == 201
        assert [it["key"] for it in tab.get(url).json()] == [begun.json()["key"]]
        piece = {"headers": {"Upload-Offset": "0"}, "content_type": "application/octet-stream"}
        own = f"{T}/api/uploads/{begun.json()['key']}/"
        assert tab.patch(own, content, **piece).status_code == 200
        assert tab.post(f"{own}finish/").json()["state"] == "kept"
        target = f"{url.removesuffix('uploads/')}{'papers' if 'producers' in url else 'file'}/"
        answer = tab.post(target, {"kind": "story", "upload": begun.json()["key"]}, "application/json")
        assert answer.status_code in (200, 201), answer.content


def test_a_paper_of_a_filed_dossier_is_not_changed_through_a_draft(make, owner):
    """An office reads the facts as they were put before it, whichever dossier they are changed through."""
    filed = make("submitted", name="Chè đen")
    paper = filed.evidence.first().paper
    draft = make("draft", name="Chè xanh", producer=filed.product.producer)
    reuse_evidence(draft, paper, by=owner)
    with pytest.raises(ValidationError, match="đã nộp trong hồ sơ Chè đen"):
        change_evidence(draft, paper, by=owner, facts={"number": "99/KN"})
    own = draft.evidence.exclude(paper=paper).first().paper
    assert change_evidence(draft, own, by=owner, facts={"number": "99/KN"}).number == "99/KN"
