"""The steps of a meeting: invited, opened, concluded."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.ballots.laying_out import lay_out
from evaluation.meetings.digests import meeting_digest
from evaluation.meetings.invitations.held import is_early
from evaluation.meetings.invitations.paper import issue_invitation
from evaluation.meetings.minutes.paper import draft_minutes
from evaluation.meetings.seals import break_seal, keep_seal, reopening_problems
from evaluation.meetings.standing import read_hall
from evaluation.meetings.tellings import tell_invitation, tell_meeting_concluded, tell_meeting_reopened
from evaluation.meetings.written import ask_seats, knows_writing
from evaluation.models import AgendaItem, CouncilState, Meeting, MeetingState
from ocop.orgs.models import User
from ocop.workflow import Input, Offer, Step, Workflow, in_words

S = MeetingState
LONGEST_REASON = 500


def agenda_problems(meeting: Meeting) -> Iterable[str]:
    if not meeting.agenda.exists():
        yield _("Chương trình họp chưa có sản phẩm nào.")


def invite_problems(meeting: Meeting, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    yield from agenda_problems(meeting)
    if meeting.is_written:
        yield _("Lấy ý kiến bằng văn bản không có giấy mời họp.")


def write_invitation(meeting: Meeting, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    """The members' time to read begins with the paper; the same paper sent again begins none."""
    at, before = data.get("at") or timezone.now(), meeting.invitation
    meeting.invitation = issue_invitation(meeting, by=by, at=at)
    if meeting.invitation == before:
        return []
    meeting.invited_at = at
    return ["invitation", "invited_at"]


def invite(meeting: Meeting, by: User, data: Mapping[str, Any]) -> None:
    tell_invitation(meeting)


def open_problems(meeting: Meeting, by: User, data: Mapping[str, Any]) -> Iterable[str | ValidationError]:
    """Quorum as the exact share of the council's rules, and the chair where they ask for her."""
    yield from agenda_problems(meeting)
    if meeting.is_written:
        yield _("Lấy ý kiến bằng văn bản không mở phiên họp.")
    if meeting.council.state != CouncilState.ESTABLISHED:
        yield _("Hội đồng không còn hoạt động.")
    hall = read_hall(meeting)
    if not hall.has_quorum:
        yield _("Mới có %(here)s/%(all)s thành viên chấm điểm, Quy chế cần ít nhất %(needed)s.") % {
            "here": hall.here,
            "all": len(hall.voting),
            "needed": hall.needed,
        }
    if hall.rules.policy.chair_required and not hall.chair_is_here:
        yield _("Quy chế yêu cầu Chủ tịch có mặt.")
    if is_early(meeting, data.get("at") or timezone.now()) and not str(data.get("note") or "").strip():
        yield ValidationError({"note": _("Giấy mời gửi chưa được một ngày làm việc: hãy ghi lý do mở sớm.")})


