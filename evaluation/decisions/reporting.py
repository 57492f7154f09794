"""What the council puts before the chairman: its report (BC-HĐ) and the submission (tờ trình) that asks for the decision."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.decisions.outcomes import Waiting, from_result
from evaluation.decisions.paper import TABLES, annex_of, law_words, laws_of, minutes_words
from evaluation.meetings.findings import Finding, finding_of
from evaluation.meetings.seals import hears_reasons
from evaluation.meetings.standing import Hall, name_all, read_hall, read_standings
from evaluation.meetings.totals import totals_table
from evaluation.models import AgendaItem, Meeting, MeetingState
from ocop.orgs.models import User
from ocop.papers.content import Annex, Block, PaperContent
from ocop.papers.drafting import draft_paper, matter, redraft_paper, shut_out
from ocop.papers.kinds import KINDS as PAPERS
from ocop.papers.layout import date_words
from ocop.papers.letterhead import letterhead
from ocop.papers.models import Paper, PaperState
from ocop.regulations import shown
from products.models import Exclusion

REPORT, SUBMISSION = "council_report", "submission"
KINDS = (REPORT, SUBMISSION)
WRITE = "evaluation.change_meeting"
ASKS = {  # outcome → what is asked for
    "certify": "Công nhận và cấp Giấy chứng nhận sản phẩm OCOP cho",
    "send_up": "Phê duyệt kết quả đánh giá và chuyển hồ sơ đề nghị cấp trên đánh giá, phân hạng đối với",
    "send_back": "Trả lại cấp dưới hồ sơ và kết quả đánh giá của",
    "not_recognised": "Thông báo kết quả cho chủ thể của",
}


@dataclass(frozen=True)
class Closed:
    """A sealed meeting with what follows from each result, in the order of the agenda."""

    hall: Hall
    findings: Sequence[Finding]
    follows: Sequence[Waiting]

    @property
    def meeting(self) -> Meeting:
        return self.hall.meeting

    def by_outcome(self) -> dict[str, list[Waiting]]:
        found = {code: [it for it in self.follows if it.outcome == code] for code in TABLES}
        return {code: rows for code, rows in found.items() if rows}


@dataclass(frozen=True)
class Offered:
    """One of the two as a reader finds it: the one that was not cancelled, and whether she may have it drafted (again)."""

    kind: str
    paper: Paper | None
    may_draft: bool

    @property
    def label(self) -> Any:
        return PAPERS[self.kind].label


def papers_offered(meeting: Meeting, user: User) -> list[Offered]:
    if meeting.state != MeetingState.CONCLUDED:
        return []
    found = Paper.objects.visible_to(user).filter(about=matter(meeting), kind__in=KINDS)
    kept = {it.kind: it for it in found.exclude(state=PaperState.CANCELLED).order_by("pk")}
    writes = may_write(meeting, user)
    rows = [Offered(kind, it, writes and _is_open(it)) for kind in KINDS for it in (kept.get(kind),)]
    return [row for row in rows if row.may_draft or row.paper]


def _is_open(paper: Paper | None) -> bool:
    return paper is None or paper.state == PaperState.DRAFT


def may_write(meeting: Meeting, user: User) -> bool:
    """Who plans the council's meetings and is recused from none of the products: the papers name them all."""
    return (
        meeting.state == MeetingState.CONCLUDED
        and user.has_perm(WRITE, meeting)
        and hears_reasons(meeting, user)
    )


@transaction.atomic
def draft_report(meeting: Meeting, kind: str, *, by: User) -> Paper:
    """A draft from what the meeting left; asked for again, the draft that stands says it anew."""
    if not may_write(meeting, by):
        raise PermissionDenied
    fresh = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if fresh.state != MeetingState.CONCLUDED:
        raise ValidationError(_("Phiên họp đã được mở lại."))
    content, title = content_of(meeting, kind), title_of(meeting, kind)
    standing = Paper.objects.filter(about=matter(meeting), kind=kind).exclude(state=PaperState.CANCELLED)
    if paper := standing.order_by("pk").last():
        return redraft_paper(paper, title, content, by=by)
    _shut_out_recused(meeting)
    return draft_paper(meeting.council.unit, kind, title, content, by=by, about=matter(meeting))


def _shut_out_recused(meeting: Meeting) -> None:
    products = meeting.agenda.values("assessment__dossier")
    for one in Exclusion.objects.in_force().filter(dossier__in=products).select_related("user"):
        shut_out(one.user, meeting)


