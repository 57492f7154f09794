"""Is this file what it says, and safe to keep? Answers with the bytes to keep, or a sentence."""

import io
from dataclasses import dataclass
from typing import IO

import pypdfium2
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from ocop.files.kinds import KINDS, LARGEST_PIXELS, LARGEST_SIDE, LONGEST_TRAILER, MEGABYTE, FileKind
from ocop.files.pdfium import ONE_AT_A_TIME

_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
Image.MAX_IMAGE_PIXELS = LARGEST_PIXELS


@dataclass(frozen=True)
class Checked:
    """A file that may be kept."""

    content: IO[bytes]
    kind: FileKind
    pages: int | None = None


def check(upload: IO[bytes], size: int) -> Checked:
    """Sniff, measure and clean an upload; ValidationError says what is wrong and how to mend it."""
    kind = _sniff(upload)
    if size == 0:
        raise ValidationError(_("Tệp rỗng. Hãy chọn lại tệp."), code="empty")
    if size > kind.largest:
        raise ValidationError(
            _("Tệp nặng %(size)s MB, lớn hơn mức %(largest)s MB của loại %(kind)s. Hãy nén hoặc tách tệp."),
            code="large",
            params={"size": size // MEGABYTE + 1, "largest": kind.largest // MEGABYTE, "kind": kind.label},
        )
    return (
        _check_pdf(upload, kind) if kind.content_type == "application/pdf" else _check_picture(upload, kind)
    )


def _sniff(upload: IO[bytes]) -> FileKind:
    upload.seek(0)
    head = upload.read(16)
    for signature, content_type in _SIGNATURES:
        if head.startswith(signature):
            return KINDS[content_type]
    raise ValidationError(
        _("Chỉ nhận tệp PDF, ảnh JPEG hoặc PNG. Hãy chụp ảnh hoặc lưu thành PDF rồi tải lại."), code="kind"
    )


def _check_pdf(upload: IO[bytes], kind: FileKind) -> Checked:
    upload.seek(0, io.SEEK_END)
    end = upload.tell()
    upload.seek(max(0, end - LONGEST_TRAILER - 8))
    if b"%%EOF" not in upload.read():
        raise ValidationError(
            _("Tệp PDF bị cụt (thiếu phần cuối). Hãy xuất lại tệp rồi tải lên."), code="broken"
        )
    upload.seek(0)
    try:
        with ONE_AT_A_TIME:
            document = pypdfium2.PdfDocument(upload, autoclose=False)
            pages = len(document)
            document.close()
    except pypdfium2.PdfiumError as error:
        raise ValidationError(
            _("Không mở được tệp PDF: tệp hỏng hoặc có mật khẩu."), code="broken"
        ) from error
    if not pages:
        raise ValidationError(_("Tệp PDF không có trang nào."), code="broken")
    upload.seek(0)
    return Checked(upload, kind, pages)


def _check_picture(upload: IO[bytes], kind: FileKind) -> Checked:
    """Decode and encode anew: drops what hides in a picture (places, scripts) and turns it upright."""
    upload.seek(0)
    try:
        picture = Image.open(upload, formats=["JPEG", "PNG"])
        if picture.width * picture.height > LARGEST_PIXELS:
            raise ValidationError(
                _("Ảnh quá lớn (trên 50 triệu điểm ảnh). Hãy giảm kích thước ảnh."), code="large"
            )
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
        kept = io.BytesIO()
        if kind.content_type == "image/png":
            upright.save(kept, "PNG", optimize=True)
        else:
            upright.convert("RGB").save(kept, "JPEG", quality=88, optimize=True)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValidationError(_("Không đọc được ảnh: tệp hỏng. Hãy chụp lại."), code="broken") from error
    kept.seek(0)
    return Checked(kept, kind)
