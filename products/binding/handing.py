"""Handing a bound dossier out: the producer's people get it as it is, others book and archive under their name.

Besides her people the archive is for the offices that keep the dossier as the paper original (QĐ 26/2026, Điều 7
khoản 1), not for members of a council; theirs says for each file the hash of the original beside that of the copy.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, StreamingHttpResponse

from ocop.audit.log import record
from ocop.files.models import StoredFile
from ocop.files.store import guard, serve
from ocop.orgs.models import User
from products.binding.making import FILES
from products.binding.marking import marked_archive
from products.models import BoundDossier, Dossier
from products.vault.handing import hand_out_file, mark_words

OFFICES = ("products.check_dossier", "products.receive_dossier", "products.conclude_dossier")


def may_take_archive(dossier: Dossier, by: User) -> bool:
    return is_of_the_producer(dossier, by) or any(by.has_perm(right, dossier) for right in OFFICES)


def hand_out_bound(made: BoundDossier, kind: str, *, dossier: Dossier, by: User) -> HttpResponse:
    """The book ("pdf") or everything ("zip"); PermissionDenied where the archive is not for her."""
    file, is_own = getattr(made, FILES[kind]), is_of_the_producer(dossier, by)
    if kind == "pdf":
        return hand_out_file(file, about=dossier, by=by, is_own=is_own)
    if not may_take_archive(dossier, by):
        raise PermissionDenied
    return serve(file, about=dossier, by=by) if is_own else _marked(file, about=dossier, by=by)


def is_of_the_producer(dossier: Dossier, by: User) -> bool:
    return bool(dossier.roles_of(by))


def _marked(file: StoredFile, *, about: Dossier, by: User) -> HttpResponse:
    """Sent while it is made: a dossier of hundreds of megabytes is under way at once."""
    answer: Any = StreamingHttpResponse(marked_archive(file.open(), mark_words(by)))
    record("file.download", about, by=by, data={"file": file.pk, "sha256": file.sha256, "marked": True})
    answer.headers["Content-Type"] = file.content_type
    guard(answer, file.name, inline=False)
    return answer
