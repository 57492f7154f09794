"""Receiving a file in pieces: each names where it begins, so that none is lost, doubled or mixed up.

The bytes stand in a file of their own until they are whole; then they are checked and kept like any other.
A piece is written before its row says so: a process killed between the two leaves bytes that the next writes over.
"""

import datetime as dt
import hashlib
import io
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.files.checks import check
from ocop.files.kinds import EVIDENCE, MEGABYTE, largest
from ocop.files.models import StoredFile, Upload
from ocop.files.store import forget, keep_checked
from ocop.orgs.models import User

CHUNK = MEGABYTE  # the largest piece
ENDS = 256 * 1024  # bytes at either end that go into the fingerprint
MOST_WAITING = 20  # of one person
KEPT_DAYS = 7  # an upload that nobody goes on with


class OutOfStepError(Exception):
    """The piece does not begin where the last one ended; `received` says where that is."""

    def __init__(self, received: int) -> None:
        super().__init__(received)
        self.received = received


def fingerprint(content: IO[bytes], size: int) -> str:
    """SHA-256 of the size and both ends: what a phone can reckon of 100 MB without reading them all."""
    content.seek(0)
    digest = hashlib.sha256(f"{size}\n".encode() + content.read(ENDS))
    content.seek(max(0, size - ENDS), io.SEEK_SET)
    digest.update(content.read(ENDS))
    return digest.hexdigest()


@transaction.atomic
def begin(place: str, *, name: str, size: int, digest: str, by: User) -> Upload:
    """The upload of this file for this place: the one that was begun before, wherever, or a new one.

    ValidationError names the field: an empty file, one larger than any kind may be, too many begun.
    """
    if size < 1:
        raise ValidationError({"size": _("Tệp rỗng. Hãy chọn lại tệp.")})
    if size > largest():
        words = _("Tệp nặng %(size)s MB, lớn hơn mức lớn nhất %(largest)s MB. Hãy nén hoặc tách tệp.")
        raise ValidationError(
            {"size": words % {"size": size // MEGABYTE + 1, "largest": largest() // MEGABYTE}}
        )
    User.objects.select_for_update(no_key=True).get(
        pk=by.pk
    )  # two devices of one person begin one after the other
    waiting = Upload.objects.visible_to(by).waiting()
    begun = waiting.filter(place=place, digest=digest, size=size).first()
    if begun is not None:
        return begun
    if waiting.count() >= MOST_WAITING:
        words = _("Bạn đang có %(n)s tệp gửi dở. Hãy gửi xong hoặc bỏ bớt trước khi thêm tệp mới.")
        raise ValidationError({"name": words % {"n": MOST_WAITING}})
    shown = "".join(char for char in name if char.isprintable())[:300] or "tep"
    return Upload.objects.create(by=by, place=place, name=shown, size=size, digest=digest)


@transaction.atomic
def append(upload: Upload, offset: int, piece: bytes, *, sha256: str = "") -> Upload:
    """Write a piece that begins at `offset`; OutOfStepError where it does not follow the last one.

    ValidationError where it is empty, too long, or not what was sent (`sha256`, in hex).
    """
    fresh = Upload.objects.select_for_update().get(pk=upload.pk)
    if fresh.state != "receiving" or offset != fresh.received:
        raise OutOfStepError(fresh.received)
    if not 0 < len(piece) <= min(CHUNK, fresh.size - offset):
        raise ValidationError(_("Mảnh tệp rỗng hoặc dài quá phần còn thiếu."))
    if sha256 and hashlib.sha256(piece).hexdigest() != sha256:
        raise ValidationError(_("Mảnh tệp hỏng trên đường truyền; hãy gửi lại mảnh này."), code="damaged")
    path = _part(fresh)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("r+b" if path.exists() else "xb") as part:
        part.seek(offset)
        part.write(piece)
        part.truncate()
    fresh.received, fresh.touched_at = offset + len(piece), timezone.now()
    fresh.save(update_fields=["received", "touched_at"])
    return fresh


@transaction.atomic
def finish(upload: Upload, *, families: Iterable[str] = EVIDENCE) -> Upload:
    """Check what is whole and keep it, or write down why not; a second call answers as the first."""
    fresh = Upload.objects.select_for_update().get(pk=upload.pk)
    if fresh.state in ("kept", "refused"):
        return fresh
    if fresh.state != "whole":
        raise ValidationError(_("Tệp chưa gửi xong: hãy gửi tiếp phần còn thiếu."))
    try:
        fresh.file = _kept(fresh, families)
    except ValidationError as refused:
        fresh.refused = " ".join(refused.messages)
    fresh.touched_at = timezone.now()
    fresh.save(update_fields=["file", "refused", "touched_at"])
    _drop_part(fresh)
    return fresh


def _kept(upload: Upload, families: Iterable[str]) -> StoredFile:
    try:
        part = _part(upload).open("rb")
    except FileNotFoundError as error:
        raise ValidationError(_("Máy chủ không còn phần đã gửi. Hãy chọn lại tệp để gửi lại.")) from error
    with part:
        if fingerprint(part, upload.size) != upload.digest:
            raise ValidationError(_("Tệp trên máy đã đổi trong lúc gửi. Hãy chọn lại tệp để gửi lại."))
        return keep_checked(check(part, upload.size, families), upload.name, by=upload.by)


def take(key: uuid.UUID, place: str, *, by: User) -> Upload:
    """The kept upload that something is now made of, locked; ValidationError where there is none such."""
    mine = Upload.objects.visible_to(by).select_for_update(of=("self",)).select_related("file")
    found = mine.filter(key=key, place=place).first()
    if found is None or found.state == "refused":
        raise ValidationError({"file": found.refused if found else _("Hãy chọn lại tệp.")})
    if found.file is None:
        raise ValidationError({"file": _("Tệp chưa gửi xong: hãy gửi tiếp phần còn thiếu.")})
    if found.used_at is None:
        found.used_at = timezone.now()
        found.save(update_fields=["used_at"])
    return found


@transaction.atomic
def give_up(upload: Upload) -> None:
    """The sender does not go on with it; what was made of it stays."""
    fresh = Upload.objects.select_for_update(of=("self",)).select_related("file").get(pk=upload.pk)
    file = fresh.file if fresh.used_at is None else None
    fresh.delete()
    _drop_part(fresh)
    if file is not None:
        forget(file)


def sweep(at: dt.datetime | None = None) -> int:
    """Give up what nobody went on with for days; answers how many."""
    before = (at or timezone.now()) - dt.timedelta(days=KEPT_DAYS)
    stale = list(Upload.objects.filter(touched_at__lt=before, used_at__isnull=True))
    for upload in stale:
        give_up(upload)
    return len(stale)


def _part(upload: Upload) -> Path:
    return Path(default_storage.path(f"{upload.tenant_id}/uploads/{upload.key}.part"))


def _drop_part(upload: Upload) -> None:
    path = _part(upload)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
