"""The minutes of a meeting, written from what it left: who was here, what was scored, what was concluded."""

from fractions import Fraction
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.ballots.proposals import proposals_on
from evaluation.ballots.saving import until
from evaluation.meetings.digests import seal_code
from evaluation.meetings.referring import referred_in_words
from evaluation.meetings.seals import seals_of
from evaluation.meetings.standing import Hall, read_hall
from evaluation.models import (
    AgendaItem,
    Assignment,
    Ballot,
    BallotState,
    Declaration,
    FormerResult,
    Meeting,
    Result,
    SeatRole,
)
from ocop.orgs.models import User
from ocop.papers.content import Block, PaperContent, Signature
from ocop.papers.drafting import draft_paper
from ocop.papers.models import Paper
from ocop.papers.signing import lines
from ocop.regulations import shown
from products.law import criteria_set


def draft_minutes(meeting: Meeting, *, by: User) -> Paper:
    held = timezone.localtime(meeting.held_at)
    words = (
        _("%(council)s lấy ý kiến bằng văn bản ngày %(day)s")
        if meeting.is_written
        else _("Họp %(council)s ngày %(day)s")
    )
    title = words % {"council": meeting.council.name, "day": f"{held:%d/%m/%Y}"}
    return draft_paper(meeting.council.unit, "council_minutes", title, minutes(meeting), by=by)


def minutes(meeting: Meeting) -> PaperContent:
    """The products a member was recused from are named here, after the seal, and nowhere else to her."""
    hall = read_hall(meeting)
    results = Result.objects.filter(meeting=meeting).select_related("assessment__dossier__product__producer")
    in_order = _once(results)
    return {
        "body": [
            {"facts": _facts(meeting, hall)},
            {"h": _("Thành phần")},
            {"table": _attendance(hall)},
            *_guests(meeting),
            {"h": _("Khai báo xung đột lợi ích")},
            *_recusals(meeting),
            {"h": _("Kết quả đánh giá")},
            {"table": _results(in_order, hall.rules.decimals)},
            *_agreed(in_order, hall.rules.decimals),
            *_former(meeting, hall.rules.decimals),
            *_referred(meeting),
            *_abstentions(meeting),
            *_knock_outs(meeting),
            *_discussions(meeting),
            {"h": _("Niêm phong phiếu")},
            {"p": _("Mã niêm phong các phiếu: %(code)s.") % {"code": seal_code(meeting.digest)}},
            {"p": _("SHA-256 đầy đủ: %(digest)s.") % {"digest": meeting.digest}},
            *_broken_seals(meeting),
        ],
        "signatures": [
            {"office": _("THƯ KÝ"), "name": _holder(hall, "secretary")},
            _presiding(hall),
        ],
    }


def _facts(meeting: Meeting, hall: Hall) -> list[list[str]]:
    opened, concluded = timezone.localtime(meeting.opened_at), timezone.localtime(meeting.concluded_at)
    return [
        [_("Bắt đầu"), f"{opened:%H:%M %d/%m/%Y}"],
        [_("Kết thúc"), f"{concluded:%H:%M %d/%m/%Y}"],
        [_("Hình thức"), _("lấy ý kiến bằng văn bản, hạn gửi phiếu %(until)s") % {"until": until(meeting)}]
        if meeting.is_written
        else [_("Địa điểm"), meeting.place],
        [_("Chủ trì"), _who_presides(hall)],
        [_("Được lấy ý kiến") if meeting.is_written else _("Có mặt"), f"{hall.here}/{len(hall.voting)}"],
        *([[_("Lý do mở sớm"), meeting.opened_early]] if meeting.opened_early else []),
        [_("Cam kết, chấp hành Quy chế"), str(meeting.pledges.count())],
        *([[_("Phân công chấm, mã rút"), seeds]] if (seeds := _seeds(meeting)) else []),
    ]


def _attendance(hall: Hall) -> Any:
    return {
        "columns": [
            _("Họ và tên"),
            _("Chức danh"),
            _("Cơ quan"),
            (_("Được lấy ý kiến") if hall.meeting.is_written else _("Có mặt")) + "*",
        ],
        "rows": [
            [
                str(seat.user),
                str(seat.get_role_display()),
                seat.home,
                _("có") if seat.pk in hall.present else _("vắng"),
            ]
            for seat in hall.seats
        ]
        + [
            [str(seat.user), str(seat.get_role_display()), seat.home, _("đã được thay")]
            for seat in hall.former
            if seat.pk in hall.present
        ],
    }


