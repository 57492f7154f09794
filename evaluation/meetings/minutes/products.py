"""What the minutes say of one product: sheets, mean, gates, agreed levels, rounds, words, conclusion."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import F
from django.utils.translation import gettext as _

from evaluation.ballots.proposals import proposals_on
from evaluation.meetings.findings import Finding
from evaluation.meetings.minutes.in_writing import WrittenRound, rounds_before, told
from evaluation.meetings.standing import Standing
from evaluation.meetings.totals import gate_words
from evaluation.models import (
    AgendaItem,
    Ballot,
    BallotState,
    FormerResult,
    Meeting,
    MinutesNote,
    Question,
    QuestionState,
)
from ocop.papers.content import Block
from ocop.regulations import shown


@dataclass(frozen=True)
class Kept:
    """What lies beside the sheets of all products, read at once; each by assessment."""

    notes: dict[int, list[MinutesNote]]
    questions: dict[int, list[Question]]
    former: dict[int, list[FormerResult]]
    earlier: dict[int, list[Ballot]]  # sheets of rounds that were scored again
    written: dict[int, list[WrittenRound]]  # on paper, before the product was referred to this meeting


@dataclass(frozen=True)
class Entry:
    """One product as the minutes tell it; `finding` is None where its points may not be told (yet)."""

    standing: Standing
    finding: Finding | None
    kept: Kept
    is_whole: bool  # what is kept, not what a reader is shown before

    @property
    def key(self) -> int:
        return self.standing.item.assessment_id

    @property
    def decimals(self) -> int:
        return self.standing.hall.rules.decimals


def kept_of(meeting: Meeting, items: Iterable[AgendaItem]) -> Kept:
    keys = [item.assessment_id for item in items]
    of_these = {"meeting": meeting, "assessment__in": keys}
    notes = MinutesNote.objects.in_force().filter(**of_these)
    questions = Question.objects.filter(**of_these, state=QuestionState.ANSWERED).order_by("pk")
    former = FormerResult.objects.filter(**of_these)
    earlier = Ballot.objects.filter(
        **of_these, state=BallotState.SEALED, attempt__lt=F("assessment__agenda_items__attempt"),
        assessment__agenda_items__meeting=meeting,
    )  # fmt: skip
    return Kept(
        _by_product(notes),
        _by_product(questions),
        _by_product(former),
        _by_product(earlier.order_by("attempt")),
        rounds_before(meeting, keys),
    )


def _by_product(rows: Iterable) -> dict[int, list]:  # type: ignore[type-arg]
    found: dict[int, list] = {}  # type: ignore[type-arg]
    for row in rows:
        found.setdefault(row.assessment_id, []).append(row)
    return found


def blocks(number: int, entry: Entry) -> Iterator[Block]:
    dossier = entry.standing.item.assessment.dossier
    yield {"h": f"{number}. {dossier.product.name}"}
    yield {
        "facts": [
            [
                _("Chủ thể"),
                _("%(name)s; mã hồ sơ %(code)s")
                % {"name": dossier.product.producer.name, "code": dossier.code},
            ],
            *(_figures(entry, entry.finding) if entry.finding else []),
        ]
    }
    said = [*_told(entry), *_words(entry)]
    if said:
        yield {"list": said}
    yield {"p": _conclusion(entry)}


def _figures(entry: Entry, finding: Finding) -> list[list[str]]:
    standing = entry.standing
    count = _("%(all)s người chấm, %(handed)s phiếu đã nộp, %(counted)s phiếu được tính") % {
        "all": len(standing.voters),
        "handed": len(standing.handed_in),
        "counted": len(finding.totals),
    }
    mean = _("%(mean)s điểm, chênh lệch giữa các phiếu %(spread)s điểm") % {
        "mean": shown(finding.mean, entry.decimals),
        "spread": finding.spread,
    }
    gates = "; ".join(gate_words(finding)) or _("đạt")
    return [[_("Phiếu"), count], [_("Điểm trung bình"), mean], [_("Mức tối thiểu"), gates]]


def _told(entry: Entry) -> Iterator[str]:
    """What may be said once the points may be."""
    if entry.finding is None:
        return
    yield from told(
        entry.kept.written.get(entry.key, []),
        _names(entry),
        recused=entry.standing.recused,
        decimals=entry.decimals,
        is_whole=entry.is_whole,
    )
    yield from _agreed(entry, entry.finding)
    yield from _knock_outs(entry)
    yield from _abstentions(entry)
    yield from _left_out(entry)
    yield from _rounds(entry)
    for it in entry.kept.former.get(entry.key, []):
        yield _("Kết luận cũ: %(product)s: %(mean)s điểm, %(stars)s sao; xem xét lại vì: %(note)s") % {
            "product": entry.standing.item.assessment,
            "mean": shown(it.mean, entry.decimals),
            "stars": it.stars,
            "note": it.note,
        }


def _agreed(entry: Entry, finding: Finding) -> Iterator[str]:
    """The levels agreed on, each beside the mean of the sheets."""
    for code, points in sorted(finding.agreed.items()):
        yield _("%(product)s, tiêu chí %(code)s: trung bình %(mean)s, thống nhất %(points)s điểm") % {
            "product": entry.standing.item.assessment,
            "code": code,
            "mean": shown(Fraction(finding.criteria[code]), entry.decimals),
            "points": points,
        }


def _knock_outs(entry: Entry) -> Iterator[str]:
    """The cases of loại that the council found, and who had proposed them."""
    item = entry.standing.item
    proposed = proposals_on(item) if item.knock_outs else []
    for code in item.knock_outs:
        text = entry.standing.criteria_set.knock_outs[code].text
        names = ", ".join(dict.fromkeys(str(it.ballot.seat.user) for it in proposed if it.code == code))
        by = " " + _("(người đề nghị: %(names)s)") % {"names": names} if names else ""
        yield _("Bị loại: %(text)s") % {"text": text} + by


def _abstentions(entry: Entry) -> Iterator[str]:
    """Named here with their reasons, and nowhere else; of the last scoring."""
    names = _names(entry)
    for ballot in entry.standing.abstained if entry.is_whole else ():
        yield _("%(who)s không cho ý kiến về “%(product)s”: %(reason)s") % {
            "who": names[ballot.seat_id],
            "product": entry.standing.item.assessment,
            "reason": ballot.abstention,
        }


def _left_out(entry: Entry) -> Iterator[str]:
    """Whose sheet the conclusion did not wait for."""
    names, result = _names(entry), entry.standing.result
    left = [names[seat] for seat in result.reasons.get("left_out", [])] if result else []
    if left:
        yield _("Kết luận khi chưa có phiếu của: %(names)s") % {"names": ", ".join(left)}


def _names(entry: Entry) -> dict[int, str]:
    hall = entry.standing.hall
    return {seat.pk: str(seat.user) for seat in (*hall.seats, *hall.former)}


def _rounds(entry: Entry) -> Iterator[str]:
    """What the rounds before the last one came to; they are kept."""
    totals: dict[int, list[int]] = {}
    for ballot in entry.kept.earlier.get(entry.key, []):
        if ballot.seat_id not in entry.standing.recused:
            totals.setdefault(ballot.attempt, []).append(ballot.total)
    for attempt, given in totals.items():
        yield _(
            "Lần chấm %(n)s (đã chấm lại): %(count)s phiếu, trung bình %(mean)s, chênh lệch %(spread)s"
        ) % {
            "n": attempt,
            "count": len(given),
            "mean": shown(Fraction(sum(given), len(given)), entry.decimals),
            "spread": max(given) - min(given),
        }


def _words(entry: Entry) -> Iterator[str]:
    """Questions with their answers (never who asked), the discussion, the secretary's own words."""
    for it in entry.kept.questions.get(entry.key, []):
        yield _("Hỏi về tiêu chí %(code)s: %(text)s Trả lời: %(answer)s") % {
            "code": it.criterion,
            "text": _sentence(it.text),
            "answer": it.answer,
        }
    if entry.finding is not None and entry.standing.item.discussion:
        yield _("Thảo luận: %(text)s") % {"text": entry.standing.item.discussion}
    for note in entry.kept.notes.get(entry.key, []):
        yield note.text


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _conclusion(entry: Entry) -> str:
    result = entry.standing.result
    if result is None or entry.finding is None:
        return _("Chưa kết luận.")
    return _("Kết luận: %(sentences)s") % {"sentences": " ".join(result.reasons["sentences"])} + _stars(
        result.stars
    )


def _stars(stars: int) -> str:
    return " " + (
        _("Hội đồng đánh giá %(n)s sao.") % {"n": stars} if stars else _("Hội đồng đánh giá: bị loại.")
    )
