"""What may be uploaded, as data: type by content, how large a picture or how full an archive may be.

The largest sizes are the operator's: `FILE_MEGABYTES` of the settings (OCOP_MB_PDF, …_PICTURE, …_OFFICE, …_CLIP, …_DOSSIER).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext as _

MEGABYTE = 1024 * 1024
LARGEST_PIXELS = 50_000_000
LARGEST_SIDE = 3508  # an A4 page at 300 dpi; larger photographs are brought down to it
LONGEST_TRAILER = 1024  # bytes after %%EOF
MOST_PAGES = 1000  # of one PDF
MOST_ENTRIES = 200  # files inside a DOCX or XLSX
MOST_INFLATION = 20  # times that a DOCX or XLSX may grow when it is unpacked

PDF, PICTURE, OFFICE, CLIP = "pdf", "picture", "office", "clip"


@dataclass(frozen=True)
class FileKind:
    """One accepted type."""

    content_type: str
    extension: str
    label: str
    family: str

    @property
    def largest(self) -> int:
        """Bytes of one file."""
        return most_bytes(self.family)


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {
    kind.content_type: kind
    for kind in (
        FileKind("application/pdf", ".pdf", "PDF", PDF),
        FileKind("image/jpeg", ".jpg", "JPEG", PICTURE),
        FileKind("image/png", ".png", "PNG", PICTURE),
        FileKind("image/heic", ".heic", "HEIC", PICTURE),  # kept as JPEG
        FileKind(DOCX, ".docx", "DOCX", OFFICE),
        FileKind(XLSX, ".xlsx", "XLSX", OFFICE),
        FileKind("video/mp4", ".mp4", "MP4", CLIP),
    )
}
SCANS = (PDF, PICTURE)  # families: a paper that was signed somewhere
EVIDENCE = (PDF, PICTURE, OFFICE, CLIP)


def most_bytes(what: str) -> int:
    """Bytes that a file of this family, or a whole "dossier", may have."""
    return settings.FILE_MEGABYTES[what] * MEGABYTE


def largest() -> int:
    """Bytes of the largest file of any kind."""
    return max(kind.largest for kind in KINDS.values())


def accept(families: Iterable[str]) -> str:
    """For the file field of a browser."""
    wanted = tuple(families)
    names = [kind.extension for kind in KINDS.values() if kind.family in wanted]
    return ",".join([*names, ".jpeg", ".heif"])


ACCEPT = accept(SCANS)
ACCEPT_EVIDENCE = accept(EVIDENCE)


@lazy
def _sizes() -> str:
    return (
        _("PDF tới %(pdf)s MB, ảnh %(picture)s MB, Word và Excel %(office)s MB, clip MP4 %(clip)s MB.")
        % settings.FILE_MEGABYTES
    )


SIZES_OF_EVIDENCE = _sizes()
