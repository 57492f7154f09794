"""The archive for who is not of the producer: its PDFs and pictures under the taker's name, told with both hashes.

It is written while it is sent. One file at a time is copied out of the archive that is kept, marked on the disk and
passed on, so that neither the memory nor the disk ever holds more than the largest file twice.
"""

import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Any, BinaryIO

import pikepdf
from django.utils.translation import gettext as _

from products.binding.archive import CHUNK, MANIFEST, SUMS
from products.vault.watermark import write_marked

SUMS_OF_ORIGINALS = "SHA256SUMS.ban-goc"
PDF, PICTURES = (
    ".pdf",
    frozenset([".jpg", ".jpeg", ".png"]),
)  # an archive's names end as their files really are
UNMARKABLE = (pikepdf.PdfError, OSError, ValueError)  # what does not bear being written anew


@dataclass
class Copy:
    """One file of the archive as it leaves: `sha256` is the original's, `sent` that of what is in this ZIP."""

    name: str
    sha256: str = ""
    sent: str = ""
    why: str = ""  # it carries no mark

    def as_told(self) -> dict[str, Any]:
        told = {"name": self.name, "sha256_original": self.sha256, "sha256_in_this_zip": self.sent}
        return told | ({"marked": False, "why": self.why} if self.why else {"marked": True})


class _Outlet(io.RawIOBase):
    """What is written is taken out again at once: a stream that cannot be sought in."""

    def __init__(self) -> None:
        self.held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.held += data
        return len(data)

    def take(self) -> bytes:
        taken = bytes(self.held)
        self.held.clear()
        return taken


def marked_archive(content: BinaryIO, words: str) -> Iterator[bytes]:
    """The pieces of a ZIP like the one in `content`, which is closed at the end; needs no scope.

    SHA256SUMS is of what is in it, so that `sha256sum -c` says whether the download is whole; the originals' lies
    beside it. The manifest comes last and says both for each file.
    """
    outlet = _Outlet()
    with (
        content,
        zipfile.ZipFile(content) as kept,
        zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED, allowZip64=True) as out,  # type: ignore[call-overload]
    ):
        copies = []
        for name in kept.namelist():
            if name not in (SUMS, MANIFEST):
                copies.append(copy := Copy(name))
                yield from _passed(kept, copy, words, out, outlet)
        out.writestr(SUMS_OF_ORIGINALS, kept.read(SUMS))
        out.writestr(SUMS, "".join(f"{it.sent}  {it.name}\n" for it in copies))
        told = json.loads(kept.read(MANIFEST)) | _told(copies, words)
        out.writestr(MANIFEST, json.dumps(told, ensure_ascii=False, indent=2))
    yield outlet.take()


def _passed(
    kept: zipfile.ZipFile, copy: Copy, words: str, out: zipfile.ZipFile, outlet: _Outlet
) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as original, tempfile.TemporaryFile() as marked:
        with kept.open(copy.name) as source:
            copy.sha256 = _poured(source, original)
        original.seek(0)
        copy.why = _mark(copy.name, original, marked, words)
        sent = original if copy.why else marked
        sent.seek(0)
        digest = hashlib.sha256()
        with out.open(copy.name, "w", force_zip64=True) as entry:
            while chunk := sent.read(CHUNK):
                digest.update(chunk)
                entry.write(chunk)
                yield outlet.take()
        copy.sent = digest.hexdigest()


def _poured(source: IO[bytes], into: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        into.write(chunk)
    return digest.hexdigest()


def _mark(name: str, original: Any, marked: Any, words: str) -> str:
    """Why it could not be marked; "" where `marked` holds the copy."""
    end = PurePosixPath(name).suffix.lower()
    if end != PDF and end not in PICTURES:
        return _("Loại tệp này không in tên lên được; đây là bản gốc.")
    try:
        write_marked(original, marked, words, is_pdf=end == PDF)
    except UNMARKABLE:
        return _("Tệp này không ghi lại được nên không in tên; đây là bản gốc.")
    return ""


def _told(copies: list[Copy], words: str) -> dict[str, Any]:
    note = _(
        "Tệp PDF và ảnh trong gói này là bản sao in tên người tải, nên mã băm của chúng khác bản gốc."
        " sha256_original là mã băm của bản gốc đang lưu trong hệ thống, đúng như trên giấy tiếp nhận;"
        " sha256_in_this_zip là mã băm của tệp trong gói này, để kiểm tra gói tải về còn nguyên vẹn."
        " Tệp có marked là false là bản gốc, hai mã băm trùng nhau."
    )
    return {"marked_for": words, "note": note, "copies": [it.as_told() for it in copies]}
