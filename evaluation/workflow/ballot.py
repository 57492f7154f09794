"""The steps of a sheet: sealed by its holder, with points or abstaining; reopened by the chair."""

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
from evaluation.rules import read_levels, read_rules
from ocop.orgs.models import User
from ocop.workflow import Input, Step, Workflow


def seal_problems(ballot: Ballot, by: User, data: Mapping[str, Any]) -> Iterable[Any]:
    """Nothing missing, or the missing ones counted 0 on purpose; every level that wants a word has one."""
    yield from closed_reasons(ballot, at=data.get("at"))
    yield from _absence(ballot)
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


def abstain_problems(ballot: Ballot, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    """Only where the Quy chế knows it, and by one who is here."""
    if not read_rules(ballot.meeting.rules or ballot.meeting.council.rules).may_abstain:
        yield _("Quy chế của Hội đồng không cho phép không cho ý kiến về một sản phẩm.")
    yield from closed_reasons(ballot, at=data.get("at"))
    yield from _absence(ballot)


def abstain(ballot: Ballot, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    ballot.abstention = str(data.get("abstention", "")).strip()
    ballot.sealed_at = data.get("at") or timezone.now()
    return ["abstention", "sealed_at"]


def _absence(ballot: Ballot) -> Iterable[str]:
    if not Attendance.objects.filter(meeting=ballot.meeting, seat=ballot.seat, is_present=True).exists():
        yield _("Thư ký chưa ghi bạn có mặt tại phiên họp.")


def tell_when_all_sealed(ballot: Ballot, by: User, data: Mapping[str, Any]) -> None:
    item = open_item(ballot.assessment)
    if item is not None and is_sealed_by_all(standing := read_standing(item)):
        tell_all_sealed(standing)


def reopen_problems(ballot: Ballot, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    yield from closed_reasons(ballot)
    if not ballot.seat.is_held_on(ballot.meeting.held_on):
        yield _("Người giữ ghế đã được thay: phiếu được giữ nguyên.")
    item = open_item(ballot.assessment)
    if item is not None and item.attempt != ballot.attempt:
        yield _("Đây là phiếu của lần chấm trước, được giữ nguyên.")


def reopen(ballot: Ballot, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    ballot.sealed_at, ballot.abstention = None, ""
    return ["sealed_at", "abstention"]


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
        "abstain": Step(
            gettext_lazy("Không cho ý kiến"),
            frozenset([BallotState.OPEN]),
            BallotState.ABSTAINED,
            "evaluation.seal_ballot",
            inputs=(
                Input(
                    "abstention",
                    gettext_lazy("Lý do không cho ý kiến"),
                    "lines",
                    hint=gettext_lazy("Phiếu không tính vào điểm trung bình; lý do chỉ ghi trong biên bản."),
                ),
            ),
            problems=abstain_problems,
            writes=abstain,
            effect=tell_when_all_sealed,
            is_final=True,
        ),
        "reopen": Step(
            gettext_lazy("Mở lại phiếu"),
            frozenset([BallotState.SEALED, BallotState.ABSTAINED]),
            BallotState.OPEN,
            "evaluation.reopen_ballot",
            inputs=(Input("note", gettext_lazy("Lý do mở lại"), "lines"),),
            problems=reopen_problems,
            writes=reopen,
            effect=tell_holder,
            is_aside=True,
        ),
    },
)
