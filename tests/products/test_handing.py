"""Papers handed out: the producer's own as they are, to others under their name; who looked is on record."""

import io

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from ocop.audit.models import Entry
from products.vault.handing import mark_words
from products.vault.papers import add_evidence
from tests.factories import pdf, tie_clip, upload
from tests.files import broken

T = "/lai-chau"


@pytest.fixture
def paper(draft, owner):
    return add_evidence(draft, kind="story", by=owner, upload=upload("chuyện.pdf", pdf("Chuyện", 3)))


def _taken(client, paper, path="evidence/{}/file/"):
    answer = client.get(f"{T}/{path.format(paper.pk)}", follow=True)
    return answer, b"".join(answer.streaming_content)


def _drawn(content, number=0):
    document = pypdfium2.PdfDocument(content)
    picture = document[number].render(scale=1.5).to_pil().convert("L")
    document.close()
    return picture


def _ink(picture):
    return sum(picture.histogram()[:250])


def test_the_producer_gets_her_own_byte_by_byte(paper, owner, signed_in):
    with paper.file.open() as kept:
        assert _taken(signed_in(owner), paper)[1] == kept.read()


def test_another_gets_every_page_under_her_name(paper, owner, commune_officer, signed_in):
    mine = _taken(signed_in(owner), paper)[1]
    for path in ("evidence/{}/file/", "api/evidence/{}/file/"):
        answer, content = _taken(signed_in(commune_officer), paper, path)
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        with pikepdf.open(io.BytesIO(content)) as document:
            assert len(document.pages) == 3
        for number in range(3):
            assert _ink(_drawn(content, number)) > _ink(_drawn(mine, number)) + 3000
        assert len(content) < len(mine) + 60_000
    entry = Entry.objects.about(paper).filter(action="file.download", actor=commune_officer).first()
    assert entry.data["marked"] is True
    assert "Vàng Thị Mẩy tải về " in mark_words(commune_officer)
    with paper.file.open() as kept:
        assert kept.read() == mine  # what is kept has no mark


def test_a_picture_too(draft, owner, commune_officer, signed_in):
    photo = add_evidence(
        draft, kind="story", by=owner, upload=upload("a.jpg", broken.picture(size=(900, 600)))
    )
    mine, theirs = (
        Image.open(io.BytesIO(_taken(signed_in(user), photo)[1])) for user in (owner, commune_officer)
    )
    assert (theirs.size, theirs.format) == (mine.size, "JPEG")
    assert ImageChops.difference(mine, theirs).getbbox() is not None


def test_what_cannot_be_marked_comes_as_it_is_and_is_logged(draft, commune_officer, signed_in):
    clip = tie_clip(draft)
    assert _taken(signed_in(commune_officer), clip)[1] == broken.CLIP
    assert Entry.objects.about(clip).filter(action="file.download", actor=commune_officer).count() == 1


def test_who_looked_is_told_to_those_who_read_the_log(make, owner, officer, commune_officer, signed_in):
    filed = make("forwarded")
    seen = filed.evidence.first().paper
    for user in (owner, commune_officer, commune_officer):
        signed_in(user).get(f"{T}/evidence/{seen.pk}/pages/1.png", follow=True)
    _taken(signed_in(commune_officer), seen)
    page = signed_in(officer).get(f"{T}/evidence/{seen.pk}/")
    assert [(event.title, event.who) for event in page.context["log"]] == [
        ("Tải tệp về", "Vàng Thị Mẩy"), ("Xem tệp", "Vàng Thị Mẩy"), ("Xem tệp", "Lò Thị Xuân"),
    ]  # fmt: skip
    assert "Bản tải về in tên bạn" in page.content.decode()
    own = signed_in(owner).get(f"{T}/evidence/{seen.pk}/")
    assert own.context["log"] == []
    assert "Bản tải về in tên bạn" not in own.content.decode()
