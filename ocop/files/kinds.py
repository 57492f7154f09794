"""What may be uploaded, as data: type by content, largest size, how large a picture or how full an archive may be."""

from collections.abc import Iterable
from dataclasses import dataclass

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
    largest: int  # bytes
    label: str
    family: str


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {
    kind.content_type: kind
    for kind in (
        FileKind("application/pdf", ".pdf", 50 * MEGABYTE, "PDF", PDF),
        FileKind("image/jpeg", ".jpg", 15 * MEGABYTE, "JPEG", PICTURE),
        FileKind("image/png", ".png", 15 * MEGABYTE, "PNG", PICTURE),
        FileKind("image/heic", ".heic", 15 * MEGABYTE, "HEIC", PICTURE),  # kept as JPEG
        FileKind(DOCX, ".docx", 20 * MEGABYTE, "DOCX", OFFICE),
        FileKind(XLSX, ".xlsx", 20 * MEGABYTE, "XLSX", OFFICE),
        FileKind("video/mp4", ".mp4", 100 * MEGABYTE, "MP4", CLIP),
    )
}
SCANS = (PDF, PICTURE)  # families: a paper that was signed somewhere
EVIDENCE = (PDF, PICTURE, OFFICE, CLIP)
LARGEST = max(kind.largest for kind in KINDS.values())


def accept(families: Iterable[str]) -> str:
    """For the file field of a browser."""
    wanted = tuple(families)
    names = [kind.extension for kind in KINDS.values() if kind.family in wanted]
    return ",".join([*names, ".jpeg", ".heif"])


ACCEPT = accept(SCANS)
ACCEPT_EVIDENCE = accept(EVIDENCE)
