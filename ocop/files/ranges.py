"""A part of a file, as a browser asks for it that plays a clip: RFC 9110, one range."""

import io
import re
from collections.abc import Iterator
from typing import IO

ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
CHUNK = 64 * 1024


class NoSuchRangeError(ValueError):
    """Asked for what lies behind the end."""


def range_of(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte; None where the whole is to be sent, as for what cannot be read and for several ranges."""
    found = ONE_RANGE.fullmatch(header.strip())
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        start, end = max(0, size - int(last)), size - 1
    else:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
    if start >= size or (not first and not int(last)):
        raise NoSuchRangeError(header)
    return (start, end) if start <= end else None


def pieces(content: IO[bytes], first: int, last: int) -> Iterator[bytes]:
    """The bytes from first to last; the file is closed behind them."""
    with content:
        content.seek(first, io.SEEK_SET)
        left = last - first + 1
        while left and (chunk := content.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