def freeze_rules(meeting: Meeting, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    """The rules of today stand for this meeting for ever."""
    version = meeting.council.rules_versions.first()
    meeting.rules, meeting.rules_number = dict(meeting.council.rules), version.number if version else 0
    meeting.opened_at = data.get("at") or timezone.now()
    early = is_early(meeting, meeting.opened_at)
    meeting.opened_early = str(data.get("note", "")).strip()[:LONGEST_REASON] if early else ""
    return ["rules", "rules_number", "opened_at", "opened_early"]


def lay_out_sheets(meeting: Meeting, by: User, data: Mapping[str, Any]) -> None:
    """One empty sheet for each product and each seat that scores it."""
    lay_out(read_hall(meeting), AgendaItem.objects.for_list().filter(meeting=meeting), at=data.get("at"))


def ask_problems(meeting: Meeting, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    """The Quy chế of today, which freezes now, knows opinions in writing; there is time left to give one."""
    yield from agenda_problems(meeting)
    if not meeting.is_written:
        yield _("Phiên họp không lấy ý kiến bằng văn bản.")
    if meeting.council.state != CouncilState.ESTABLISHED:
        yield _("Hội đồng không còn hoạt động.")
    if not knows_writing(meeting.council):
        yield _("Quy chế của Hội đồng không cho phép lấy ý kiến bằng văn bản.")
    if meeting.is_due(data.get("at") or timezone.now()):
        yield _("Hạn gửi phiếu đã qua: hãy đổi hạn trước khi gửi.")


def write_request(meeting: Meeting, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    """The rules of today, and the letter with its number."""
    return [*freeze_rules(meeting, by, data), *write_invitation(meeting, by, data)]


def ask_all(meeting: Meeting, by: User, data: Mapping[str, Any]) -> None:
    """Everybody is asked before the sheets are laid out: those asked are those who score."""
    ask_seats(meeting, at=data.get("at"))
    lay_out_sheets(meeting, by, data)


def conclude_problems(meeting: Meeting, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    """Every product concluded or put off. Products that the reader may not see are not named."""
    waiting = AgendaItem.objects.filter(meeting=meeting, assessment__result__isnull=True)
    named = list(waiting.visible_to(by).for_list())
    for item in named:
        yield _("Chưa kết luận: %(product)s.") % {"product": item.assessment}
    if not named and waiting.exists():
        yield _("Còn sản phẩm chưa được kết luận.")


def seal_meeting(meeting: Meeting, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    """The row is locked: no sheet changes beside the digest; nothing is discussed any more."""
    meeting.concluded_at, meeting.digest = data.get("at") or timezone.now(), meeting_digest(meeting)
    meeting.discussing = meeting.discussing_since = None
    return ["concluded_at", "digest", "discussing", "discussing_since"]


def write_minutes(meeting: Meeting, by: User, data: Mapping[str, Any]) -> None:
    meeting.minutes = draft_minutes(meeting, by=by)
    meeting.save(update_fields=["minutes"])
    tell_meeting_concluded(keep_seal(meeting, by=by))


def may_reopen(meeting: Meeting, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    return reopening_problems(meeting)


def unseal(meeting: Meeting, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    """The seal stays, with its minutes; the meeting goes on without one."""
    meeting.concluded_at, meeting.digest, meeting.minutes = None, "", None
    return ["concluded_at", "digest", "minutes"]


def keep_reopening(meeting: Meeting, by: User, data: Mapping[str, Any]) -> None:
    reopening = break_seal(meeting, by=by, reason=str(data["note"]), at=data.get("at") or timezone.now())
    tell_meeting_reopened(reopening)


MEETING = Workflow(
    gettext_lazy("Phiên họp Hội đồng"),
    {
        "invite": Step(
            gettext_lazy("Gửi giấy mời"),
            frozenset([S.PLANNED]),
            S.PLANNED,
            "evaluation.change_meeting",
            problems=invite_problems,
            writes=write_invitation,
            effect=invite,
        ),
        "open": Step(
            gettext_lazy("Mở phiên họp"),
            frozenset([S.PLANNED]),
            S.OPEN,
            "evaluation.open_meeting",
            inputs=(
                Input(
                    "note",
                    gettext_lazy("Lý do mở sớm"),
                    required=False,
                    hint=gettext_lazy("Chỉ khi giấy mời gửi chưa được một ngày làm việc."),
                ),
            ),
            problems=open_problems,
            writes=freeze_rules,
            effect=lay_out_sheets,
        ),
        "ask": Step(
            gettext_lazy("Gửi lấy ý kiến bằng văn bản"),
            frozenset([S.PLANNED]),
            S.OPEN,
            "evaluation.open_meeting",
            problems=ask_problems,
            writes=write_request,
            effect=ask_all,
            is_final=True,
        ),
        "conclude": Step(
            gettext_lazy("Kết thúc phiên họp"),
            frozenset([S.OPEN]),
            S.CONCLUDED,
            "evaluation.conclude_meeting",
            problems=conclude_problems,
            writes=seal_meeting,
            effect=write_minutes,
            is_final=True,
        ),
        "reopen": Step(
            gettext_lazy("Mở lại phiên họp"),
            frozenset([S.CONCLUDED]),
            S.OPEN,
            "evaluation.conclude_meeting",
            inputs=(
                Input(
                    "note",
                    gettext_lazy("Lý do mở lại"),
                    "lines",
                    hint=gettext_lazy("Niêm phong và biên bản cũ được giữ; mọi thành viên được báo."),
                ),
            ),
            problems=may_reopen,
            writes=unseal,
            effect=keep_reopening,
            is_final=True,
            is_aside=True,
        ),
    },
)
IN_THE_HALL = frozenset(["invite", "open"])
IN_WRITING = frozenset(["ask"])


def out_of_place(meeting: Meeting) -> frozenset[str]:
    """Steps of the other way to settle an agenda."""
    return IN_THE_HALL if meeting.is_written else IN_WRITING


def before_opening(
    meeting: Meeting, user: User, offers: Iterable[Offer], *, may_write: bool
) -> list[str] | None:
    """What the step would refuse with now, for who opens it and who prepares it; None to others and afterwards."""
    mine = next((offer.problems for offer in offers if offer.name == "open"), None)
    if mine is not None or not may_write or meeting.is_written or meeting.state != MeetingState.PLANNED:
        return mine
    return in_words(open_problems(meeting, user, {}))
