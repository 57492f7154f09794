"""The paper as it is drafted and as it is issued, with its number and who signs it."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.meetings.invitations import held, written
from evaluation.meetings.invitations.people import who_signs
from evaluation.models import Meeting
from ocop.orgs.models import User
from ocop.papers.content import PaperContent
from ocop.papers.drafting import issue_paper
from ocop.papers.models import Paper
from ocop.papers.signing import Signer
from ocop.written import in_vietnamese


def invitation(meeting: Meeting) -> PaperContent:
    """What the paper would print now."""
    return written.request(meeting) if meeting.is_written else held.invitation(meeting)


@in_vietnamese()
def issue_invitation(meeting: Meeting, *, by: User, at: dt.datetime) -> Paper:
    """With its number; sending the same again takes no other."""
    content = invitation(meeting)
    kept = meeting.invitation
    if kept is not None and {name: kept.content.get(name) for name in content} == content:
        return kept
    seat = who_signs(meeting)
    signer = (
        Signer(str(seat.user), str(seat.get_role_display()), seat.acts_as or _("CHỦ TỊCH"))
        if seat
        else Signer()
    )
    kind, title = (written.KIND, written.title()) if meeting.is_written else (held.KIND, held.title(meeting))
    on = timezone.localdate(at)
    return issue_paper(meeting.council.unit, kind, title, content, by=by, on=on, signer=signer)
