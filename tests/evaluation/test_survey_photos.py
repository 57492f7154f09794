"""Photographs of a visit in the advisory team's report: small, captioned, without what a camera wrote into them."""

import datetime as dt
import io
import zipfile

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from evaluation.assessments.starting import start_assessment, write_report
from evaluation.workflow.assessment import ASSESSMENT
from ocop.files.store import keep_made
from ocop.papers.layout import paper_html
from ocop.papers.pdf import to_pdf
from ocop.papers.pictures import SIDE, pictures
from ocop.papers.word.paper import to_docx
from products.advisory.surveys import save_answer, start_survey
from products.models import SurveyPhoto
from products.workflow import SURVEY
from tests import factories
from tests.products.test_binding import words

GPS, MAKER = 0x8825, 0x010F
TAKEN = dt.datetime(2026, 11, 12, 8, 15, tzinfo=timezone.get_default_timezone())
PLACE = {"latitude": "22.38641", "longitude": "103.45802", "accuracy": 12}


def shot(colour: str, size: tuple[int, int] = (2400, 1800)):
    """As a phone takes it: with its maker and where it was."""
    exif, kept = Image.Exif(), io.BytesIO()
    exif[MAKER] = "Phone of Tư"
    exif.get_ifd(GPS)[2] = (22.0, 23.0, 11.0)
    Image.new("RGB", size, colour).save(kept, "JPEG", exif=exif)
    return keep_made(kept.getvalue(), "anh.jpg", "image/jpeg")


@pytest.fixture
def advisor(province):
    return factories.make_user("to.tuvan", "Trần Thị Tư", role="advisory_member", unit=province)


@pytest.fixture
def survey(commune, advisor):
    """Taken of item 7 with its place, of the visit as a whole, of item 1, and one that was removed."""
    found = start_survey(factories.make_complete_dossier(commune, state="accepted"), by=advisor)
    removed = {"removed_at": timezone.now()}
    for n, (item, more) in enumerate([("7", PLACE), ("", {"note": "Cổng"}), ("1", {}), ("2", removed)]):
        SurveyPhoto.objects.create(
            survey=found, key=f"{n}", item=item, file=shot(("red", "green", "blue", "black")[n]), by=advisor,
            taken_at=TAKEN, **more,
        )  # fmt: skip
    said = {"held_on": ("2026-11-12", ""), "people": ("", "Trần Thị Tư"), "conclusion": ("", "Đúng hồ sơ.")}
    said |= {it["code"]: ("yes", "") for it in found.checklist}
    for item, (value, note) in said.items():
        save_answer(found, item, value, note=note, revision=0, key=f"k{item}", by=advisor)
    return SURVEY.take("sign", found, by=advisor)


@pytest.fixture
def paper(survey, advisor):
    assessment = start_assessment(survey.dossier, by=advisor)
    write_report(assessment, by=advisor, findings="Hợp lệ.", proposal="Trình.", proposed_stars=4)
    ASSESSMENT.take("check", assessment, by=advisor, data={})
    return assessment.team_report.paper


def photos_in(paper):
    return next(it["photos"] for it in paper.content["body"] if "photos" in it)


def test_they_stand_by_item_with_time_and_the_place_that_was_given(survey, paper):
    text = {it["code"]: it["text"] for it in survey.checklist}
    assert [it["caption"] for it in photos_in(paper)] == [
        f"Ảnh 1: mục 1. {text['1']}; 08:15 12/11/2026",
        f"Ảnh 2: mục 7. {text['7']}; 08:15 12/11/2026; 22.38641, 103.45802 (± 12 m)",
        "Ảnh 3: toàn cảnh; 08:15 12/11/2026; Cổng",
    ]


def test_the_pdf_holds_them_small_and_says_nothing_of_the_phone(paper):
    content = to_pdf(paper_html(paper, is_draft=True))
    assert "Ảnh 2: mục 7." in " ".join(" ".join(words(content)).split())
    with pikepdf.open(io.BytesIO(content)) as pdf:
        held = {it.objgen: it for page in pdf.pages for it in page.get_images().values()}.values()
        assert sorted((int(it.Width), int(it.Height)) for it in held) == [(SIDE, SIDE * 3 // 4)] * 3
        assert not any(b"Exif" in it.read_raw_bytes() for it in held)
    assert b"Phone of" not in content


def test_the_word_copy_holds_the_same(paper):
    with zipfile.ZipFile(io.BytesIO(to_docx(paper, is_draft=True))) as kept:
        held = [kept.read(name) for name in kept.namelist() if name.startswith("word/media/")]
        text = kept.read("word/document.xml").decode()
    for content in held:
        with Image.open(io.BytesIO(content)) as picture:
            assert (picture.size, dict(picture.getexif())) == ((SIDE, SIDE * 3 // 4), {})
    assert len(held) == 3
    assert text.index("Ảnh 1: mục 1.") < text.index("Ảnh 2: mục 7.") < text.index("Ảnh 3: toàn cảnh")


def test_one_that_is_gone_from_the_disk_stops_no_report(survey, paper):
    default_storage.delete(survey.photos.get(key="0").file.path)
    told = [it.caption for it in pictures(photos_in(paper)) if not it.content]
    assert told == [f"{photos_in(paper)[1]['caption']} (không còn đọc được ảnh)"]
    assert to_pdf(paper_html(paper, is_draft=True)).startswith(b"%PDF-")


def test_fifty_are_found_by_one_query(paper, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(list(pictures(photos_in(paper) * 17))) == 51
