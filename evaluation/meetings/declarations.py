"""Conflicts of interest: declared on every product before its dossier opens; a conflict shuts out for good."""

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.meetings.grants import grant_reading, take_back
from evaluation.meetings.pledges import keep_pledge
from evaluation.meetings.tellings import forget_tellings
from evaluation.models import AgendaItem, Declaration, Meeting, MeetingState, Result, Seat
from ocop.audit.log import record
from ocop.orgs.models import User
from ocop.papers.drafting import shut_out
from products.models import Exclusion


def seat_of(user: User, meeting: Meeting) -> Seat | None:
    """The user's seat on the day of the meeting."""
    seats = meeting.council.seats.held_on(meeting.held_on).select_related("unit")
    return seats.filter(user_id=user.pk).first()


@transaction.atomic
def declare(
    meeting: Meeting, answers: Mapping[int, str], *, by: User, at: dt.datetime | None = None
) -> list[Declaration]:
    """Answers by assessment id: "" is no conflict, anything else its ground.

    A conflict can still be declared after an answer without one, never the other way round. The first
    declaration carries the pledge, whose words page and API have asked for.
    """
    fresh = Meeting.objects.select_related("council__unit").get(pk=meeting.pk)
    seat = seat_of(by, fresh)
    if seat is None or not by.has_perm("evaluation.declare_conflict", fresh):
        raise PermissionDenied
    if fresh.state == MeetingState.CONCLUDED:
        raise ValidationError(_("Phiên họp đã kết thúc."))
    items = _items(fresh, by)
    if answers.keys() - items.keys():
        raise ValidationError(_("Có sản phẩm không nằm trong chương trình của bạn."))
    at = at or timezone.now()
    keep_pledge(fresh, seat, at=at)
    return [_answer(seat, items[key], ground.strip(), by, at) for key, ground in answers.items()]


def _items(meeting: Meeting, by: User) -> dict[int, AgendaItem]:
    visible = AgendaItem.objects.visible_to(by).for_list().filter(meeting=meeting)
    return {item.assessment_id: item for item in visible}


def _answer(seat: Seat, item: AgendaItem, ground: str, by: User, at: dt.datetime) -> Declaration:
    if ground and Result.objects.filter(assessment=item.assessment_id).exists():
        raise ValidationError(_("Hội đồng đã kết luận sản phẩm này."))
    declaration, is_new = Declaration.objects.get_or_create(
        meeting=item.meeting,
        seat=seat,
        assessment=item.assessment,
        defaults={"has_conflict": bool(ground), "ground": ground, "declared_at": at},
    )
    if ground and not is_new:
        declaration.has_conflict, declaration.ground, declaration.declared_at = True, ground, at
        declaration.save(update_fields=["has_conflict", "ground", "declared_at"])
    if ground:
        _shut_out(item, by, ground, at)
    elif is_new and seat.votes:
        grant_reading([item.assessment.dossier_id], [by])
    return declaration


def _shut_out(item: AgendaItem, user: User, ground: str, at: dt.datetime) -> None:
    """From now on no list, count, file, search or notice shows her this product."""
    record("agenda.recuse", item.assessment, by=user, note=ground)
    take_back(item.assessment, [user])
    forget_tellings(user, dossier=item.assessment.dossier_id, assessment=item.assessment_id)
    Exclusion.objects.create(dossier=item.assessment.dossier, user=user, ground=ground, since=at)
    shut_out(user, item.assessment.dossier)
