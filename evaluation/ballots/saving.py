"""Scoring: one criterion a save, with the revision it saw and a key that makes a doubled send harmless."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.models import Ballot, BallotChange, Declaration, Meeting, MeetingState, Result
from evaluation.rules import level_of, read_levels, read_rules
from ocop.orgs.models import User
from ocop.regulations import CriteriaSet, Mark, SheetError, read_mark, score, stars
from products.law import criteria_set

SCORE = "evaluation.score_assessment"
LONGEST_NOTE = 2000


@dataclass(frozen=True)
class Saved:
    """The answer to one save: what the criterion holds now, and when the server took it."""

    ballot: Ballot
    criterion: str
    level: dict[str, Any]
    revision: int
    at: dt.datetime


class Conflict(Exception):
    """The same criterion was changed meanwhile, in another tab or on another device: a person chooses."""

    def __init__(
        self, criterion: str, *, mine: dict[str, Any], theirs: dict[str, Any], revision: int
    ) -> None:
        self.criterion, self.mine, self.theirs, self.revision = criterion, mine, theirs, revision
        super().__init__(criterion)


@transaction.atomic
def save_mark(
    ballot: Ballot | int,
    criterion: str,
    value: Any,
    *,
    revision: int,
    key: str,
    by: User,
    note: str = "",
    at: dt.datetime | None = None,
) -> Saved:
    """Keep one criterion: `value` as in `read_mark`, None while there is only a note.

    Raises Conflict where the criterion is no longer at `revision`, ValidationError with the reason,
    PermissionDenied for anybody but the holder. A key seen before gets the first answer again.
    """
    fresh = locked(ballot, by=by)
    first = BallotChange.objects.filter(ballot=fresh, key=key).first()
    if first is not None:
        return Saved(fresh, first.criterion, first.new or {}, first.revision, first.at)
    refuse_closed(fresh, by=by)
    before = fresh.levels.get(criterion, {})
    level = level_of(_mark(fresh, criterion, value), before.get("r", 0) + 1, note[:LONGEST_NOTE])
    if {**level, "r": 0} == {**before, "r": 0}:
        return Saved(fresh, criterion, before, before.get("r", 0), fresh.saved_at)
    if revision != level["r"] - 1:
        raise Conflict(criterion, mine=level, theirs=before, revision=level["r"] - 1)
    return _keep(fresh, criterion, level, key=key, by=by, at=at or timezone.now())


@transaction.atomic
def save_marks(
    ballot: Ballot,
    marks: Mapping[str, tuple[Any, str]],
    *,
    key: str,
    by: User,
    at: dt.datetime | None = None,
) -> Ballot:
    """Many criteria of one sheet in one go, each a value and a note; all of them or none.

    What the caller read is the revision of each: Conflict where one was changed since. The rest as `save_mark`.
    """
    fresh = locked(ballot, by=by)
    refuse_closed(fresh, by=by)
    moment, changes = at or timezone.now(), []
    for criterion, (value, note) in marks.items():
        before = fresh.levels.get(criterion, {})
        level = level_of(_mark(fresh, criterion, value), before.get("r", 0) + 1, note[:LONGEST_NOTE])
        if {**level, "r": 0} == {**before, "r": 0}:
            continue
        if ballot.levels.get(criterion, {}).get("r", 0) != level["r"] - 1:
            raise Conflict(criterion, mine=level, theirs=before, revision=level["r"] - 1)
        changes.append(
            BallotChange(
                ballot=fresh,
                criterion=criterion,
                old=before or None,
                new=level,
                revision=level["r"],
                key=f"{key}-{criterion}",
                by=by,
                at=moment,
            )
        )
    fresh.levels = {**fresh.levels, **{it.criterion: it.new for it in changes}}
    _write(fresh, moment)
    BallotChange.objects.bulk_create(changes)
    return fresh


def locked(ballot: Ballot | int, *, by: User) -> Ballot:
    """The row, locked, for its holder alone while the product is hers to score; nobody else's is even locked."""
    fresh = (
        Ballot.objects.select_for_update(of=("self",))
        .select_related("meeting__council", "assessment", "seat", "published")
        .defer("published__allowed")  # the largest column of all, asked by the trigger alone
        .filter(pk=ballot if isinstance(ballot, int) else ballot.pk, seat__user=by)
        .first()
    )
    if fresh is None or not by.has_perm(SCORE, fresh.assessment):
        raise PermissionDenied
    return fresh


