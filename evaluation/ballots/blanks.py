"""All blank sheets of a meeting as one file: a few at once, more by a worker, of the products that the reader sees."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from evaluation.ballots.binding import Leaf, bind
from evaluation.ballots.making import make_each
from evaluation.ballots.printing import blank_pdf
from evaluation.meetings.boards import visible_items
from evaluation.models import AgendaItem, Assessment, BlankBook, Meeting, MeetingState
from ocop.audit.log import record
from ocop.orgs.models import User
from ocop.tenancy.scope import active_tenant_id
from ocop.tenancy.tasks import kick
from ocop.written import in_vietnamese

PLAN, LEAD = "evaluation.change_meeting", "evaluation.conclude_meeting"
FEW = 4  # products whose sheets are made while the reader waits


@dataclass(frozen=True)
class Blanks:
    """What there is to print: made at once where they are few, else the book once somebody asked for it."""

    count: int
    book: BlankBook | None

    @property
    def are_few(self) -> bool:
        return self.count <= FEW


def may_print(meeting: Meeting, user: User) -> bool:
    """Who plans or leads the meeting."""
    return user.has_perm(PLAN, meeting) or user.has_perm(LEAD, meeting)


def blanks_of(meeting: Meeting, user: User, items: Sequence[AgendaItem]) -> Blanks | None:
    """Of these products, which the reader sees; None to others, without products and after the end."""
    if not items or meeting.state == MeetingState.CONCLUDED or not may_print(meeting, user):
        return None
    return Blanks(len(items), _book(meeting, items) if len(items) > FEW else None)


def _book(meeting: Meeting, items: Sequence[AgendaItem]) -> BlankBook | None:
    kept = BlankBook.objects.filter(meeting=meeting, assessments=[it.assessment_id for it in items])
    return kept.select_related("file").first()


@transaction.atomic
def ask_for_blanks(meeting: Meeting, *, by: User) -> BlankBook:
    """Asked for twice it is the same one. A worker makes it after the commit."""
    fresh = Meeting.objects.select_for_update(of=("self",)).select_related("council__unit").get(pk=meeting.pk)
    if not may_print(fresh, by):
        raise PermissionDenied
    if fresh.state == MeetingState.CONCLUDED:
        raise ValidationError(_("Phiên họp đã kết thúc."))
    items = visible_items(fresh, by)
    if not items:
        raise ValidationError(_("Chương trình họp chưa có sản phẩm nào."))
    book = _book(fresh, items)
    if book is None:
        keys = [it.assessment_id for it in items]
        book = BlankBook.objects.create(meeting=fresh, assessments=keys, asked_by=by)
        record("meeting.ask_blanks", fresh, by=by)
    kick("evaluation.make_blank_books", active_tenant_id())
    return book


def make_due(tenant_id: int) -> None:
    make_each(
        tenant_id, BlankBook, lambda it: bound(it.assessments), name="phieu-trang", deed="meeting.blanks"
    )


@in_vietnamese()
def bound(assessments: Sequence[int]) -> tuple[bytes, int]:
    """The file and its pages, one sheet a product, in this order."""
    found = Assessment.objects.select_related(
        "dossier__product__producer", "dossier__unit", "published", "unit"
    )
    by_key = found.in_bulk(assessments)
    return bind(_leaf(by_key[key]) for key in assessments)


def _leaf(assessment: Assessment) -> Leaf:
    dossier = assessment.dossier
    return Leaf(dossier.pk, dossier.product.name, "", blank_pdf(assessment))