def title_of(meeting: Meeting, kind: str) -> str:
    held = f"{timezone.localtime(meeting.held_at):%d/%m/%Y}"
    if kind == REPORT:
        return f"Kết quả đánh giá, phân hạng sản phẩm OCOP tại phiên họp ngày {held}"
    return f"Về việc ban hành quyết định về kết quả đánh giá, phân hạng sản phẩm OCOP ({meeting.round})"


def content_of(meeting: Meeting, kind: str) -> PaperContent:
    it = read_closed(meeting)
    body = _report(it) if kind == REPORT else _submission(it)
    annexes: list[Annex] = [annex_of(outcome, rows) for outcome, rows in it.by_outcome().items()]
    if it.findings and kind == REPORT:
        annexes.append(totals_table(it.findings))
    return {
        "issuer": meeting.council.name,
        "to": [letterhead(meeting.council.unit).authority_in_text],
        "grounds": _grounds(it),
        "body": list(body),
        "annexes": annexes,
        "recipients": [
            "Như trên",
            "Cơ quan tham mưu quản lý Chương trình OCOP",
            "Các thành viên Hội đồng",
            "Lưu: VT, HĐ",
        ],
    }


def read_closed(meeting: Meeting) -> Closed:
    """With as many queries for thirty products as for one."""
    hall = read_hall(meeting)
    name_all(hall)
    items = AgendaItem.objects.for_list().filter(meeting=meeting).select_related("assessment__dossier__unit")
    standings = read_standings(hall, items)
    found = [finding for it in standings if (finding := finding_of(it)) is not None]
    follows = [from_result(it.item.assessment, it.result) for it in standings if it.result is not None]
    return Closed(hall, found, follows)


def _grounds(it: Closed) -> list[str]:
    council = it.meeting.council
    made = f" {date_words(council.decision_on)}" if council.decision_on else ""
    return [
        *law_words(laws_of(it.follows)),
        f"Căn cứ Quyết định số {council.decision_number}{made} thành lập {council.name}",
        minutes_words(it.meeting),
    ]


def _report(it: Closed) -> Iterator[Block]:
    meeting, hall = it.meeting, it.hall
    held = timezone.localtime(meeting.opened_at or meeting.held_at)
    yield {"h": "I. Phiên họp"}
    yield {
        "facts": [
            ["Thời gian", f"{held:%H:%M %d/%m/%Y}"],
            ["Địa điểm", meeting.place],
            ["Chủ trì", str(hall.presides or "")],
            [
                "Thành viên chấm điểm có mặt",
                f"{hall.here}/{len(hall.voting)}, Quy chế cần ít nhất {hall.needed}",
            ],
        ]
    }
    yield {"h": "II. Kết quả"}
    yield {"p": _summary(it)}
    yield {"list": list(_by_stars(it))}
    yield {"h": "III. Kiến nghị"}
    yield {"p": "Hội đồng kiến nghị:"}
    yield {"list": list(_asks(it))}
    yield {"p": "Hội đồng báo cáo để xem xét, quyết định"}


def _submission(it: Closed) -> Iterator[Block]:
    yield {"p": _summary(it)}
    yield {"p": "Hội đồng kính trình xem xét, ban hành quyết định với các nội dung sau:"}
    yield {"list": list(_asks(it))}
    yield {"p": "Kính trình xem xét, quyết định"}


def _summary(it: Closed) -> str:
    producers = {row.assessment.dossier.product.producer_id for row in it.follows}
    means = [finding.mean for finding in it.findings]
    span = f" Điểm trung bình cao nhất {shown(max(means))}, thấp nhất {shown(min(means))}." if means else ""
    return (
        f"Hội đồng đã đánh giá, phân hạng {len(it.follows):02d} sản phẩm của {len(producers):02d} chủ thể"
        f" ({it.meeting.round})."
    ) + span


def _by_stars(it: Closed) -> Iterator[str]:
    stars = [finding.stars for finding in it.findings]
    for star in sorted(set(stars), reverse=True):
        yield f"{stars.count(star):02d} sản phẩm " + (f"{star} sao" if star else "bị loại")


def _asks(it: Closed) -> Iterator[str]:
    groups: dict[str, list[Any]] = it.by_outcome()  # type: ignore[assignment]
    for number, (outcome, rows) in enumerate(groups.items(), 1):
        yield f"{ASKS[outcome]} {len(rows):02d} sản phẩm (Phụ lục {number})"
