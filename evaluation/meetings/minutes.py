"""The minutes of a meeting, written from what it left: who was here, what was scored, what was concluded."""

from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.ballots.proposals import proposals_on
from evaluation.meetings.standing import Hall, read_hall
from evaluation.models import AgendaItem, Ballot, BallotState, Declaration, Meeting, Result
from ocop.orgs.models import User
from ocop.papers.content import Block, PaperContent
from ocop.papers.drafting import draft_paper
from ocop.papers.models import Paper
from ocop.regulations import shown
from products.law import criteria_set


def draft_minutes(meeting: Meeting, *, by: User) -> Paper:
    held = timezone.localtime(meeting.held_at)
    title = _("Họp %(council)s ngày %(day)s") % {"council": meeting.council.name, "day": f"{held:%d/%m/%Y}"}
    return draft_paper(meeting.council.unit, "council_minutes", title, minutes(meeting), by=by)


def minutes(meeting: Meeting) -> PaperContent:
    """The products a member was recused from are named here, after the seal, and nowhere else to her."""
    hall = read_hall(meeting)
    results = Result.objects.filter(meeting=meeting).select_related("assessment__dossier__product__producer")
    return {
        "body": [
            {"facts": _facts(meeting, hall)},
            {"h": _("Thành phần")},
            {"table": _attendance(hall)},
            {"h": _("Khai báo xung đột lợi ích")},
            *_recusals(meeting),
            {"h": _("Kết quả đánh giá")},
            {"table": _results(list(results.order_by("assessment__agenda_items__order", "pk")))},
            *_abstentions(meeting),
            *_knock_outs(meeting),
            *_discussions(meeting),
            {"h": _("Niêm phong phiếu")},
            {"p": _("Mã niêm phong các phiếu (SHA-256): %(digest)s.") % {"digest": meeting.digest}},
        ],
        "signatures": [
            {"office": _("THƯ KÝ"), "name": _holder(hall, "secretary")},
            {"office": _("CHỦ TRÌ"), "name": _holder(hall, "chair")},
        ],
    }


def _facts(meeting: Meeting, hall: Hall) -> list[list[str]]:
    opened, concluded = timezone.localtime(meeting.opened_at), timezone.localtime(meeting.concluded_at)
    return [
        [_("Bắt đầu"), f"{opened:%H:%M %d/%m/%Y}"],
        [_("Kết thúc"), f"{concluded:%H:%M %d/%m/%Y}"],
        [_("Địa điểm"), meeting.place],
        [_("Có mặt"), f"{hall.here}/{len(hall.voting)}"],
    ]


def _attendance(hall: Hall) -> Any:
    return {
        "columns": [_("Họ và tên"), _("Chức danh"), _("Cơ quan"), _("Có mặt") + "*"],
        "rows": [
            [
                str(seat.user),
                str(seat.get_role_display()),
                seat.agency,
                _("có") if seat.pk in hall.present else _("vắng"),
            ]
            for seat in hall.seats
        ],
    }


def _recusals(meeting: Meeting) -> list[Block]:
    found = Declaration.objects.filter(meeting=meeting, has_conflict=True).select_related(
        "seat__user", "assessment__dossier__product"
    )
    lines = [
        _("%(who)s không tham gia “%(product)s”: %(ground)s")
        % {"who": it.seat.user, "product": it.assessment, "ground": it.ground}
        for it in found.order_by("seat__order", "pk")
    ]
    return [{"list": lines}] if lines else [{"p": _("Không có.")}]


def _results(results: list[Result]) -> Any:
    return {
        "columns": [
            _("Sản phẩm"),
            _("Chủ thể"),
            _("Số phiếu") + "*",
            _("Điểm trung bình") + "*",
            _("Chênh lệch") + "*",
            _("Hạng sao") + "*",
        ],
        "rows": [
            [
                str(it.assessment),
                str(it.assessment.dossier.product.producer),
                str(len(it.reasons["counted"])),
                shown(it.mean),
                str(it.spread),
                str(it.stars),
            ]
            for it in results
        ],
    }


def _abstentions(meeting: Meeting) -> list[Block]:
    """Named here with their reasons, and nowhere else; of the last scoring of each product."""
    sheets = Ballot.objects.filter(
        meeting=meeting, state=BallotState.ABSTAINED, attempt=F("assessment__result__attempt")
    ).select_related("seat__user", "assessment__dossier__product")
    lines = [
        _("%(who)s không cho ý kiến về “%(product)s”: %(reason)s")
        % {"who": it.seat.user, "product": it.assessment, "reason": it.abstention}
        for it in sheets.order_by("assessment_id", "seat__order", "pk")
    ]
    return [{"h": _("Không cho ý kiến")}, {"list": lines}] if lines else []


def _knock_outs(meeting: Meeting) -> list[Block]:
    """The cases of loại that the council found, and who had proposed them."""
    lines = [
        f"{item.assessment}: {_found(item, code)}"
        for item in AgendaItem.objects.for_list().filter(meeting=meeting).exclude(knock_outs=[])
        for code in item.knock_outs
    ]
    return [{"h": _("Trường hợp bị loại")}, {"list": lines}] if lines else []


def _found(item: AgendaItem, code: str) -> str:
    text = criteria_set(item.assessment.published.code).knock_outs[code].text
    names = ", ".join(dict.fromkeys(str(it.ballot.seat.user) for it in proposals_on(item) if it.code == code))
    return _("%(text)s (người đề nghị: %(names)s)") % {"text": text, "names": names} if names else text


def _discussions(meeting: Meeting) -> list[Block]:
    items = AgendaItem.objects.for_list().filter(meeting=meeting).exclude(discussion="")
    lines = [f"{item.assessment}: {item.discussion}" for item in items]
    return [{"h": _("Ý kiến thảo luận")}, {"list": lines}] if lines else []


def _holder(hall: Hall, role: str) -> str:
    return next((str(seat.user) for seat in hall.seats if seat.role == role and seat.pk in hall.present), "")
