"""What may be uploaded, as data: type by content, largest size."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024
LARGEST_PIXELS = 50_000_000
LARGEST_SIDE = 3508  # an A4 page at 300 dpi; larger photographs are brought down to it
LONGEST_TRAILER = 1024  # bytes after %%EOF


@dataclass(frozen=True)
class FileKind:
    """One accepted type."""

    content_type: str
    extension: str
    largest: int  # bytes
    label: str


KINDS = {
    kind.content_type: kind
    for kind in (
        FileKind("application/pdf", ".pdf", 50 * MEGABYTE, "PDF"),
        FileKind("image/jpeg", ".jpg", 15 * MEGABYTE, "JPEG"),
        FileKind("image/png", ".png", 15 * MEGABYTE, "PNG"),
    )
}
ACCEPT = ",".join(kind.extension for kind in KINDS.values()) + ",.jpeg"
