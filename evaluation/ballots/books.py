"""All sheets of a sealed meeting in one file with bookmarks: made by a worker, sheet after sheet, kept and hashed."""

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from evaluation.ballots.binding import Leaf, bind
from evaluation.ballots.making import make_each
from evaluation.ballots.printing import sheets_pdf
from evaluation.meetings.seals import hears_reasons
from evaluation.models import AgendaItem, Ballot, BallotBook, BallotState, Meeting, MeetingState, Seal
from ocop.audit.log import record
from ocop.orgs.models import User
from ocop.tenancy.scope import active_tenant_id
from ocop.tenancy.tasks import kick
from ocop.written import in_vietnamese

AT_ONCE = 20  # sheets of the database in memory
PLAN, LEAD = "evaluation.change_meeting", "evaluation.conclude_meeting"


def may_ask(meeting: Meeting, user: User) -> bool:
    """Who leads or plans the meeting, and is recused from none of its products."""
    if meeting.state != MeetingState.CONCLUDED:
        return False
    leads = user.has_perm(PLAN, meeting) or user.has_perm(LEAD, meeting)
    return leads and hears_reasons(meeting, user)


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
    make_each(tenant_id, BallotBook, lambda it: bound(it.meeting), name="phieu-danh-gia", deed="meeting.book")


@in_vietnamese()
def bound(meeting: Meeting) -> tuple[bytes, int]:
    """The file and its pages."""
    return bind(_leaf(it) for it in sealed_sheets(meeting))


def _leaf(ballot: Ballot) -> Leaf:
    dossier = ballot.assessment.dossier
    return Leaf(dossier.pk, dossier.product.name, _label(ballot), sheets_pdf([ballot]))


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