def refuse_closed(ballot: Ballot, *, by: User) -> None:
    """Say why the sheet takes no points now."""
    if ballot.is_sealed:
        raise ValidationError(_("Phiếu đã nộp. Muốn sửa, hãy đề nghị Chủ tịch mở lại."), code="closed")
    if reasons := closed_reasons(ballot):
        raise ValidationError(reasons, code="closed")


def closed_reasons(ballot: Ballot, *, at: dt.datetime | None = None) -> list[str]:
    """Reasons that lie in the meeting, its deadline, the declaration, or a conclusion that was faster."""
    meeting = ballot.meeting
    if meeting.state == MeetingState.PLANNED:
        return [_("Phiên họp chưa mở.")]
    if meeting.state == MeetingState.CONCLUDED:
        return [_("Phiên họp đã kết thúc.")]
    if Result.objects.filter(assessment=ballot.assessment_id).exists():
        return [_("Hội đồng đã kết luận sản phẩm này.")]
    if meeting.is_due(at or timezone.now()):
        return [_("Đã hết hạn gửi phiếu: %(until)s.") % {"until": until(meeting)}]
    if not has_declared(ballot, meeting):
        return [_("Hãy khai báo xung đột lợi ích trước khi chấm.")]
    return []


def until(meeting: Meeting) -> str:
    """The deadline of an opinion in writing, in words."""
    return f"{timezone.localtime(meeting.deadline):%H:%M %d/%m/%Y}" if meeting.deadline else ""


def has_declared(ballot: Ballot, meeting: Meeting) -> bool:
    """Whether the holder declared on this product, where the council's rules ask for it."""
    if not read_rules(meeting.rules or meeting.council.rules).policy.recusal_required:
        return True
    return Declaration.objects.filter(
        meeting=meeting, seat=ballot.seat_id, assessment=ballot.assessment_id, has_conflict=False
    ).exists()


def _mark(ballot: Ballot, criterion: str, value: Any) -> Mark | None:
    """The value as a printed level; the sentence of the law's reader where it is none."""
    of_set = criteria_set(ballot.published.code)
    if criterion not in of_set.by_code:
        raise ValidationError({criterion: _("Bộ tiêu chí không có tiêu chí này.")})
    if value is None:
        return None
    try:
        return read_mark(of_set.by_code[criterion], value)
    except SheetError as error:
        raise ValidationError({code: str(text) for code, text in error.errors.items()}) from error


def _keep(
    ballot: Ballot, criterion: str, level: dict[str, Any], *, key: str, by: User, at: dt.datetime
) -> Saved:
    old = ballot.levels.get(criterion)
    ballot.levels = {**ballot.levels, criterion: level}
    _write(ballot, at)
    BallotChange.objects.create(
        ballot=ballot, criterion=criterion, old=old, new=level, revision=level["r"], key=key, by=by, at=at
    )
    return Saved(ballot, criterion, level, level["r"], at)


def _write(ballot: Ballot, at: dt.datetime) -> None:
    reckon(ballot)
    ballot.saved_at = at
    ballot.save(update_fields=["levels", "total", "stars", "saved_at"])


def reckon(ballot: Ballot) -> None:
    """Total and stars of this sheet alone, by the server, whatever the browser showed."""
    of_set = set_of(ballot)
    result = score(of_set, read_levels(of_set, ballot.levels))
    policy = read_rules(ballot.meeting.rules or ballot.meeting.council.rules).policy
    ballot.total, ballot.stars = int(result.total), stars(of_set, result, policy).stars


def set_of(ballot: Ballot) -> CriteriaSet:
    return criteria_set(ballot.published.code)
