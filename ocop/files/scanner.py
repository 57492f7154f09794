"""Viruses: the file goes to clamd by its socket where one is configured; where none is, the admin's page says so.

The protocol is clamd's INSTREAM: pieces with their length before them, an empty one at the end, one line back.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CHUNK = 64 * 1024
LONGEST_ANSWER = 4096


class NoScannerError(Exception):
    """The scanner is configured and does not answer as one."""


def demand_clean(upload: IO[bytes]) -> None:
    """ValidationError where a virus is found, and where the scanner does not answer: nothing is kept unseen."""
    if not settings.CLAMD:
        return
    upload.seek(0)
    try:
        answer = _scan(upload)
    except NoScannerError as error:
        raise ValidationError(
            _("Máy quét vi-rút không trả lời nên tệp chưa được nhận. Hãy thử lại sau ít phút."),
            code="scanner",
        ) from error
    if answer.endswith("FOUND"):
        found = answer.removeprefix("stream:").removesuffix("FOUND").strip()
        raise ValidationError(
            _("Tệp có mã độc (%(name)s) nên không nhận. Hãy quét vi-rút máy của bạn rồi gửi tệp khác."),
            code="virus",
            params={"name": found},
        )


def version() -> str:
    """How the scanner calls itself, "" where it does not answer."""
    try:
        with _connection() as line:
            line.sendall(b"zVERSION\0")
            return _answer(line)
    except NoScannerError:
        return ""


def _scan(upload: IO[bytes]) -> str:
    """Answers “stream: OK” or “stream: <name> FOUND”; whatever else clamd says is no answer to rely on."""
    with _connection() as line:
        line.sendall(b"zINSTREAM\0")
        while chunk := upload.read(CHUNK):
            line.sendall(len(chunk).to_bytes(4, "big") + chunk)
        line.sendall(bytes(4))
        answer = _answer(line)
    if answer != "stream: OK" and not (answer.startswith("stream: ") and answer.endswith(" FOUND")):
        raise NoScannerError(answer)
    return answer


@contextmanager
def _connection() -> Iterator[socket.socket]:
    """To `/path/of/a/socket` or `host:port`; every failure of the line is NoScannerError."""
    try:
        with _open() as line:
            yield line
    except OSError as error:
        raise NoScannerError(str(error)) from error


def _open() -> socket.socket:
    address: str = settings.CLAMD
    if not address.startswith("/"):
        host, _colon, port = address.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=settings.CLAMD_SECONDS)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(settings.CLAMD_SECONDS)
    try:
        line.connect(address)
    except OSError:
        line.close()
        raise
    return line


def _answer(line: socket.socket) -> str:
    got = b""
    while not got.endswith(b"\0") and len(got) < LONGEST_ANSWER and (more := line.recv(LONGEST_ANSWER)):
        got += more
    return got.rstrip(b"\0\n").decode(errors="replace")
