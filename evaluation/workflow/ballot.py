"""The two steps of a sheet: sealed by its holder, reopened by the chair."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.ballots.notes import missing_notes, seal_sentences
from evaluation.ballots.saving import closed_reasons, reckon, set_of
from evaluation.meetings.conclusions import open_item
from evaluation.meetings.standing import is_sealed_by_all, read_standing
from evaluation.meetings.tellings import tell_all_sealed, tell_reopened
from evaluation.models import Attendance, Ballot, BallotState
from evaluation.rules import read_levels
from ocop.orgs.models import User
from ocop.workflow import Input, Step, Workflow


def seal_problems(ballot: Ballot, by: User, data: Mapping[str, Any]) -> Iterable[Any]:
    """Nothing missing, or the missing ones counted 0 on purpose; every level that wants a word has one."""
    yield from closed_reasons(ballot)
    if not Attendance.objects.filter(meeting=ballot.meeting, seat=ballot.seat, is_present=True).exists():
        yield _("Thư ký chưa ghi bạn có mặt tại phiên họp.")
    sheet = read_levels(set_of(ballot), ballot.levels)
    if sheet.unanswered and not data.get("unanswered"):
        yield _("Còn %(count)s tiêu chí chưa chấm: %(codes)s.") % {
            "count": len(sheet.unanswered),
            "codes": ", ".join(sheet.unanswered),
        }
    yield from seal_sentences(missing_notes(ballot))


def seal(ballot: Ballot, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    reckon(ballot)
    ballot.sealed_at = data.get("at") or timezone.now()
    return ["total", "stars", "sealed_at"]


def tell_when_all_sealed(ballot: Ballot, by: User, data: Mapping[str, Any]) -> None:
    item = open_item(ballot.assessment)
    if item is not None and is_sealed_by_all(standing := read_standing(item)):
        tell_all_sealed(standing)


def reopen_problems(ballot: Ballot, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    yield from closed_reasons(ballot)
    item = open_item(ballot.assessment)
    if item is not None and item.attempt != ballot.attempt:
        yield _("Đây là phiếu của lần chấm trước, được giữ nguyên.")


def reopen(ballot: Ballot, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    ballot.sealed_at = None
    return ["sealed_at"]


def tell_holder(ballot: Ballot, by: User, data: Mapping[str, Any]) -> None:
    count = ballot.changes.count()
    key = f"ballot-{ballot.pk}-reopened-{count}-{timezone.now():%Y%m%d%H%M%S}"
    tell_reopened(ballot.seat, key, ballot.assessment, str(data.get("note", "")), ballot.meeting_id)


BALLOT = Workflow(
    gettext_lazy("Phiếu đánh giá"),
    {
        "seal": Step(
            gettext_lazy("Nộp phiếu"),
            frozenset([BallotState.OPEN]),
            BallotState.SEALED,
            "evaluation.seal_ballot",
            inputs=(
                Input(
                    "unanswered",
                    gettext_lazy("Tiêu chí chưa chấm tính 0 điểm"),
                    "flag",
                    required=False,
                    hint=gettext_lazy("Chỉ chọn khi bạn thật sự không cho điểm các tiêu chí còn trống."),
                ),
            ),
            problems=seal_problems,
            writes=seal,
            effect=tell_when_all_sealed,
            is_final=True,
        ),
        "reopen": Step(
            gettext_lazy("Mở lại phiếu"),
            frozenset([BallotState.SEALED]),
            BallotState.OPEN,
            "evaluation.reopen_ballot",
            inputs=(Input("note", gettext_lazy("Lý do mở lại"), "lines"),),
            problems=reopen_problems,
            writes=reopen,
            effect=tell_holder,
        ),
    },
)
