"""The minutes as a paper: put together from people, products and seals, for the file or for one reader."""

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.meetings.boards import visible_items
from evaluation.meetings.findings import finding_of
from evaluation.meetings.minutes import people, products, sealing
from evaluation.meetings.minutes.products import Entry
from evaluation.meetings.referring import referred_in_words
from evaluation.meetings.seals import hears_reasons
from evaluation.meetings.standing import Hall, name_all, read_hall, read_standings
from evaluation.meetings.totals import totals_table
from evaluation.models import AgendaItem, Meeting, MinutesNote
from ocop.orgs.models import User
from ocop.papers.content import Block, PaperContent
from ocop.papers.drafting import draft_paper, redraft_paper
from ocop.papers.models import Paper
from ocop.written import in_vietnamese

KIND = "council_minutes"
NUMERALS = ("I", "II", "III", "IV", "V", "VI")


def draft_minutes(meeting: Meeting, *, by: User) -> Paper:
    return draft_paper(meeting.council.unit, KIND, title_of(meeting), minutes(meeting), by=by)


def renew_minutes(meeting: Meeting, *, by: User) -> None:
    """The draft with what was added since."""
    if meeting.minutes is not None:
        redraft_paper(meeting.minutes, title_of(meeting), minutes(meeting), by=by)


def title_of(meeting: Meeting) -> str:
    held = timezone.localtime(meeting.held_at)
    words = (
        _("%(council)s lấy ý kiến bằng văn bản ngày %(day)s")
        if meeting.is_written
        else _("Họp %(council)s ngày %(day)s")
    )
    return words % {"council": meeting.council.name, "day": f"{held:%d/%m/%Y}"}


@in_vietnamese()
def minutes(meeting: Meeting, reader: User | None = None) -> PaperContent:
    """All of it, as it is kept; for a reader, before the end, without what she may not know yet or ever.

    The products a member was recused from are named in what is kept, and nowhere else to her.
    """
    hall = read_hall(meeting)
    name_all(hall)
    entries = _entries(hall, reader)
    findings = [it.finding for it in entries if it.finding is not None]
    content: PaperContent = {
        "issuer": meeting.council.name,
        "body": [
            {"facts": people.facts(meeting, hall)},
            *_numbered(
                (_("Thành phần"), people.attendance(meeting, hall, reader)),
                (_("Khai báo xung đột lợi ích"), _recusals(meeting, reader)),
                (_("Kết quả đánh giá từng sản phẩm"), _results(entries)),
                (_("Đưa ra phiên họp"), _referred(meeting, reader)),
                (_("Ý kiến khác"), _general_words(meeting, reader)),
                (_("Niêm phong phiếu"), _seals(meeting, reader)),
            ),
            *people.ending(meeting),
        ],
        "signatures": people.signatures(hall),
    }
    if findings:
        content["annexes"] = [totals_table(findings)]
    return content


def _numbered(*sections: tuple[str, Sequence[Block]]) -> Iterator[Block]:
    """Headings I, II, III over what there is."""
    said = [(title, blocks) for title, blocks in sections if blocks]
    for numeral, (title, blocks) in zip(NUMERALS, said, strict=False):
        yield {"h": f"{numeral}. {title}"}
        yield from blocks


def _results(entries: Sequence[Entry]) -> list[Block]:
    return [block for n, entry in enumerate(entries, 1) for block in products.blocks(n, entry)]


def _recusals(meeting: Meeting, reader: User | None) -> Sequence[Block]:
    """Who stood aside is named in what is kept and in no preview."""
    return people.recusals(meeting) if reader is None else [{"p": _("Ghi tên khi phiên họp kết thúc.")}]


def _referred(meeting: Meeting, reader: User | None) -> Sequence[Block]:
    """What was not settled in writing; it names the products."""
    if not meeting.is_written or not (reader is None or hears_reasons(meeting, reader)):
        return []
    lines = referred_in_words(meeting)
    return [{"list": lines}] if lines else []


def _seals(meeting: Meeting, reader: User | None) -> Sequence[Block]:
    return sealing.blocks(meeting, is_told=reader is None or hears_reasons(meeting, reader))


def _entries(hall: Hall, reader: User | None) -> list[Entry]:
    """In the order of the agenda, with as many queries for thirty products as for one."""
    meeting = hall.meeting
    items = (
        visible_items(meeting, reader)
        if reader
        else list(AgendaItem.objects.for_list().filter(meeting=meeting))
    )
    kept = products.kept_of(meeting, items)
    return [
        Entry(
            standing,
            finding_of(standing) if reader is None or standing.is_revealed_to(reader) else None,
            kept,
            is_whole=reader is None,
        )
        for standing in read_standings(hall, items)
    ]


def _general_words(meeting: Meeting, reader: User | None) -> list[Block]:
    found = MinutesNote.objects.visible_to(reader) if reader else MinutesNote.objects.all()
    words = found.in_force().filter(meeting=meeting, assessment__isnull=True)
    return [{"p": text} for text in words.values_list("text", flat=True)]
