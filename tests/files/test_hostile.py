"""Files that are broken or mean harm: each with the exact sentence its sender gets, and what is kept of the rest."""

import pytest
import weasyprint  # noqa: F401, in the same process as the server has it: it makes Pillow take cut pictures
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from ocop.files.kinds import EVIDENCE, MEGABYTE
from ocop.files.models import StoredFile
from ocop.files.store import keep_upload
from tests.files import broken as b

ONLY = "Chỉ nhận tệp PDF, ảnh JPEG, PNG, HEIC, tệp DOCX, XLSX hoặc clip MP4. Hãy chụp ảnh hoặc lưu thành PDF rồi tải lại."
EMPTY = "Tệp rỗng. Hãy chọn lại tệp."
CUT = "Tệp PDF bị cụt (thiếu phần cuối). Hãy xuất lại tệp rồi tải lên."
BAD_PDF = "Không mở được tệp PDF: tệp hỏng. Hãy xuất lại tệp rồi tải lên."
LOCKED = "Tệp PDF có mật khẩu. Hãy bỏ mật khẩu (in hoặc lưu lại thành PDF) rồi tải lên."
JUNK = "Tệp PDF có dữ liệu lạ ở đầu. Hãy mở tệp, in hoặc lưu lại thành PDF mới rồi tải lên."
TWO = "Tệp vừa là PDF vừa là tệp nén ZIP nên không nhận. Hãy in hoặc lưu lại thành PDF mới."
PROGRAM = "Đây là chương trình hoặc tập lệnh, không phải giấy tờ. Hệ thống không nhận."
WEB = "Đây là trang web hoặc ảnh SVG, không nhận vì có thể chứa mã. Hãy in ra PDF rồi tải lại."
OLD = "Đây là tệp Word, Excel kiểu cũ (DOC, XLS) hoặc có mật khẩu. Hãy lưu thành DOCX, XLSX hoặc PDF, không đặt mật khẩu."
BAD_PICTURE = "Không đọc được ảnh: tệp hỏng. Hãy chụp lại."
WALL = "Ảnh quá lớn (trên 50 triệu điểm ảnh). Hãy giảm kích thước ảnh."
BAD_DOCX = "Không mở được tệp DOCX: tệp hỏng hoặc bị cụt. Hãy lưu lại tệp rồi tải lên."
ODD = "Tệp DOCX có cấu trúc lạ. Hãy mở ra, lưu lại rồi tải lên."
BOMB = "Tệp phình to bất thường khi giải nén (bom nén) nên không nhận. Hãy lưu lại hoặc lưu thành PDF."
MACRO = "Tệp có macro nên không nhận. Hãy lưu lại không kèm macro, hoặc lưu thành PDF."
BAD_CLIP = "Không đọc được clip MP4: tệp hỏng hoặc bị cụt. Hãy lưu lại clip rồi tải lên."


def archive(what):
    return f"Đây là tệp nén {what}. Hãy giải nén rồi tải từng tệp bên trong."


def photo(what):
    return f"Đây là ảnh {what}, không phải JPEG hay PNG. Hãy lưu thành JPEG rồi tải lại."


def film(what):
    return f"Đây là clip {what}, không phải MP4. Hãy lưu thành MP4 (H.264) rồi tải lại."


