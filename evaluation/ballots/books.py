"""All sheets of a sealed meeting in one file with bookmarks: made by a worker, sheet after sheet, kept and hashed."""

import io
import logging
from collections.abc import Iterator
from itertools import groupby

import pikepdf
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.utils.translation import gettext as _
from pikepdf import OutlineItem

from evaluation.ballots.printing import sheets_pdf
from evaluation.meetings.seals import hears_reasons
from evaluation.models import AgendaItem, Ballot, BallotBook, BallotState, Meeting, MeetingState, Seal
from ocop.audit.log import record
from ocop.files.store import keep_made
from ocop.orgs.models import User
from ocop.papers.pdf import CONTENT_TYPE
from ocop.tenancy.scope import active_tenant_id, tenant_scope
from ocop.tenancy.tasks import kick
from ocop.written import in_vietnamese

logger = logging.getLogger(__name__)
AT_ONCE = 20  # sheets of the database in memory
# What odd data, a bad template or a full disk raises; anything else is a bug and stops the task.
FAULTS = (
    OSError, ValueError, LookupError, TypeError, AttributeError, TemplateDoesNotExist, TemplateSyntaxError,
)  # fmt: skip
PLAN, LEAD = "evaluation.change_meeting", "evaluation.conclude_meeting"


def may_ask(meeting: Meeting, user: User) -> bool:
    """Who leads or plans the meeting, and is recused from none of its products."""
    leads = user.has_perm(PLAN, meeting) or user.has_perm(LEAD, meeting)
    return meeting.state == MeetingState.CONCLUDED and leads and hears_reasons(meeting, user)


def ask_for_book(meeting: Meeting, *, by: User) -> BallotBook:
    """Of the seal in force; asked for twice it is the same one. A worker makes it after the commit."""
    if not may_ask(meeting, by):
        raise PermissionDenied
    seal = Seal.objects.filter(meeting=meeting).latest("number")
    book, is_new = BallotBook.objects.get_or_create(seal=seal)
    if is_new:
        record("meeting.ask_book", meeting, by=by, data={"seal": seal.number})
    kick("evaluation.make_ballot_books", active_tenant_id())
    return book


def book_of(meeting: Meeting, user: User) -> BallotBook | None:
    """That of the seal in force, for who may open it."""
    if meeting.state != MeetingState.CONCLUDED:
        return None
    kept = BallotBook.objects.visible_to(user).filter(seal__meeting=meeting, seal__reopening__isnull=True)
    return kept.select_related("file").first()


def make_due(tenant_id: int) -> None:
    """Each in a transaction of its own and under its row's lock: two workers never make the same."""
    with tenant_scope(tenant_id):
        waiting = list(BallotBook.objects.to_make().order_by("pk").values_list("pk", flat=True))
    for pk in waiting:
        with tenant_scope(tenant_id):
            locked = BallotBook.objects.to_make().select_for_update(skip_locked=True, of=("self",))
            if book := locked.select_related("seal__meeting__council").filter(pk=pk).first():
                _make(book)


def _make(book: BallotBook) -> None:
    try:
        content, pages = bound(book.seal.meeting)
        book.file = keep_made(content, f"phieu-danh-gia-{book.seal_id}.pdf", CONTENT_TYPE, pages=pages)
    except FAULTS as error:
        logger.exception("Ballot book %s was not made; the next sweep tries again", book.pk)
        book.fault = f"{type(error).__name__}: {error}"[:300]
        book.save(update_fields=["fault"])
        return
    book.fault = ""
    book.save(update_fields=["file", "fault"])
    record("meeting.book", book.seal.meeting, by=None, data={"sha256": book.file.sha256})


@in_vietnamese()
def bound(meeting: Meeting) -> tuple[bytes, int]:
    """The file and its pages. One sheet is laid out at a time; what grows is the finished pages alone."""
    with pikepdf.new() as book:
        with book.open_outline() as outline:
            for name, sheets in groupby(sealed_sheets(meeting), key=lambda it: it.assessment.dossier):
                product = OutlineItem(name.product.name, len(book.pages))
                for ballot in sheets:
                    product.children.append(OutlineItem(_label(ballot), len(book.pages)))
                    _append(book, sheets_pdf([ballot]))
                outline.root.append(product)
        kept, pages = io.BytesIO(), len(book.pages)
        book.save(kept, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return kept.getvalue(), pages


def _append(book: pikepdf.Pdf, sheet: bytes) -> None:
    with pikepdf.open(io.BytesIO(sheet)) as opened:
        book.pages.extend(opened.pages)


def _label(ballot: Ballot) -> str:
    if ballot.attempt == 1:
        return str(ballot.seat.user)
    return _("%(who)s (lần chấm %(n)s)") % {"who": ballot.seat.user, "n": ballot.attempt}


def sealed_sheets(meeting: Meeting) -> Iterator[Ballot]:
    """What the seal covers, earlier rounds too, by agenda, seat and round; who abstained only the minutes tell."""
    found: QuerySet[Ballot] = Ballot.objects.for_page().filter(meeting=meeting, state=BallotState.SEALED)
    place = AgendaItem.objects.filter(meeting=meeting, assessment=OuterRef("assessment")).values("order")[:1]
    ordered = found.annotate(place=Subquery(place)).order_by(
        "place", "assessment", "seat__order", "seat", "attempt"
    )
    with_names = ordered.select_related("assessment__dossier__unit").prefetch_related("seat__user__persons")
    return with_names.iterator(chunk_size=AT_ONCE)
