"""What this server does not do, said on the start page of the tenant's admin: nobody should believe that it does."""

from django.conf import settings
from django.utils.translation import gettext as _

from ocop.files import scanner, text


def scanner_notes() -> list[str]:
    """Whether uploads are scanned for viruses."""
    if not settings.CLAMD:
        return [
            _(
                "Chưa bật quét vi-rút: tệp tải lên không được quét. Người vận hành máy chủ đặt OCOP_CLAMD để bật."
            )
        ]
    if not scanner.version():
        return [
            _(
                "Máy quét vi-rút không trả lời: không ai tải tệp lên được. Người vận hành cần xem lại OCOP_CLAMD."
            )
        ]
    return []


def reading_notes() -> list[str]:
    """Whether scans are read for the producer's own check."""
    if not text.tesseract():
        return [
            _(
                "Chưa cài Tesseract tiếng Việt: ảnh chụp giấy tờ không được đọc để gợi ý số, ngày; PDF có chữ vẫn đọc."
            )
        ]
    return []
