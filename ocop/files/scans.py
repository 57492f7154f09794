"""What NĐ 30/2020 (Phụ lục I, phần II) asks of a scan: PDF 1.4 or later, in colour, 200 dpi, upright.

A scan that falls short is kept all the same: the producer is told what to do better, and decides.
"""

from collections.abc import Iterable
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from django.utils.translation import gettext as _
from PIL import Image

LEAST_DPI = 200
LEAST_PDF = 14  # version 1.4
LONG_SIDE = 29.7 / 2.54  # inches of an A4 page
LOOKED_AT = 10  # pages: a paper is scanned in one way from beginning to end
COVERS = 0.5  # of the page: smaller pictures are figures in a text
GREY = {"1", "L", "LA", "I", "I;16", "F"}
GREY_SPACES = {pdfium.FPDF_COLORSPACE_DEVICEGRAY, pdfium.FPDF_COLORSPACE_CALGRAY}


def advice_on_picture(picture: Image.Image) -> list[dict[str, Any]]:
    """As if it were an A4 page from edge to edge, which is the most that a photograph of a paper shows."""
    dpi = round(max(picture.size) / LONG_SIDE)
    found: list[dict[str, Any]] = [{"code": "dpi", "n": dpi}] if dpi < LEAST_DPI else []
    return [*found, {"code": "grey"}] if picture.mode in GREY else found


def advice_on_pdf(document: pypdfium2.PdfDocument) -> list[dict[str, Any]]:
    """The first page at fault for each reason; the caller holds PDFium's lock."""
    found: dict[str, dict[str, Any]] = {}
    if (document.get_version() or LEAST_PDF) < LEAST_PDF:
        found["version"] = {"code": "version"}
    for number in range(min(len(document), LOOKED_AT)):
        page = document[number]
        for one in _advice_on_page(page):
            found.setdefault(one["code"], one | {"page": number + 1})
        page.close()
    return list(found.values())


def _advice_on_page(page: pypdfium2.PdfPage) -> Iterable[dict[str, Any]]:
    area = page.get_width() * page.get_height()
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) < COVERS * area:
            continue
        facts = picture.get_metadata()
        dpi = round(min(facts.horizontal_dpi, facts.vertical_dpi))
        if 0 < dpi < LEAST_DPI:
            yield {"code": "dpi", "n": dpi}
        if facts.colorspace in GREY_SPACES:
            yield {"code": "grey"}


def words(advice: Iterable[dict[str, Any]]) -> list[str]:
    """One sentence for each."""
    return [_sentence(one) for one in advice]


def _sentence(one: dict[str, Any]) -> str:
    sentences = {
        "dpi": _("Bản quét chỉ khoảng %(n)s dpi; Nghị định 30 cần từ 200 dpi. Chữ mờ thì hãy quét hoặc chụp gần hơn."),
        "grey": _("Bản quét đen trắng; Nghị định 30 cần ảnh màu để thấy dấu đỏ. Nên quét màu."),
        "version": _("Tệp PDF phiên bản cũ; Nghị định 30 cần từ 1.4. Nên lưu lại bằng phần mềm mới."),
        "turned": _("Trang nằm ngang hoặc ngược; Nghị định 30 cần chữ đứng. Nên xoay lại rồi tải lên."),
        "blurred": _("Ảnh mờ, khó đọc. Nên chụp lại: giữ chắc máy, đủ sáng."),
    }  # fmt: skip
    said = sentences[one["code"]] % one
    return _("Trang %(page)s: %(words)s") % {"page": one["page"], "words": said} if "page" in one else said
