"""What the hall talks about now: said by the chair or the secretary, shown to who may know the product."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.models import AgendaItem, Meeting, MeetingState
from ocop.audit.log import record
from ocop.orgs.models import User

WRITE = "evaluation.change_meeting"
LEAD = "evaluation.conclude_meeting"


def discussed(meeting: Meeting, user: User) -> AgendaItem | None:
    """The item under discussion as this reader may know it: nothing of a product she is excluded from."""
    if meeting.state != MeetingState.OPEN or meeting.discussing_id is None:
        return None
    return AgendaItem.objects.visible_to(user).for_list().filter(pk=meeting.discussing_id).first()


def may_discuss(item: AgendaItem, user: User) -> bool:
    """The secretary, or who leads this product: the chair, and the deputy where the chair is out of it."""
    if item.assessment.excludes(user):
        return False
    return user.has_perm(WRITE, item.meeting) or user.has_perm(LEAD, item.assessment)


@transaction.atomic
def discuss(item: AgendaItem, *, by: User, at: dt.datetime | None = None) -> Meeting:
    """From now on the hall talks about this product; said twice, the clock goes on."""
    if not may_discuss(item, by):
        raise PermissionDenied
    meeting = _open(item.meeting)
    if meeting.is_written:
        raise ValidationError(_("Lấy ý kiến bằng văn bản không có thảo luận tại chỗ."))
    if meeting.discussing_id == item.pk:
        return meeting
    record("agenda.discuss", item.assessment, by=by)
    return _set(meeting, item, at or timezone.now())


@transaction.atomic
def stop(meeting: Meeting, *, by: User) -> Meeting:
    """A pause. Who is recused from what is discussed cannot tell that anything is, and stops nothing."""
    fresh = _open(meeting)
    item = discussed(fresh, by)
    if not (by.has_perm(WRITE, fresh) or by.has_perm(LEAD, fresh) or (item and may_discuss(item, by))):
        raise PermissionDenied
    return _set(fresh, None, None) if item else fresh


def _open(meeting: Meeting) -> Meeting:
    fresh = Meeting.objects.select_for_update(of=("self",)).select_related("council__unit").get(pk=meeting.pk)
    if fresh.state != MeetingState.OPEN:
        raise ValidationError(_("Phiên họp không mở."))
    return fresh


def _set(meeting: Meeting, item: AgendaItem | None, at: dt.datetime | None) -> Meeting:
    meeting.discussing, meeting.discussing_since = item, at
    meeting.save(update_fields=["discussing", "discussing_since"])
    return meeting
