"""The scan standard of NĐ 30: what falls short is kept, with advice."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ocop.files import scans
from ocop.files.store import keep_upload
from tests.files import broken


def advice(content, name="a.pdf"):
    return keep_upload(SimpleUploadedFile(name, content), by=None).advice


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (lambda: broken.scanned_pdf(300), []),
        (lambda: broken.scanned_pdf(200), []),
        (lambda: broken.scanned_pdf(150), [{"code": "dpi", "n": 150, "page": 1}]),
        (lambda: broken.scanned_pdf(300, "L"), [{"code": "grey", "page": 1}]),
        (lambda: broken.pdf(version="1.3"), [{"code": "version"}]),
        (lambda: broken.pdf(3), []),
        (broken.picture, []),
        (lambda: broken.picture(size=(800, 600)), [{"code": "dpi", "n": 68}]),
        (lambda: broken.picture(mode="L"), [{"code": "grey"}]),
    ],
)
def test_what_a_scan_lacks(lai_chau, content, found):
    got = advice(content())
    assert [
        one | ({"n": round(one["n"], -1) if "page" in one else one["n"]} if "n" in one else {}) for one in got
    ] == found


def test_the_words_name_page_and_remedy():
    said = scans.words([{"code": "dpi", "n": 120, "page": 2}, {"code": "grey"}])
    assert said == [
        "Trang 2: Bản quét chỉ khoảng 120 dpi; Nghị định 30 cần từ 200 dpi. Chữ mờ thì hãy quét hoặc chụp gần hơn.",
        "Bản quét đen trắng; Nghị định 30 cần ảnh màu để thấy dấu đỏ. Nên quét màu.",
    ]
