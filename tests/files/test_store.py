"""Uploads: what is refused in words, what is kept and how it is handed out."""

import hashlib
import io
from fractions import Fraction

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from ocop.audit.models import Entry
from ocop.files.kinds import MEGABYTE
from ocop.files.models import StoredFile
from ocop.files.store import keep_made, keep_upload, serve


def pdf(pages=2):
    out = io.BytesIO()
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    document.save(out)
    return out.getvalue()


def picture(kind="JPEG", size=(60, 40), **options):
    out = io.BytesIO()
    Image.new("RGB", size, "green").save(out, kind, **options)
    return out.getvalue()


def upload(content, name="giay to.pdf", content_type="application/x-lie"):
    return SimpleUploadedFile(name, content, content_type)


def refusal(content, **kwargs):
    with pytest.raises(ValidationError) as refused:
        keep_upload(upload(content, **kwargs), by=None)
    assert not StoredFile.objects.exists()
    return refused.value.code


def test_a_pdf_is_kept_with_its_pages_and_hash(lai_chau, officer):
    file = keep_upload(upload(pdf(3), "C:\\Hồ sơ\\phiếu kiểm nghiệm.docx"), by=officer)
    assert (file.name, file.content_type, file.pages) == ("phiếu kiểm nghiệm.pdf", "application/pdf", 3)
    assert file.path.startswith(f"{lai_chau.pk}/")
    with file.open() as stored:
        kept = stored.read()
    assert (len(kept), hashlib.sha256(kept).hexdigest()) == (file.size, file.sha256)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00 a program", "kind"),
        (b"<html>%PDF-1.4</html>", "kind"),
        (b"%PDF-1.4 cut off in the mid", "broken"),
        (b"%PDF-1.4 nonsense %%EOF", "broken"),
        (b"\xff\xd8\xff\xe0 not a picture", "broken"),
    ],
)
def test_a_file_that_lies_is_refused(lai_chau, content, code):
    assert refusal(content) == code


def test_a_pdf_with_a_password_is_refused(lai_chau):
    out = io.BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert refusal(out.getvalue()) == "broken"


def test_a_large_file_is_refused_with_its_size(lai_chau, settings):
    settings.FILE_MEGABYTES = settings.FILE_MEGABYTES | {"pdf": Fraction(100, MEGABYTE)}
    assert refusal(pdf()) == "large"


def test_a_photograph_loses_what_hides_in_it_and_stands_upright(lai_chau):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010E] = "taken at home, 22.39, 103.45"
    file = keep_upload(upload(picture(size=(60, 40), exif=exif), "anh.JPG"), by=None)
    with file.open() as stored, Image.open(stored) as kept:
        assert kept.size == (40, 60)
        assert dict(kept.getexif()) == {}


def test_the_same_bytes_stand_once(lai_chau):
    first, second = (
        keep_made(b"x" * 1000, "a", "application/pdf"),
        keep_made(b"x" * 1000, "b", "application/pdf"),
    )
    assert first.path == second.path
    assert default_storage.size(first.path) == 1000


def test_a_file_cut_by_a_crash_is_written_anew(lai_chau):
    first = keep_made(b"x" * 1000, "a", "application/pdf")
    with default_storage.open(first.path, "wb") as half:
        half.write(b"x" * 10)
    keep_made(b"x" * 1000, "a", "application/pdf")
    assert default_storage.size(first.path) == 1000


def test_a_download_is_logged_and_never_runs(lai_chau, officer, province):
    file = keep_upload(upload(pdf()), by=officer)
    answer = serve(file, about=province, by=officer)
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    answer.file_to_stream.close()
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert Entry.objects.about(province).get().action == "file.download"


def test_nginx_sends_where_it_stands_before_us(lai_chau, officer, province, settings):
    settings.ACCEL_REDIRECT = "/private/"
    file = keep_upload(upload(pdf()), by=officer)
    assert serve(file, about=province, by=officer)["X-Accel-Redirect"] == f"/private/{file.path}"