def _seeds(meeting: Meeting) -> str:
    """With these the draws can be made again by whoever doubts them."""
    found = Assignment.objects.filter(item__meeting=meeting).values_list("seed", flat=True)
    return ", ".join(sorted(set(found)))


def _guests(meeting: Meeting) -> list[Block]:
    """Each person once, with what she came as."""
    found = meeting.guests.select_related("user")
    lines = sorted({_("%(who)s, %(capacity)s") % {"who": it.user, "capacity": it.capacity} for it in found})
    return [{"h": _("Khách mời")}, {"list": lines}] if lines else []


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


def _once(results: Any) -> list[Result]:
    """In the order of this meeting's agenda."""
    mine = Subquery(
        AgendaItem.objects.filter(meeting=OuterRef("meeting"), assessment=OuterRef("assessment")).values(
            "order"
        )[:1]
    )
    return list(results.order_by(mine, "pk"))


def _results(results: list[Result], decimals: int) -> Any:
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
                shown(it.mean, decimals),
                str(it.spread),
                str(it.stars),
            ]
            for it in results
        ],
    }


def _agreed(results: list[Result], decimals: int) -> list[Block]:
    """The levels agreed on, each beside the mean of the sheets."""
    lines = [
        _("%(product)s, tiêu chí %(code)s: trung bình %(mean)s, thống nhất %(points)s điểm")
        % {
            "product": it.assessment,
            "code": code,
            "mean": shown(Fraction(it.reasons["criteria"][code]), decimals),
            "points": points,
        }
        for it in results
        for code, points in it.reasons["agreed"].items()
    ]
    return [{"h": _("Mức thống nhất")}, {"list": lines}] if lines else []


def _former(meeting: Meeting, decimals: int) -> list[Block]:
    found = FormerResult.objects.filter(meeting=meeting).select_related("assessment__dossier__product")
    lines = [
        _("%(product)s: %(mean)s điểm, %(stars)s sao; xem xét lại vì: %(note)s")
        % {"product": it.assessment, "mean": shown(it.mean, decimals), "stars": it.stars, "note": it.note}
        for it in found
    ]
    return [{"h": _("Kết luận cũ đã được xem xét lại")}, {"list": lines}] if lines else []


def _broken_seals(meeting: Meeting) -> list[Block]:
    """Every earlier closing: its code, when, by whom, and why it was opened."""
    lines = [
        _(
            "Lần %(number)s: %(code)s, niêm phong lúc %(sealed)s; %(who)s mở lại lúc %(opened)s, lý do: %(reason)s"
        )
        % {
            "number": it.number,
            "code": seal_code(it.digest),
            "sealed": f"{timezone.localtime(it.sealed_at):%H:%M %d/%m/%Y}",
            "who": it.reopening.reopened_by,
            "opened": f"{timezone.localtime(it.reopening.reopened_at):%H:%M %d/%m/%Y}",
            "reason": it.reopening.reason,
        }
        for it in seals_of(meeting)
        if it.is_broken
    ]
    return [{"p": _("Các lần niêm phong trước:")}, {"list": lines}] if lines else []


def _referred(meeting: Meeting) -> list[Block]:
    lines = referred_in_words(meeting)
    return [{"h": _("Đưa ra phiên họp")}, {"list": lines}] if lines else []


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


def _presiding(hall: Hall) -> Signature:
    """In the words of her delegation where the chair is not here."""
    seat = hall.presides
    if seat is None:
        return {"office": _("CHỦ TRÌ"), "name": ""}
    acts = seat.role != SeatRole.CHAIR and seat.acts_as
    return {"office": "\n".join(lines(seat.acts_as)) if acts else _("CHỦ TRÌ"), "name": str(seat.user)}


def _who_presides(hall: Hall) -> str:
    seat = hall.presides
    if seat is None:
        return ""
    if seat.role == SeatRole.CHAIR or not seat.acts_as:
        return str(seat)
    return _("%(who)s, theo ủy quyền: %(delegation)s") % {"who": seat, "delegation": seat.delegation}
