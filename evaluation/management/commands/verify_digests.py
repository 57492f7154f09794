"""`manage.py verify_digests`: every seal and every stored paper, recomputed; a line a thing, 1 where one differs."""

import hashlib
import sys
from collections.abc import Iterator
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand

from evaluation.meetings.digests import meeting_digest
from evaluation.models import Meeting, MeetingState
from ocop.files.models import StoredFile
from ocop.papers.models import Paper
from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import tenant_scope

CHUNK = 1024 * 1024


class Command(BaseCommand):
    help = "Recompute the digests of all finished meetings and the hashes of all papers."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = 0
        for tenant in Tenant.objects.order_by("pk"):
            with tenant_scope(tenant.pk):
                for line, is_whole in [*_meetings(), *_papers()]:
                    self.stdout.write(f"{'ok     ' if is_whole else 'DIFFERS'} {tenant.slug} {line}")
                    faults += not is_whole
        if faults:
            self.stderr.write(f"{faults} differ.")
            sys.exit(1)


def _meetings() -> Iterator[tuple[str, bool]]:
    for meeting in Meeting.objects.filter(state=MeetingState.CONCLUDED).order_by("pk"):
        yield f"meeting {meeting.pk} {meeting.digest}", meeting.digest == meeting_digest(meeting)


def _papers() -> Iterator[tuple[str, bool]]:
    kept = Paper.objects.exclude(file=None).select_related("file", "signed_file").order_by("pk")
    for paper in kept:
        for file in filter(None, [paper.file, paper.signed_file]):
            yield f"paper {paper.pk} {file.sha256}", _hash(file) == file.sha256


def _hash(file: StoredFile) -> str:
    """Of the bytes as they lie there; a file that is gone has none."""
    if not default_storage.exists(file.path):
        return ""
    digest = hashlib.sha256()
    with file.open() as content:
        while chunk := content.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
