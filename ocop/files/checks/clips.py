"""An MP4 by its structure: boxes that fit into each other and end where the file ends, with a picture in it."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ocop.files.checks.checked import Checked
from ocop.files.kinds import FileKind

MOST_BOXES = 10_000  # in one file
WIDE = 1  # a size field of 1: the real size follows in eight bytes; of 0: the box goes to the end


@dataclass(frozen=True)
class Box:
    """Where a box's content begins and ends."""

    name: bytes
    start: int
    end: int


class _NotAClip(Exception):
    pass


def check_clip(upload: IO[bytes], kind: FileKind) -> Checked:
    """Broken where boxes do not add up; refused where there is sound but no picture."""
    try:
        seconds, has_picture = _movie(upload, _movie_box(upload))
    except _NotAClip as error:
        raise ValidationError(
            _("Không đọc được clip MP4: tệp hỏng hoặc bị cụt. Hãy lưu lại clip rồi tải lên."), code="broken"
        ) from error
    if not has_picture:
        raise ValidationError(_("Clip chỉ có tiếng, không có hình. Hãy quay lại clip."), code="broken")
    upload.seek(0)
    return Checked(upload, kind, seconds=seconds)


def _movie_box(upload: IO[bytes]) -> Box:
    """The box that describes the film, of a file that begins as an MP4 and has the film itself."""
    boxes = list(_boxes(upload, 0, upload.seek(0, io.SEEK_END)))
    names = [box.name for box in boxes]
    if names[:1] != [b"ftyp"] or b"mdat" not in names or b"moov" not in names:
        raise _NotAClip
    return boxes[names.index(b"moov")]


def _boxes(upload: IO[bytes], start: int, end: int) -> Iterator[Box]:
    """The boxes that follow one another there, each within its parent."""
    at = start
    for _number in range(MOST_BOXES):
        if at == end:
            return
        upload.seek(at)
        head = upload.read(8)
        if len(head) < 8:
            raise _NotAClip
        size, name, begins = int.from_bytes(head[:4], "big"), head[4:], at + 8
        if size == WIDE:
            size, begins = int.from_bytes(upload.read(8), "big"), at + 16
        elif size == 0:
            size = end - at
        if at + size > end or at + size < begins:
            raise _NotAClip
        yield Box(name, begins, at + size)
        at += size
    raise _NotAClip


def _movie(upload: IO[bytes], movie: Box) -> tuple[int | None, bool]:
    """Its length in whole seconds, None where the file does not say; whether one track is a picture."""
    seconds, has_picture = None, False
    for box in _boxes(upload, movie.start, movie.end):
        if box.name == b"mvhd":
            seconds = _length(upload, box)
        elif box.name == b"trak":
            has_picture = has_picture or _is_picture(upload, box)
    return seconds, has_picture


def _length(upload: IO[bytes], header: Box) -> int | None:
    upload.seek(header.start)
    content = upload.read(min(header.end - header.start, 32))
    wide = content[:1] == b"\x01"
    scale, length = (content[20:24], content[24:32]) if wide else (content[12:16], content[16:20])
    units = int.from_bytes(scale, "big")
    if len(length) < (8 if wide else 4) or not units:
        raise _NotAClip
    return -(-int.from_bytes(length, "big") // units) or None


def _is_picture(upload: IO[bytes], track: Box) -> bool:
    for media in _boxes(upload, track.start, track.end):
        if media.name == b"mdia":
            for box in _boxes(upload, media.start, media.end):
                if box.name == b"hdlr":
                    upload.seek(box.start + 8)
                    return upload.read(4) == b"vide"
    return False
