"""What a device sends back: every entry is answered, every sheet that took something has its receipt."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.ballots.opinions import save_opinion
from evaluation.ballots.saving import Conflict, Saved, closed_reasons, locked, save_mark, until
from evaluation.meetings.standing import read_hall, read_standings
from evaluation.meetings.tellings import tell_late
from evaluation.models import (
    OPINION,
    AgendaItem,
    Ballot,
    BallotChange,
    LateBatch,
    Meeting,
    MeetingState,
    Receipt,
    Result,
)
from evaluation.offline.entries import Entry
from evaluation.offline.receipts import digest_of, issue, whole
from evaluation.offline.sheets import OwnSheet, read_sheets
from ocop.cards import raw_value
from ocop.orgs.models import User

TAKEN = frozenset(["saved", "again", "same"])  # what a receipt vouches for


@dataclass
class Answers:
    """Entries by key, receipts by sheet.

    A status is one of: saved, again (a doubled send), same (nothing to change), conflict (both values, nothing
    written), refused (why), wait (why; keep it), late (kept apart), gone (no sheet of hers any more).
    """

    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    receipts: list[dict[str, Any]] = field(default_factory=list)

    def say(self, entry: Entry, status: str, **more: Any) -> None:
        self.entries[entry.key] = {"status": status, **more}


def sync(meeting: Meeting, entries: Iterable[Entry], *, by: User, at: dt.datetime | None = None) -> Answers:
    """Apply what can be applied, each by `save_mark` or `save_opinion`; say of each what became of it."""
    answers, at = Answers(), at or timezone.now()
    current = {sheet.item.assessment_id: sheet for sheet in read_sheets(meeting, by)}
    for (assessment, attempt), group in sorted(_by_sheet(entries).items()):
        _sync_sheet(meeting, current.get(assessment), attempt, group, answers, by=by, at=at)
    return answers


def _by_sheet(entries: Iterable[Entry]) -> dict[tuple[int, int], list[Entry]]:
    groups: dict[tuple[int, int], list[Entry]] = {}
    for entry in entries:
        groups.setdefault((entry.sheet, entry.attempt), []).append(entry)
    return groups


def _sync_sheet(
    meeting: Meeting,
    sheet: OwnSheet | None,
    attempt: int,
    entries: list[Entry],
    answers: Answers,
    *,
    by: User,
    at: dt.datetime,
) -> None:
    if sheet is None:
        return _say_all(answers, entries, "gone", words=_("Phiếu này không còn trong phần việc của bạn."))
    if sheet.state == "planned":
        return _say_all(answers, entries, "wait", words=_("Phiên họp chưa mở."))
    mine = Ballot.objects.filter(meeting=meeting, seat__user=by, assessment=sheet.item.assessment_id)
    ballot = mine.filter(attempt=attempt).first()
    if ballot is None:
        return _say_all(answers, entries, "gone", words=_("Phiếu này không còn trong phần việc của bạn."))
    return _put(ballot, sheet.item.attempt, entries, answers, by=by, at=at)


def _say_all(answers: Answers, entries: Iterable[Entry], status: str, **more: Any) -> None:
    for entry in entries:
        answers.say(entry, status, **more)


def _put(
    ballot: Ballot, attempt: int, entries: list[Entry], answers: Answers, *, by: User, at: dt.datetime
) -> None:
    """The row is locked first: nobody seals it between the look and the save."""
    try:
        fresh = locked(ballot, by=by)
    except PermissionDenied:
        return _say_all(answers, entries, "gone", words=_("Phiếu này không còn trong phần việc của bạn."))
    known = _known(fresh, entries)
    for entry in entries:
        if entry.key in known:
            answers.say(entry, "again", revision=known[entry.key].revision)
    new = [entry for entry in entries if entry.key not in known]
    if new and (why := _too_late(fresh, attempt, at=at)):
        _keep_apart(fresh, new, why, answers, by=by, at=at)
    elif new and (reasons := closed_reasons(fresh)):
        _say_all(answers, new, "wait", words=" ".join(reasons))
    else:
        for entry in new:
            _save(fresh, entry, answers, by=by, at=at)
    if any(answers.entries[entry.key]["status"] in TAKEN for entry in entries):
        fresh.refresh_from_db(fields=["levels", "opinion", "opinion_revision"])
        answers.receipts.append(_told(fresh, issue(fresh, at=at)))
    return None


def _known(ballot: Ballot, entries: list[Entry]) -> dict[str, BallotChange]:
    done = BallotChange.objects.filter(ballot=ballot, key__in=[entry.key for entry in entries])
    return {change.key: change for change in done}


def _too_late(ballot: Ballot, attempt: int, *, at: dt.datetime) -> str:
    if ballot.is_sealed:
        return _("Phiếu đã nộp trước khi phần này đến.")
    if ballot.attempt != attempt:
        return _("Hội đồng đã chuyển sang lần chấm %(n)s.") % {"n": attempt}
    if Result.objects.filter(assessment=ballot.assessment_id).exists():
        return _("Hội đồng đã kết luận sản phẩm này.")
    if ballot.meeting.is_due(at):
        return _("Đã hết hạn gửi phiếu: %(until)s.") % {"until": until(ballot.meeting)}
    return _("Phiên họp đã kết thúc.") if ballot.meeting.state == MeetingState.CONCLUDED else ""


def _keep_apart(
    ballot: Ballot, entries: list[Entry], why: str, answers: Answers, *, by: User, at: dt.datetime
) -> None:
    kept = [{name: value for name, value in asdict(entry).items() if name != "sheet"} for entry in entries]
    batch, is_new = LateBatch.objects.get_or_create(
        ballot=ballot,
        digest=digest_of(kept),
        defaults={"entries": kept, "why": why, "by": by, "at": at},
    )
    if is_new:
        _tell_late(ballot, batch)
    _say_all(answers, entries, "late", words=why)
    answers.receipts.append(_told(ballot, issue(ballot, late=batch, at=at)))


def _tell_late(ballot: Ballot, batch: LateBatch) -> None:
    items = AgendaItem.objects.for_list().filter(meeting=ballot.meeting_id, assessment=ballot.assessment_id)
    for item, standing in zip(items, read_standings(read_hall(ballot.meeting), items), strict=True):
        tell_late(item, standing, batch.pk)


def _save(ballot: Ballot, entry: Entry, answers: Answers, *, by: User, at: dt.datetime) -> None:
    try:
        saved = _apply(ballot, entry, by=by, at=at)
    except Conflict as conflict:
        both = {"mine": conflict.mine, "theirs": conflict.theirs, "revision": conflict.revision}
        answers.say(entry, "conflict", **both)
    except ValidationError as refused:
        answers.say(entry, "refused", words=" ".join(refused.messages))
    else:
        is_new = BallotChange.objects.filter(ballot=ballot, key=entry.key).exists()
        answers.say(entry, "saved" if is_new else "same", revision=saved.revision)


def _apply(ballot: Ballot, entry: Entry, *, by: User, at: dt.datetime) -> Saved:
    seen: dict[str, Any] = {"revision": entry.revision, "key": entry.key, "by": by, "at": at}
    if entry.criterion == OPINION:
        return save_opinion(ballot, entry.note, **seen)
    value = raw_value(entry.value) if entry.value else None
    return save_mark(ballot, entry.criterion, value, note=entry.note, **seen)


def _told(ballot: Ballot, receipt: Receipt) -> dict[str, Any]:
    return {
        "sheet": ballot.assessment_id,
        "attempt": ballot.attempt,
        "code": receipt.code,
        "whole": whole(receipt),
        "at": f"{timezone.localtime(receipt.at):%H:%M}",
        "late": receipt.late_id is not None,
    }