REFUSED = [
    ("zero bytes", "giay.pdf", lambda: b"", EMPTY),
    ("text", "giay.pdf", lambda: b"khong phai pdf", ONLY),
    ("one byte", "giay.pdf", lambda: b"%", ONLY),
    ("NULs", "giay.pdf", lambda: bytes(5000), ONLY),
    ("a program", "giay.pdf", lambda: b"MZ\x90\x00" + bytes(100), PROGRAM),
    ("a Linux program", "anh.jpg", lambda: b"\x7fELF" + bytes(100), PROGRAM),
    ("a script", "anh.jpg", lambda: b"#!/bin/sh\nrm -rf /\n", PROGRAM),
    ("a web page", "giay.pdf", lambda: b"<!DOCTYPE html><script>alert(1)</script>", WEB),
    ("a web page with a PDF's mark", "giay.pdf", lambda: b"<html>%PDF-1.4</html>", WEB),
    ("an SVG", "anh.png", lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', WEB),
    ("an XML bomb", "anh.png", lambda: b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa">]><l>&a;</l>', WEB),
    ("PDF cut in its middle", "giay.pdf", lambda: b.pdf()[:400], CUT),
    ("PDF with much behind its end", "giay.pdf", lambda: b.pdf() + bytes(2000), CUT),
    ("PDF of nonsense", "giay.pdf", lambda: b"%PDF-1.4 nonsense %%EOF", BAD_PDF),
    ("PDF with its tree torn out", "giay.pdf", lambda: b.pdf().replace(b"/Pages", b"/Pagez"), BAD_PDF),
    ("PDF without pages", "giay.pdf", lambda: b.pdf(0), BAD_PDF),
    ("PDF of a thousand and one pages", "giay.pdf", lambda: b.pdf(1001),
     "Tệp PDF có 1001 trang, nhiều hơn mức 1000 trang. Hãy tách tệp."),
    ("PDF that claims a page it lacks", "giay.pdf", lambda: b.pdf_that_claims(7), BAD_PDF),
    ("PDF with a password", "giay.pdf", b.locked_pdf, LOCKED),
    ("PDF behind other bytes", "giay.pdf", lambda: b"\xef\xbb\xbf\n" + b.pdf(), JUNK),
    ("PDF and ZIP at once", "giay.pdf", lambda: b.pdf() + b.zipped(), TWO),
    ("ZIP before a PDF", "giay.pdf", lambda: b.zipped() + b.pdf(), archive("ZIP")),
    ("PDF of 51 MB", "giay.pdf", lambda: b.pdf() + bytes(51 * MEGABYTE),
     "Tệp nặng 52 MB, lớn hơn mức 50 MB của loại PDF. Hãy nén hoặc tách tệp."),
    ("picture of 16 MB", "anh.jpg", lambda: b.picture() + bytes(16 * MEGABYTE),
     "Tệp nặng 17 MB, lớn hơn mức 15 MB của loại JPEG. Hãy nén hoặc tách tệp."),
    ("clip of 101 MB", "clip.mp4", lambda: b.clip_of(101),
     "Tệp nặng 102 MB, lớn hơn mức 100 MB của loại MP4. Hãy nén hoặc tách tệp."),
    ("JPEG's first bytes alone", "anh.jpg", lambda: b"\xff\xd8\xff\xe0 not a picture", BAD_PICTURE),
    ("JPEG cut off", "anh.jpg", lambda: b.picture()[:20_000], BAD_PICTURE),
    ("PNG cut off", "anh.png", lambda: b.picture("PNG")[:60], BAD_PICTURE),
    ("PNG bomb", "anh.png", lambda: b.png_that_claims(60_000, 60_000), WALL),
    ("PNG of 51 million pixels", "anh.png", lambda: b.png_that_claims(10_000, 5_100), WALL),
    ("HEIC cut off", "anh.heic", lambda: b.heic()[:200], BAD_PICTURE),
    ("HEIC by its mark alone", "anh.heic", lambda: b"\0\0\0\x18ftypheic" + bytes(50), BAD_PICTURE),
    ("GIF", "anh.gif", lambda: b.picture("GIF", (9, 9)), photo("GIF")),
    ("WEBP named JPEG", "anh.jpg", lambda: b.picture("WEBP", (9, 9)), photo("WEBP")),
    ("TIFF", "anh.tif", lambda: b.picture("TIFF", (9, 9)), photo("TIFF")),
    ("BMP", "anh.bmp", lambda: b.picture("BMP", (9, 9)), photo("BMP")),
    ("MOV", "clip.mp4", lambda: b"\0\0\0\x14ftypqt  " + bytes(50), film("MOV")),
    ("WebM", "clip.mp4", lambda: b"\x1aE\xdf\xa3" + bytes(50), film("WebM")),
    ("AVI", "clip.mp4", lambda: b"RIFF\0\0\0\0AVI LIST" + bytes(50), film("AVI")),
    ("ZIP", "giay.docx", b.zipped, archive("ZIP")),
    ("RAR", "giay.pdf", lambda: b"Rar!\x1a\x07\x01\x00" + bytes(50), archive("RAR")),
    ("GZIP", "giay.pdf", lambda: b"\x1f\x8b\x08" + bytes(50), archive("GZ")),
    ("DOC of old, or a locked DOCX", "giay.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), OLD),
    ("DOCX cut off", "giay.docx", lambda: b.office()[:-40], BAD_DOCX),
    ("DOCX with a byte turned", "giay.docx",
     lambda: b.office(packed=False).replace("Bản công".encode(), "Bản cong".encode() + b"!"), BAD_DOCX),
    ("DOCX with a locked entry", "giay.docx", b.locked_office, "Tệp DOCX có mật khẩu. Hãy bỏ mật khẩu rồi tải lên."),
    ("DOCX that writes outside", "giay.docx", lambda: b.office(extra={"../../etc/passwd": b"x"}), ODD),
    ("DOCX with macros", "giay.docx", lambda: b.office(extra={"word/vbaProject.bin": b"x"}), MACRO),
    ("DOCX bomb", "giay.docx", lambda: b.office(extra={"word/media/1": bytes(9_000_000)}), BOMB),
    ("XLSX of 201 entries", "so.xlsx",
     lambda: b.office("spreadsheetml.sheet", {f"xl/{n}": b"x" for n in range(199)}),
     "Tệp XLSX chứa 201 phần, nhiều hơn mức 200. Hãy lưu thành PDF rồi tải lại."),
    ("PowerPoint", "trinh.pptx", lambda: b.office("presentationml.presentation"), archive("ZIP")),
    ("MP4 cut off", "clip.mp4", lambda: b.CLIP[:-100], BAD_CLIP),
    ("MP4 of its first box alone", "clip.mp4", lambda: b.CLIP[:32], BAD_CLIP),
    ("MP4 whose boxes go round", "clip.mp4", lambda: b.CLIP[:32] + b"\0\0\0\x04moov" + bytes(60), BAD_CLIP),
    ("MP4 with something behind it", "clip.mp4", lambda: b.CLIP + b"<script>", BAD_CLIP),
    ("MP4 without a picture", "clip.mp4", lambda: b.SOUND,
     "Clip chỉ có tiếng, không có hình. Hãy quay lại clip."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "sentence"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_it_is_refused_in_these_words(lai_chau, name, content, sentence):
    with pytest.raises(ValidationError) as refused:
        keep_upload(SimpleUploadedFile(name, content()), by=None, families=EVIDENCE)
    assert refused.value.messages == [sentence]
    assert not StoredFile.objects.exists()


def test_the_table_is_as_long_as_the_issue_asks():
    assert len(REFUSED) >= 40


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KEPT = [  # what is sent, under which name; what is kept
    ("photo named PDF", "giấy.pdf", b.picture, "giấy.jpg", "image/jpeg"),
    ("PDF named program", "giay.exe", b.pdf, "giay.pdf", "application/pdf"),
    ("HEIC of a phone", "IMG_0001.HEIC", b.heic, "IMG_0001.jpg", "image/jpeg"),
    ("photo with a ZIP behind it", "anh.jpg", lambda: b.picture() + b.zipped(), "anh.jpg", "image/jpeg"),
    (
        "PDF with a line behind its end",
        "a.pdf",
        lambda: b.pdf() + b"\r\n" + bytes(900),
        "a.pdf",
        "application/pdf",
    ),
    ("folders in its name", "../../etc/passwd.pdf", b.pdf, "passwd.pdf", "application/pdf"),
    ("folders of Windows", "C:\\Hồ sơ\\phiếu.pdf", b.pdf, "phiếu.pdf", "application/pdf"),
    ("letters that turn round", "hop\u202egpj.dong.pdf", b.pdf, "hopgpj.dong.pdf", "application/pdf"),
    ("nothing but a dot", "..pdf", b.pdf, "tep.pdf", "application/pdf"),
    ("marks apart from letters", "Ho\u0302\u0300 so\u031b.pdf", b.pdf, "Hồ sơ.pdf", "application/pdf"),
    ("a long name", "a" * 250 + ".pdf", b.pdf, "a" * 180 + ".pdf", "application/pdf"),
    ("Word", "giấy.docx", b.office, "giấy.docx", DOCX),
    ("a clip", "chế biến.mp4", lambda: b.CLIP, "chế biến.mp4", "video/mp4"),
]


@pytest.mark.parametrize(
    ("name", "content", "kept", "content_type"), [row[1:] for row in KEPT], ids=[row[0] for row in KEPT]
)
def test_it_is_kept_as_what_it_is(lai_chau, name, content, kept, content_type):
    file = SimpleUploadedFile("x", content())
    file._name = name  # as it comes by the API: Django's own parser has not cleaned it
    stored = keep_upload(file, by=None, families=EVIDENCE)
    assert (stored.name, stored.content_type) == (kept, content_type)
    with stored.open() as inside:
        assert b"PK\x05\x06" not in inside.read() or stored.content_type == DOCX


def test_a_name_with_nul_is_kept_without_it(lai_chau):
    file = SimpleUploadedFile("x", b.pdf())
    file._name = "giay\x00.php\x00.pdf"
    assert keep_upload(file, by=None).name == "giay.php.pdf"


def test_a_clip_says_how_long_it_is(lai_chau):
    assert keep_upload(SimpleUploadedFile("c.mp4", b.CLIP), by=None, families=EVIDENCE).seconds == 10


def test_where_only_scans_are_taken_others_are_refused_with_their_name(lai_chau):
    with pytest.raises(ValidationError) as refused:
        keep_upload(SimpleUploadedFile("c.mp4", b.CLIP), by=None)
    assert refused.value.messages == [
        "Ở đây không nhận tệp MP4. Chỉ nhận tệp PDF, ảnh JPEG, PNG hoặc HEIC. Hãy chụp ảnh hoặc lưu thành PDF rồi tải lại."
    ]
