"""A paper whose file comes in pieces: begun at the dossier, sent by the API, taken by the form or the API."""

import io

import pytest

from ocop.files.models import Upload
from ocop.files.uploads import fingerprint
from products.models import EvidencePaper
from tests.factories import pdf

T = "/lai-chau"
PDF = pdf("Chuyện sản phẩm", 3)


@pytest.fixture
def begin(draft, owner, signed_in):
    def begun(content=PDF, *, by=owner, dossier=draft):
        facts = {
            "name": "chuyện.pdf",
            "size": len(content),
            "digest": fingerprint(io.BytesIO(content), len(content)),
        }
        return signed_in(by).post(
            f"{T}/api/dossiers/{dossier.pk}/uploads/", facts, content_type="application/json"
        )

    return begun


@pytest.fixture
def send(signed_in, owner):
    def sent(key, offset, piece, *, by=owner, **headers):
        return signed_in(by).patch(
            f"{T}/api/uploads/{key}/", piece, content_type="application/octet-stream",
            headers={"Upload-Offset": str(offset), **headers},
        )  # fmt: skip

    return sent


def _whole(begin, send, signed_in, owner, content=PDF):
    key = begin(content).json()["key"]
    assert send(key, 0, content).json() == {"received": len(content)}
    return key, signed_in(owner).post(f"{T}/api/uploads/{key}/finish/").json()


def test_begun_sent_finished_and_taken_by_the_form(begin, send, draft, owner, signed_in):
    made = begin()
    assert (made.status_code, made.json()["received"], made.json()["state"]) == (201, 0, "receiving")
    key = made.json()["key"]
    assert send(key, 0, PDF[:300]).json() == {"received": 300}
    ahead = send(key, 0, PDF[:300])
    assert (ahead.status_code, ahead.json()) == (409, {"received": 300})
    listed = signed_in(owner).get(f"{T}/api/dossiers/{draft.pk}/uploads/").json()
    assert [(it["key"], it["received"]) for it in listed] == [(key, 300)]
    assert begin().json()["key"] == key
    assert send(key, 300, PDF[300:]).status_code == 200
    assert signed_in(owner).post(f"{T}/api/uploads/{key}/finish/").json()["state"] == "kept"
    form = {"kind": "story", "received": key, "title": "Chuyện"}
    for _ in range(2):  # the answer to the first got lost: she sends it again
        assert signed_in(owner).post(f"{T}/dossiers/{draft.pk}/evidence/", form).status_code == 302
    paper = EvidencePaper.objects.get(title="Chuyện")
    assert (paper.file.name, paper.file.pages, paper.added_by) == ("chuyện.pdf", 3, owner)
    assert signed_in(owner).get(f"{T}/api/dossiers/{draft.pk}/uploads/").json() == []


def test_taken_by_the_api(begin, send, draft, owner, signed_in):
    key, _kept = _whole(begin, send, signed_in, owner)
    made = signed_in(owner).post(
        f"{T}/api/dossiers/{draft.pk}/evidence/",
        {"kind": "story", "upload": key},
        content_type="application/json",
    )
    assert (made.status_code, made.json()["file_name"]) == (201, "chuyện.pdf")
    none = signed_in(owner).post(
        f"{T}/api/dossiers/{draft.pk}/evidence/", {"kind": "story"}, content_type="application/json"
    )
    assert none.json()["errors"] == {"file": ["Hãy chọn tệp hoặc chụp ảnh giấy tờ."]}


def test_a_refused_file_says_why_and_is_not_taken(begin, send, draft, owner, signed_in):
    key, told = _whole(begin, send, signed_in, owner, b"MZ" + bytes(300))
    words = "Đây là chương trình hoặc tập lệnh, không phải giấy tờ. Hệ thống không nhận."
    assert (told["state"], told["refused"]) == ("refused", words)
    page = signed_in(owner).post(f"{T}/dossiers/{draft.pk}/evidence/", {"kind": "story", "received": key})
    assert page.status_code == 422
    assert page.context["form"].errors["file"] == [words]


