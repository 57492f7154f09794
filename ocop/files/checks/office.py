"""DOCX and XLSX: archives that say what they are, hold no macros and do not swell."""

import zipfile
import zlib
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ocop.files.checks.checked import Checked
from ocop.files.kinds import DOCX, MOST_ENTRIES, MOST_INFLATION, XLSX, FileKind

CONTENTS = "[Content_Types].xml"
LONGEST_CONTENTS = 1024 * 1024
MAIN_PARTS = (
    (b"wordprocessingml.document.main+xml", DOCX),
    (b"spreadsheetml.sheet.main+xml", XLSX),
)
ENCRYPTED = 0x1
CHUNK = 64 * 1024
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


def office_type(upload: IO[bytes]) -> str:
    """DOCX or XLSX by what its list of contents names as the main part; "" for any other archive.

    A broken archive that has the name of that list in its head is taken for Office, so that it is told so.
    """
    try:
        with zipfile.ZipFile(upload) as archive, archive.open(CONTENTS) as contents:
            listed = contents.read(LONGEST_CONTENTS)
    except (*BROKEN, KeyError):
        upload.seek(0)
        head = upload.read(4096)
        return (
            DOCX
            if CONTENTS.encode() in head and b"word/" in head
            else XLSX
            if CONTENTS.encode() in head
            else ""
        )
    return next((content_type for part, content_type in MAIN_PARTS if part in listed), "")


def check_office(upload: IO[bytes], kind: FileKind) -> Checked:
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload) as archive:
            _check_entries(archive, kind)
            _unpack(archive)
    except BROKEN as error:
        raise ValidationError(
            _("Không mở được tệp %(kind)s: tệp hỏng hoặc bị cụt. Hãy lưu lại tệp rồi tải lên."),
            code="broken",
            params={"kind": kind.label},
        ) from error
    upload.seek(0)
    return Checked(upload, kind)


def _check_entries(archive: zipfile.ZipFile, kind: FileKind) -> None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_ENTRIES:
        raise ValidationError(
            _("Tệp %(kind)s chứa %(n)s phần, nhiều hơn mức %(most)s. Hãy lưu thành PDF rồi tải lại."),
            code="large",
            params={"kind": kind.label, "n": len(entries), "most": MOST_ENTRIES},
        )
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise ValidationError(_("Tệp %(kind)s có mật khẩu. Hãy bỏ mật khẩu rồi tải lên."), code="broken",
                              params={"kind": kind.label})  # fmt: skip
    if len(set(names)) < len(names) or any(_leads_out(name) for name in names):
        raise ValidationError(_("Tệp %(kind)s có cấu trúc lạ. Hãy mở ra, lưu lại rồi tải lên."), code="broken",
                              params={"kind": kind.label})  # fmt: skip
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ValidationError(_("Tệp có macro nên không nhận. Hãy lưu lại không kèm macro, hoặc lưu thành PDF."),
                              code="kind")  # fmt: skip
    packed = sum(entry.compress_size for entry in entries)
    if sum(entry.file_size for entry in entries) > MOST_INFLATION * max(packed, 1):
        raise _swells()


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith("/") or ":" in parts[0]


def _swells() -> ValidationError:
    return ValidationError(
        _("Tệp phình to bất thường khi giải nén (bom nén) nên không nhận. Hãy lưu lại hoặc lưu thành PDF."),
        code="bomb",
    )


def _unpack(archive: zipfile.ZipFile) -> None:
    """Every entry is read to its end, so that its checksum is compared; what lies about its size ends there."""
    for entry in archive.infolist():
        with archive.open(entry) as content:
            while content.read(CHUNK):
                pass
