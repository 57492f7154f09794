"""The hostile and the broken through the doors that people have: the form, the API, and pieces; and sizes at the edge."""

import io
import os

import pikepdf
import pytest

from ocop.files.kinds import MEGABYTE
from ocop.files.models import StoredFile
from ocop.files.uploads import CHUNK, fingerprint
from products.models import EvidencePaper
from tests.files import broken as b
from tests.files.test_hostile import KEPT, LOCKED, REFUSED

T = "/lai-chau"
EDGE = "khung-giay-to"


@pytest.fixture
def door(producer):
    return f"{T}/producers/{producer.pk}/papers/new/"


@pytest.fixture
def sent(owner, signed_in):
    """A form as a browser that means harm sends it: the file's name as it is."""

    def send(url, name, content):
        raw = name if isinstance(name, bytes) else name.encode()
        body = b"".join(
            [
                f'--{EDGE}\r\nContent-Disposition: form-data; name="kind"\r\n\r\nstory\r\n--{EDGE}\r\n'.encode(),
                b'Content-Disposition: form-data; name="file"; filename="', raw,
                b'"\r\nContent-Type: application/pdf\r\n\r\n', content, f"\r\n--{EDGE}--\r\n".encode(),
            ]
        )  # fmt: skip
        return signed_in(owner).post(url, body, content_type=f"multipart/form-data; boundary={EDGE}")

    return send


@pytest.fixture
def in_pieces(producer, owner, signed_in):
    """The end of an upload in pieces, or why it may not begin."""

    def send(name, content):
        tab, line = signed_in(owner), f"{T}/api/producers/{producer.pk}/uploads/"
        told = {"name": name, "size": len(content), "digest": fingerprint(io.BytesIO(content), len(content))}
        begun = tab.post(line, told, "application/json")
        if begun.status_code != 201:
            return begun.json()
        own = f"{T}/api/uploads/{begun.json()['key']}/"
        for at in range(0, len(content), CHUNK):
            headers = {"Upload-Offset": str(at)}
            tab.patch(own, content[at : at + CHUNK], content_type="application/octet-stream", headers=headers)
        return tab.post(f"{own}finish/").json()

    return send


@pytest.mark.parametrize(
    ("name", "content", "sentence"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_the_form_says_it_at_the_field(door, sent, name, content, sentence):
    page = sent(door, name, content())
    assert page.status_code == 422
    assert page.context["form"].errors["file"] == [sentence]
    assert not StoredFile.objects.exists()


BY_PIECES = [row[1:] for row in REFUSED if row[0] in {
    "PDF with a password", "PDF and ZIP at once", "PDF cut in its middle", "HEIC cut off", "PNG bomb", "DOCX bomb",
    "a program", "MP4 cut off", "XLSX of 201 entries"}]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "sentence"), BY_PIECES)
def test_pieces_say_it_when_the_last_is_there(in_pieces, name, content, sentence):
    end = in_pieces(name, content())
    assert (end["state"], end["refused"]) == ("refused", sentence)
    assert not StoredFile.objects.exists()


def test_the_api_says_it_at_the_field(producer, sent):
    answer = sent(f"{T}/api/producers/{producer.pk}/papers/", "giay.pdf", b.locked_pdf())
    assert (answer.status_code, answer.json()) == (400, {"errors": {"file": [LOCKED]}})


NAMES = [
    ("../../etc/passwd.pdf", "passwd.pdf"),
    ("..\\..\\C:\\giấy.pdf", "giấy.pdf"),
    ("hop\u202egpj.dong.pdf", "hopgpj.dong.pdf"),
    (b"giay\x00.php\x00.pdf", "giay.php.pdf"),
    ("a" * 250 + ".pdf", "a" * 180 + ".pdf"),
]


@pytest.mark.parametrize(("name", "kept"), NAMES, ids=["folders", "windows", "rtl", "nul", "long"])
def test_a_name_is_only_a_name_by_every_door(producer, door, sent, in_pieces, name, kept):
    assert sent(door, name, b.pdf()).status_code == 302
    assert EvidencePaper.objects.get().file.name == kept
    if isinstance(name, str):  # JSON with a NUL is refused as a whole: tests/api
        assert in_pieces(name, b.pdf(3))["state"] == "kept"
        assert StoredFile.objects.order_by("pk").last().name == kept


@pytest.mark.parametrize(
    ("name", "content", "kept", "content_type"),
    [row[1:] for row in KEPT if "/" not in row[1] and "\\" not in row[1]],
)
def test_what_is_whole_is_kept_as_what_it_is(door, sent, name, content, kept, content_type):
    assert sent(door, name, content()).status_code == 302
    file = EvidencePaper.objects.get().file
    assert (file.name, file.content_type) == (kept, content_type)


# ── at the edge of what a kind may weigh ──


def _pdf_of(size):
    """A PDF of exactly so many bytes, none of them behind its end."""
    room = size - 2000
    for _ in range(4):
        out = io.BytesIO()
        with pikepdf.new() as document:
            document.add_blank_page(page_size=(595, 842))
            document.Root.Room = document.make_stream(os.urandom(16) * (room // 16) + b"x" * (room % 16))
            document.save(out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        if out.tell() == size:
            return out.getvalue()
        room += size - out.tell()
    raise AssertionError(out.tell())


EDGES = [
    ("giay.pdf", lambda: _pdf_of(50 * MEGABYTE), 50 * MEGABYTE, "lớn hơn mức 50 MB của loại PDF"),
    ("anh.jpg", lambda: b.picture() + bytes(15 * MEGABYTE - len(b.picture())), 15 * MEGABYTE, "lớn hơn mức 15 MB của loại JPEG"),
    ("clip.mp4", lambda: b.clip_of(100), 100 * MEGABYTE, "lớn hơn mức 100 MB của loại MP4"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "size", "words"), EDGES, ids=["pdf", "jpeg", "clip"])
def test_as_large_as_may_be_and_one_byte_more(door, sent, name, content, size, words):
    made = content()
    assert len(made) == size
    page = sent(door, name, made + b"\n")
    assert words in page.context["form"].errors["file"][0]
    assert sent(door, name, made).status_code == 302
    assert EvidencePaper.objects.count() == 1


def test_a_clip_of_a_hundred_megabytes_comes_in_pieces_and_one_more_byte_does_not_begin(in_pieces):
    clip = b.clip_of(100)
    assert in_pieces("clip.mp4", clip)["state"] == "kept"
    assert StoredFile.objects.get().size == 100 * MEGABYTE
    refused = in_pieces("clip.mp4", clip + b"\n")
    assert refused["errors"]["size"] == [
        "Tệp nặng 101 MB, lớn hơn mức lớn nhất 100 MB. Hãy nén hoặc tách tệp."
    ]
