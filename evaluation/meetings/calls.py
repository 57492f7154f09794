"""A member calls for a meeting on a product that is asked about in writing."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from evaluation.ballots.saving import closed_reasons, locked
from evaluation.meetings.tellings_in_writing import tell_call
from evaluation.models import Ballot, MeetingCall
from ocop.audit.log import record
from ocop.orgs.models import User


def own_call(ballot: Ballot) -> MeetingCall | None:
    return MeetingCall.objects.filter(
        meeting=ballot.meeting_id, assessment=ballot.assessment_id, seat=ballot.seat_id
    ).first()


@transaction.atomic
def call_for_meeting(ballot: Ballot, reason: str, *, by: User) -> MeetingCall:
    """From now on the product is not concluded in writing; said again, the words are replaced.

    Her sheet may be sealed already. Raises ValidationError at the field, PermissionDenied for anybody else.
    """
    fresh = _written(ballot, by=by)
    if not reason.strip():
        raise ValidationError({"reason": _("Hãy ghi lý do cần họp.")})
    call, is_new = MeetingCall.objects.update_or_create(
        meeting=fresh.meeting,
        assessment=fresh.assessment,
        seat=fresh.seat,
        defaults={"reason": reason.strip()},
    )
    if is_new:
        record("assessment.call", fresh.assessment, by=by)
        tell_call(call)
    return call


@transaction.atomic
def take_back_call(ballot: Ballot, *, by: User) -> None:
    fresh = _written(ballot, by=by)
    call = own_call(fresh)
    if call is not None:
        call.delete()
        record("assessment.uncall", fresh.assessment, by=by)


def _written(ballot: Ballot, *, by: User) -> Ballot:
    fresh = locked(ballot, by=by)
    if not fresh.meeting.is_written:
        raise ValidationError(_("Sản phẩm này đang được đánh giá tại phiên họp."))
    if reasons := closed_reasons(fresh):
        raise ValidationError(reasons, code="closed")
    return fresh
