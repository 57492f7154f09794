"""Files as people and attackers send them: whole, cut, locked, swollen, two things at once."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pikepdf
import pillow_heif
from PIL import Image

DATA = Path(__file__).parent / "data"
CLIP = (DATA / "clip.mp4").read_bytes()  # ten seconds of a test picture, H.264
SOUND = (DATA / "sound.mp4").read_bytes()
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/x" ContentType="application/vnd.openxmlformats-officedocument.%s.main+xml"/></Types>'


def pdf(
    pages: int = 2, *, size: tuple[int, int] = (595, 842), version: str = "1.4", **options: object
) -> bytes:
    out, document = io.BytesIO(), pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=size)
    document.save(out, force_version=version, **options)
    return out.getvalue()


def locked_pdf() -> bytes:
    return pdf(encryption=pikepdf.Encryption(owner="a", user="b"), version="")


def pdf_that_claims(pages: int) -> bytes:
    """One page, and a tree that says it has many."""
    return pdf(1, object_stream_mode=pikepdf.ObjectStreamMode.disable).replace(
        b"/Count 1", b"/Count %d" % pages
    )


def scanned_pdf(dpi: int, mode: str = "RGB") -> bytes:
    """An A4 page that is one picture."""
    out = io.BytesIO()
    Image.new(mode, (int(8.27 * dpi), int(11.69 * dpi)), "grey").save(out, "PDF", resolution=dpi)
    return out.getvalue()


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (2480, 3508), mode: str = "RGB", **options: object
) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "green" if mode == "RGB" else 90).save(out, kind, **options)
    return out.getvalue()


def heic() -> bytes:
    pillow_heif.register_heif_opener()
    return picture("HEIF", (320, 200))


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that unpack into a wall of pixels."""

    def part(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", head)
        + part(b"IDAT", zlib.compress(bytes(9000)))
        + part(b"IEND", b"")
    )


def office(
    main: str = "wordprocessingml.document", extra: dict[str, bytes] | None = None, *, packed: bool = True
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        archive.writestr("[Content_Types].xml", TYPES % main)
        archive.writestr("word/document.xml", "<w:document>Bản công bố</w:document>")
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def locked_office() -> bytes:
    """The flag of a locked entry set, in its own head and in the list at the end."""
    content = bytearray(office())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            content[at + place] |= 1
    at = bytes(content).find(b"[Content_Types].xml")
    content[at - 24] &= 0xFE  # its own head, so that the list of contents can still be read
    first = bytes(content).find(b"PK\x01\x02")
    content[first + 8] &= 0xFE
    return bytes(content)


def zipped(names: tuple[str, ...] = ("anh.jpg",)) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def clip_of(megabytes: int) -> bytes:
    """A real clip with as much free room behind it."""
    room = megabytes * 1024 * 1024 - len(CLIP)
    return CLIP + struct.pack(">I", room) + b"free" + bytes(room - 8)
