"""What the minutes of a meeting say of a product that was asked about in writing before: who answered, and why it came."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.ballots.saving import until
from evaluation.models import Ballot, BallotState, Meeting, Referral
from ocop.regulations import shown


@dataclass(frozen=True)
class WrittenRound:
    """One round on paper: its referral to this meeting, and every sheet that was laid out, answered or not."""

    referral: Referral
    sheets: list[Ballot]


def rounds_before(meeting: Meeting, assessments: Collection[int]) -> dict[int, list[WrittenRound]]:
    """By product; one query more where nothing was referred here."""
    referrals = list(
        Referral.objects.filter(to=meeting, assessment__in=assessments).select_related("meeting")
    )
    sheets: dict[tuple[int, int], list[Ballot]] = {}
    if referrals:
        found = Ballot.objects.filter(
            meeting__in=[it.meeting_id for it in referrals], assessment__in=assessments
        )
        for ballot in found.order_by("sealed_at", "seat__order", "pk"):
            sheets.setdefault((ballot.meeting_id, ballot.assessment_id), []).append(ballot)
    rounds: dict[int, list[WrittenRound]] = {}
    for it in referrals:
        written = WrittenRound(it, sheets.get((it.meeting_id, it.assessment_id), []))
        rounds.setdefault(it.assessment_id, []).append(written)
    return rounds


def told(
    rounds: Iterable[WrittenRound],
    names: Mapping[int, str],
    *,
    recused: Collection[int],
    decimals: int,
    is_whole: bool,
) -> Iterator[str]:
    """A line for what was asked, who answered when, who did not, and why it was referred.

    Whoever stood aside since is left out; who abstained is named in what is kept and in no preview.
    """
    for it in rounds:
        sheets = [sheet for sheet in it.sheets if sheet.seat_id not in recused]
        yield _asked(it.referral, sheets, decimals)
        yield from _people(sheets, names, is_whole=is_whole)
        yield _("Đưa ra phiên họp lúc %(at)s: %(reasons)s") % {
            "at": _moment(it.referral.referred_at),
            "reasons": " ".join(it.referral.reasons),
        }


def _asked(referral: Referral, sheets: list[Ballot], decimals: int) -> str:
    given = [sheet.total for sheet in sheets if sheet.counts]
    asked = _("Lấy ý kiến bằng văn bản từ %(since)s, hạn %(until)s: %(n)s/%(all)s phiếu có điểm") % {
        "since": _moment(referral.meeting.opened_at),
        "until": until(referral.meeting),
        "n": len(given),
        "all": len(sheets),
    }
    if not given:
        return asked
    mean = shown(Fraction(sum(given), len(given)), decimals)
    figures = {"mean": mean, "spread": max(given) - min(given)}
    return asked + _(", trung bình %(mean)s, chênh lệch %(spread)s") % figures


def _people(sheets: list[Ballot], names: Mapping[int, str], *, is_whole: bool) -> Iterator[str]:
    answered = [_named(it, names) for it in sheets if it.counts]
    silent = [names[it.seat_id] for it in sheets if it.state == BallotState.OPEN]
    if answered:
        yield _("Đã nộp phiếu bằng văn bản: %(names)s") % {"names": ", ".join(answered)}
    for it in sheets if is_whole else ():
        if it.state == BallotState.ABSTAINED:
            yield _("Không cho ý kiến bằng văn bản: %(name)s: %(reason)s") % {
                "name": _named(it, names),
                "reason": it.abstention,
            }
    if silent:
        yield _("Chưa nộp phiếu bằng văn bản: %(names)s") % {"names": ", ".join(silent)}


def _named(ballot: Ballot, names: Mapping[int, str]) -> str:
    return f"{names[ballot.seat_id]} ({_moment(ballot.sealed_at)})"


def _moment(at: object) -> str:
    return f"{timezone.localtime(at):%H:%M %d/%m/%Y}" if at else "…"  # type: ignore[arg-type]
