"""The secretary's own words: added while the meeting runs, and after it until the minutes have their number."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from evaluation.meetings.minutes.paper import renew_minutes
from evaluation.models import AgendaItem, Meeting, MeetingState, MinutesNote
from ocop.audit.log import record
from ocop.orgs.models import User
from ocop.papers.models import PaperState

WRITE = "evaluation.change_meeting"
LONGEST = 4000


def notes_for(meeting: Meeting, user: User) -> list[MinutesNote]:
    """What stands, in the order it was written; what it replaced comes with it."""
    found = MinutesNote.objects.visible_to(user).in_force().filter(meeting=meeting)
    with_both = found.select_related("written_by", "replaces__written_by", "assessment__dossier__product")
    return list(with_both.prefetch_related("written_by__persons", "replaces__written_by__persons"))


def closed_reason(meeting: Meeting) -> str:
    """Why no word can be added, or ""."""
    if meeting.state == MeetingState.PLANNED:
        return _("Phiên họp chưa mở, chưa có gì để ghi biên bản.")
    paper = meeting.minutes
    if meeting.state == MeetingState.CONCLUDED and (paper is None or paper.state != PaperState.DRAFT):
        return _("Biên bản đã phát hành, không ghi thêm được nữa.")
    return ""


@transaction.atomic
def add_note(meeting: Meeting, text: str, *, by: User, item: AgendaItem | None = None) -> MinutesNote:
    """A word on one product, or on the meeting as a whole."""
    fresh = _locked(meeting, by)
    if not text.strip():
        raise ValidationError({"text": _("Hãy ghi nội dung.")})
    return _keep(fresh, text, by=by, assessment=item.assessment if item else None)


@transaction.atomic
def reword_note(note: MinutesNote, text: str, *, by: User) -> MinutesNote:
    """Another wording in its place; none takes it out. The earlier one is kept, and is replaced once."""
    fresh = _locked(note.meeting, by)
    try:
        with transaction.atomic():
            return _keep(fresh, text, by=by, assessment=note.assessment, replaces=note)
    except IntegrityError as error:
        raise ValidationError(
            _("Ghi chép này vừa được người khác sửa; hãy xem bản mới rồi sửa tiếp.")
        ) from error


def _keep(meeting: Meeting, text: str, *, by: User, **about: Any) -> MinutesNote:
    if len(text) > LONGEST:
        raise ValidationError({"text": _("Dài quá %(n)s chữ.") % {"n": LONGEST}})
    note = MinutesNote.objects.create(meeting=meeting, text=text.strip(), written_by=by, **about)
    record("meeting.note", meeting, by=by, data={"note": note.pk})
    if meeting.state == MeetingState.CONCLUDED:
        renew_minutes(meeting, by=by)
    return note


def _locked(meeting: Meeting, by: User) -> Meeting:
    if not by.has_perm(WRITE, meeting):
        raise PermissionDenied
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    fresh = Meeting.objects.select_related("council__unit", "round", "minutes").get(pk=meeting.pk)
    if reason := closed_reason(fresh):
        raise ValidationError(reason)
    return fresh
