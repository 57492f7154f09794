"""Keeping files and handing them out."""

import hashlib
import io
import os
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, models, transaction
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from ocop.audit.log import record
from ocop.files.checks import check
from ocop.files.checks.checked import Checked
from ocop.files.kinds import KINDS, SCANS
from ocop.files.models import StoredFile
from ocop.files.ranges import NoSuchRangeError, pieces, range_of
from ocop.orgs.models import User
from ocop.tenancy.scope import active_tenant_id, tenant_scope

CHUNK = 64 * 1024


def keep_upload(upload: UploadedFile, *, by: User | None, families: Iterable[str] = SCANS) -> StoredFile:
    """Check and keep what a person sent; ValidationError in words where it may not be kept."""
    return keep_checked(check(upload, upload.size or 0, families), upload.name or "", by=by)


def keep_checked(checked: Checked, name: str, *, by: User | None) -> StoredFile:
    """Keep what `check` let through."""
    with checked.content as content:
        return _keep(
            content, name, checked.kind.content_type,
            uploaded_by=by, pages=checked.pages, seconds=checked.seconds, advice=checked.advice,
        )  # fmt: skip


def keep_made(
    content: bytes | IO[bytes], name: str, content_type: str, *, pages: int | None = None
) -> StoredFile:
    """Keep a file that the system itself made; a long one comes as an open file."""
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    return _keep(stream, name, content_type, pages=pages)


def _keep(content: IO[bytes], name: str, content_type: str, **facts: Any) -> StoredFile:
    digest, size = hashlib.sha256(), 0
    while chunk := content.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    sha256 = digest.hexdigest()
    path = _path(sha256)
    _lock(path)
    if not _is_whole(path, size):
        content.seek(0)
        default_storage.delete(path)
        default_storage.save(path, File(content))
    return StoredFile.objects.create(
        name=_shown_name(name, content_type),
        content_type=content_type,
        size=size,
        sha256=sha256,
        path=path,
        **facts,
    )


def forget(file: StoredFile) -> None:
    """Delete a file that nothing was made of; its bytes go where no other row has the same."""
    tenant_id, path = active_tenant_id(), file.path
    file.delete()
    transaction.on_commit(lambda: _forget_bytes(tenant_id, path))


def _forget_bytes(tenant_id: int, path: str) -> None:
    """In a transaction of its own: whoever keeps the same bytes at this moment does so before or after it."""
    with tenant_scope(tenant_id):
        _lock(path)
        if not StoredFile.objects.filter(path=path).exists():
            default_storage.delete(path)


def _lock(path: str) -> None:
    """Until the end of the transaction nobody else keeps or forgets these bytes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [path])


def take_over(file: StoredFile) -> StoredFile:
    """The same file under the tenant in scope: what came with a package from the tenant it was read in."""
    path = _path(file.sha256)
    if not _is_whole(path, file.size):
        default_storage.delete(path)
        _put_once_more(file.path, path)
    return StoredFile.objects.create(
        name=file.name,
        content_type=file.content_type,
        size=file.size,
        sha256=file.sha256,
        pages=file.pages,
        seconds=file.seconds,
        advice=file.advice,
        path=path,
    )


def _put_once_more(source: str, path: str) -> None:
    """A second name for the same bytes on one disk, which costs nothing; a copy where there is no such thing."""
    try:
        target = Path(default_storage.path(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(default_storage.path(source), target)
    except (NotImplementedError, OSError):
        with default_storage.open(source) as content:
            default_storage.save(path, content)


def _path(sha256: str) -> str:
    return f"{active_tenant_id()}/{sha256[:2]}/{sha256}"


def _is_whole(path: str, size: int) -> bool:
    """A process killed while it wrote leaves a short file, which is written anew."""
    return default_storage.exists(path) and default_storage.size(path) == size


def _shown_name(name: str, content_type: str) -> str:
    """The user's name without its folder and what cannot be seen, with the extension of what the file really is."""
    base = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    stem, dot, own = base.rpartition(".")
    stem = "".join(char for char in stem or own if char.isprintable()).strip(" .") or "tep"
    extension = KINDS[content_type].extension if content_type in KINDS else f".{own}" * bool(dot)
    return f"{stem[:180]}{extension}"


def serve(
    file: StoredFile, *, about: models.Model, by: User | None, inline: bool = False, part: str = ""
) -> HttpResponse:
    """Hand a file out and log it; `part` is a Range header, and only what begins the file is logged.

    The caller has found its row by `visible_to`; `about` is what it belongs to.
    """
    try:
        span = range_of(part, file.size) if part else None
    except NoSuchRangeError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
    if by is not None and (span is None or span[0] == 0):
        deed = "file.view" if inline else "file.download"
        record(deed, about, by=by, data={"file": file.pk, "sha256": file.sha256})
    response = _sent(file, span)
    response.headers["Content-Type"] = file.content_type
    guard(response, file.name, inline=inline)
    return response


def _sent(file: StoredFile, span: tuple[int, int] | None) -> HttpResponse:
    if settings.ACCEL_REDIRECT:  # nginx cuts ranges out itself
        return HttpResponse(headers={"X-Accel-Redirect": f"{settings.ACCEL_REDIRECT}{file.path}"})
    if span is None:
        whole: Any = FileResponse(file.open())
        whole.headers["Content-Length"] = str(file.size)
        whole.headers["Accept-Ranges"] = "bytes"
        return whole
    first, last = span
    partial: Any = StreamingHttpResponse(pieces(file.open(), first, last), status=206)
    partial.headers["Content-Range"] = f"bytes {first}-{last}/{file.size}"
    partial.headers["Content-Length"] = str(last - first + 1)
    return partial


def guard(response: HttpResponse, name: str, *, inline: bool) -> None:
    """Private, under its own name, and nothing in it runs."""
    disposition = content_disposition_header(not inline, name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
