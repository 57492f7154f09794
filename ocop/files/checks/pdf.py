"""A PDF that opens, from its first byte to its end."""

import io
from typing import IO

import pypdfium2
import pypdfium2.raw as pdfium
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ocop.files.checks.checked import Checked
from ocop.files.kinds import LONGEST_TRAILER, MOST_PAGES, FileKind
from ocop.files.pdfium import ONE_AT_A_TIME
from ocop.files.scans import advice_on_pdf

END_OF_ZIP = b"PK\x05\x06"
LONGEST_ZIP_COMMENT = 65_535
LOCK = b"/Encrypt"
CHUNK = 64 * 1024


def check_pdf(upload: IO[bytes], kind: FileKind) -> Checked:
    _check_end(upload)
    upload.seek(0)
    try:
        with ONE_AT_A_TIME:
            document = pypdfium2.PdfDocument(upload, autoclose=False)
            try:
                pages = _count(document)
                advice = advice_on_pdf(document)
            finally:
                document.close()
    except pypdfium2.PdfiumError as error:
        raise ValidationError(_why(error, upload), code="broken") from error
    upload.seek(0)
    return Checked(upload, kind, pages, advice=advice)


def _check_end(upload: IO[bytes]) -> None:
    upload.seek(0, io.SEEK_END)
    end = upload.tell()
    upload.seek(max(0, end - LONGEST_ZIP_COMMENT - 22))
    tail = upload.read()
    if b"%%EOF" not in tail[-LONGEST_TRAILER - 5 :]:
        raise ValidationError(
            _("Tệp PDF bị cụt (thiếu phần cuối). Hãy xuất lại tệp rồi tải lên."), code="broken"
        )
    at = tail.rfind(END_OF_ZIP)
    if at >= 0 and at + 22 + int.from_bytes(tail[at + 20 : at + 22], "little") == len(tail):
        raise ValidationError(
            _("Tệp vừa là PDF vừa là tệp nén ZIP nên không nhận. Hãy in hoặc lưu lại thành PDF mới."),
            code="kind",
        )


def _count(document: pypdfium2.PdfDocument) -> int:
    """What the file claims is not believed before its last page opens."""
    pages = len(document)
    if pages > MOST_PAGES:
        raise ValidationError(
            _("Tệp PDF có %(pages)s trang, nhiều hơn mức %(most)s trang. Hãy tách tệp."),
            code="large",
            params={"pages": pages, "most": MOST_PAGES},
        )
    document[pages - 1].close()
    return pages


def _why(error: pypdfium2.PdfiumError, upload: IO[bytes]) -> str:
    # PDFium may still hold the code of a file before this one: a lock is believed where the file speaks of one.
    if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD and _speaks_of_a_lock(upload):
        return _("Tệp PDF có mật khẩu. Hãy bỏ mật khẩu (in hoặc lưu lại thành PDF) rồi tải lên.")
    return _("Không mở được tệp PDF: tệp hỏng. Hãy xuất lại tệp rồi tải lên.")


def _speaks_of_a_lock(upload: IO[bytes]) -> bool:
    upload.seek(0)
    before = b""
    while chunk := upload.read(CHUNK):
        if LOCK in before + chunk:
            return True
        before = chunk[-len(LOCK) :]
    return False
