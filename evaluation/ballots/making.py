"""Books of sheets that were asked for and are not there yet: made by a worker, once, kept with their hash."""

import logging
from collections.abc import Callable
from typing import Any

from django.template import TemplateDoesNotExist, TemplateSyntaxError

from evaluation.models import BallotBook, BlankBook
from ocop.audit.log import record
from ocop.files.store import keep_made
from ocop.papers.pdf import CONTENT_TYPE
from ocop.tenancy.scope import tenant_scope

logger = logging.getLogger(__name__)
# What odd data, a bad template or a full disk raises; anything else is a bug and stops the task.
FAULTS = (
    OSError, ValueError, LookupError, TypeError, AttributeError, TemplateDoesNotExist, TemplateSyntaxError,
)  # fmt: skip
Book = BallotBook | BlankBook


def make_each(
    tenant_id: int,
    books: type[BallotBook] | type[BlankBook],
    bound: Callable[[Any], tuple[bytes, int]],
    *,
    name: str,
    deed: str,
) -> None:
    """Each in a transaction of its own and under its row's lock: two workers never make the same.

    `bound` gives a book's file and its pages; the file is called after `name`, the log says `deed`.
    """
    with tenant_scope(tenant_id):
        waiting = list(books.objects.to_make().order_by("pk").values_list("pk", flat=True))
    for pk in waiting:
        with tenant_scope(tenant_id):
            locked = books.objects.to_make().select_for_update(skip_locked=True, of=("self",))
            if book := locked.filter(pk=pk).first():
                _make(book, bound, name, deed)


def _make(book: Book, bound: Callable[[Any], tuple[bytes, int]], name: str, deed: str) -> None:
    try:
        content, pages = bound(book)
        book.file = keep_made(content, f"{name}-{book.pk}.pdf", CONTENT_TYPE, pages=pages)
    except FAULTS as error:
        logger.exception("%r was not made; the next sweep tries again", book)
        book.fault = f"{type(error).__name__}: {error}"[:300]
        book.save(update_fields=["fault"])
        return
    book.fault = ""
    book.save(update_fields=["file", "fault"])
    record(deed, book.meeting, by=None, data={"sha256": book.file.sha256})
