"""What a file is by its first bytes, and what it is instead where it is none of ours."""

from collections.abc import Iterable
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.files.checks.office import office_type
from ocop.files.kinds import CLIP, KINDS, OFFICE, FileKind

HEAD = 1024
SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc", b"hevx"}
MP4_BRANDS = {b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV",
              b"dash", b"3gp4", b"3gp5", b"3gp6"}  # fmt: skip

_PICTURE = gettext_lazy("Đây là ảnh %(what)s, không phải JPEG hay PNG. Hãy lưu thành JPEG rồi tải lại.")
_CLIP = gettext_lazy("Đây là clip %(what)s, không phải MP4. Hãy lưu thành MP4 (H.264) rồi tải lại.")
_ARCHIVE = gettext_lazy("Đây là tệp nén %(what)s. Hãy giải nén rồi tải từng tệp bên trong.")
_PROGRAM = gettext_lazy("Đây là chương trình hoặc tập lệnh, không phải giấy tờ. Hệ thống không nhận.")
_WEB = gettext_lazy("Đây là trang web hoặc ảnh SVG, không nhận vì có thể chứa mã. Hãy in ra PDF rồi tải lại.")
_OLD_OFFICE = gettext_lazy(
    "Đây là tệp Word, Excel kiểu cũ (DOC, XLS) hoặc có mật khẩu. Hãy lưu thành DOCX, XLSX hoặc PDF, không đặt mật khẩu."
)
REFUSED: tuple[
    tuple[int, bytes, str | Promise, str], ...
] = (  # where it stands, what, the sentence, its word
    (0, b"GIF8", _PICTURE, "GIF"),
    (0, b"BM", _PICTURE, "BMP"),
    (0, b"II*\x00", _PICTURE, "TIFF"),
    (0, b"MM\x00*", _PICTURE, "TIFF"),
    (8, b"WEBP", _PICTURE, "WEBP"),
    (8, b"avif", _PICTURE, "AVIF"),
    (8, b"AVI ", _CLIP, "AVI"),
    (8, b"qt  ", _CLIP, "MOV"),
    (0, b"\x1aE\xdf\xa3", _CLIP, "WebM"),
    (0, b"Rar!", _ARCHIVE, "RAR"),
    (0, b"7z\xbc\xaf", _ARCHIVE, "7Z"),
    (0, b"\x1f\x8b", _ARCHIVE, "GZ"),
    (0, b"\xd0\xcf\x11\xe0", _OLD_OFFICE, ""),
    (0, b"MZ", _PROGRAM, ""),
    (0, b"\x7fELF", _PROGRAM, ""),
    (0, b"#!", _PROGRAM, ""),
)
MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script")


def sniff(upload: IO[bytes], families: Iterable[str]) -> FileKind:
    """The kind by content, whatever the name says; ValidationError names what it is instead."""
    wanted = tuple(families)
    upload.seek(0)
    head = upload.read(HEAD)
    content_type = _type_of(upload, head)
    if content_type and KINDS[content_type].family in wanted:
        return KINDS[content_type]
    raise ValidationError(_what_instead(head, content_type, wanted), code="kind")


def _type_of(upload: IO[bytes], head: bytes) -> str:
    for signature, content_type in SIGNATURES:
        if head.startswith(signature):
            return content_type
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return "image/heic" if brand in HEIC_BRANDS else "video/mp4" if brand in MP4_BRANDS else ""
    return office_type(upload) if head.startswith(b"PK") else ""


def _what_instead(head: bytes, content_type: str, wanted: tuple[str, ...]) -> str:
    if content_type:
        return _("Ở đây không nhận tệp %(kind)s. ") % {"kind": KINDS[content_type].label} + _accepted(wanted)
    for place, signature, words, what in REFUSED:
        if head[place:].startswith(signature):
            return str(words) % {"what": what} if what else str(words)
    if head.startswith(b"PK"):
        return str(_ARCHIVE) % {"what": "ZIP"}
    if head.lstrip().lower().startswith(MARKUP):
        return str(_WEB)
    if b"%PDF-" in head:
        return _("Tệp PDF có dữ liệu lạ ở đầu. Hãy mở tệp, in hoặc lưu lại thành PDF mới rồi tải lên.")
    return _accepted(wanted)


def _accepted(wanted: tuple[str, ...]) -> str:
    if OFFICE in wanted and CLIP in wanted:
        return _("Chỉ nhận tệp PDF, ảnh JPEG, PNG, HEIC, tệp DOCX, XLSX hoặc clip MP4. "
                 "Hãy chụp ảnh hoặc lưu thành PDF rồi tải lại.")  # fmt: skip
    return _("Chỉ nhận tệp PDF, ảnh JPEG, PNG hoặc HEIC. Hãy chụp ảnh hoặc lưu thành PDF rồi tải lại.")