def test_it_is_hers_alone(begin, send, make, draft, owner, other_owner, stranger, commune_officer, signed_in):
    key = begin().json()["key"]
    for user in (other_owner, stranger, commune_officer):
        assert send(key, 0, PDF[:10], by=user).status_code == 404
        for method, path in (("get", ""), ("post", "finish/"), ("delete", "")):
            assert getattr(signed_in(user), method)(f"{T}/api/uploads/{key}/{path}").status_code == 404
    assert signed_in(commune_officer).get(f"{T}/api/dossiers/{draft.pk}/uploads/").json() == []
    assert begin(by=other_owner).status_code == 404
    filed = make("submitted", name="Chè khác")
    assert begin(dossier=filed).status_code == 201  # whether it may still be filled is asked when it is taken
    assert Upload.objects.get(key=key).received == 0
    assert signed_in(owner).delete(f"{T}/api/uploads/{key}/").status_code == 204
    assert not Upload.objects.filter(key=key).exists()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": "a", "size": 0, "digest": "0" * 64}, "size"),
        ({"name": "a", "size": 10, "digest": "xyz"}, "digest"),
        ({"size": 10, "digest": "0" * 64}, "name"),
        ({"name": "a", "size": "many", "digest": "0" * 64}, "size"),
    ],
)
def test_what_cannot_be_begun_is_said_at_its_field(draft, owner, signed_in, facts, field):
    answer = signed_in(owner).post(
        f"{T}/api/dossiers/{draft.pk}/uploads/", facts, content_type="application/json"
    )
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


def test_a_piece_without_its_place_is_refused(begin, send, owner, signed_in):
    key = begin().json()["key"]
    for offset in ("", "-1", "x", "9" * 30):
        assert send(key, offset, PDF[:10]).status_code == 400
    damaged = send(key, 0, PDF[:10], **{"Upload-Digest": "0" * 64})
    assert damaged.json()["errors"] == {"__all__": ["Mảnh tệp hỏng trên đường truyền; hãy gửi lại mảnh này."]}
    as_json = signed_in(owner).patch(f"{T}/api/uploads/{key}/", {"a": 1}, content_type="application/json",
                                     headers={"Upload-Offset": "0"})  # fmt: skip
    assert as_json.status_code == 400


def test_a_phone_that_sends_the_form_by_itself_is_answered_in_words(begin, send, draft, owner, signed_in):
    """The same twice, as the first answer was lost: one paper; what will not do is told with the name of its field."""
    key, _finished = _whole(begin, send, signed_in, owner)
    url, form = f"{T}/dossiers/{draft.pk}/evidence/", {"kind": "story", "received": key, "title": "Chuyện"}
    by_itself = {"Accept": "application/json"}
    bad = signed_in(owner).post(url, {**form, "issued_on": "hôm qua"}, headers=by_itself)
    assert (bad.status_code, bad.json()["error"]) == (422, "Ngày cấp: Nhập một ngày hợp lệ.")
    assert set(bad.json()["errors"]) == {"issued_on"}
    late = {**form, "issued_on": "02/02/2026", "expires_on": "01/01/2026"}
    assert (
        "Ngày hết hạn phải sau ngày cấp."
        in signed_in(owner).post(url, late, headers=by_itself).json()["error"]
    )
    for _again in range(2):
        made = signed_in(owner).post(f"{url}?criterion=1.1", form, headers=by_itself)
        assert (made.status_code, made.json()) == (200, {"next": f"{T}/dossiers/{draft.pk}/score/1.1/"})
    assert EvidencePaper.objects.filter(title="Chuyện").count() == 1
    another = {**form, "received": "0" * 8 + "-0000-4000-8000-" + "0" * 12}
    refused = signed_in(owner).post(url, another, headers=by_itself)
    assert (refused.status_code, refused.json()["errors"]) == (422, {"file": ["Hãy chọn lại tệp."]})
