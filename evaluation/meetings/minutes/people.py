"""Who was here, who was not, whether it was enough, who stood aside, who signs."""

from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.ballots.saving import until
from evaluation.meetings.guests import guests_of
from evaluation.meetings.standing import Hall
from evaluation.models import Assignment, Declaration, Meeting, Seat, SeatRole
from ocop.orgs.models import User
from ocop.papers.content import Block, Signature, Table
from ocop.papers.signing import lines


def facts(meeting: Meeting, hall: Hall) -> list[list[str]]:
    return [
        [_("Bắt đầu"), _moment(meeting.opened_at)],
        [_("Kết thúc"), _moment(meeting.concluded_at)],
        [_("Hình thức"), _("lấy ý kiến bằng văn bản, hạn gửi phiếu %(until)s") % {"until": until(meeting)}]
        if meeting.is_written
        else [_("Địa điểm"), meeting.place],
        [_("Chủ trì"), _who_presides(hall)],
        [_("Thư ký"), _holder(hall, SeatRole.SECRETARY)],
        *([[_("Lý do mở sớm"), meeting.opened_early]] if meeting.opened_early else []),
    ]


def attendance(meeting: Meeting, hall: Hall, reader: User | None) -> list[Block]:
    """Names with agencies and delegations, the absent, the guests a reader knows of, and the reckoning of the quorum."""
    absent = [str(seat.user) for seat in hall.seats if seat.pk not in hall.present]
    who_is_away: list[Block] = [{"p": _("Vắng mặt: %(names)s.") % {"names": ", ".join(absent) or _("không")}}]
    return [
        {"table": _table(hall)},
        *([] if meeting.is_written else who_is_away),
        {"p": _quorum(meeting, hall)},
        *_pledges(meeting),
        *_guests(meeting, reader),
    ]


def _quorum(meeting: Meeting, hall: Hall) -> str:
    words = (
        _(
            "Được lấy ý kiến %(here)s/%(all)s thành viên chấm điểm; Quy chế yêu cầu ít nhất %(share)s, tức là %(needed)s: %(verdict)s."
        )
        if meeting.is_written
        else _(
            "Có mặt %(here)s/%(all)s thành viên chấm điểm; Quy chế yêu cầu ít nhất %(share)s, tức là %(needed)s: %(verdict)s."
        )
    )
    return words % {
        "here": hall.here,
        "all": len(hall.voting),
        "needed": hall.needed,
        "share": hall.rules.policy.quorum,
        "verdict": _("đủ") if hall.has_quorum else _("chưa đủ"),
    }


def _table(hall: Hall) -> Table:
    return {
        "columns": [
            _("TT") + "*", _("Họ và tên"), _("Chức danh"), _("Cơ quan"), (_("Được lấy ý kiến") if hall.meeting.is_written else _("Có mặt")) + "*", _("Ghi chú"),
        ],
        "rows": [
            [str(number), str(seat.user), str(seat.get_role_display()), seat.home, *here]
            for number, (seat, here) in enumerate(_rows(hall), 1)
        ],
    }  # fmt: skip


def _rows(hall: Hall) -> list[tuple[Seat, tuple[str, str]]]:
    held = [(seat, (_("có") if seat.pk in hall.present else _("vắng"), _remark(seat))) for seat in hall.seats]
    gone = [(seat, ("", _("đã được thay"))) for seat in hall.former if seat.pk in hall.present]
    return [*held, *gone]


def _remark(seat: Seat) -> str:
    """Who acts for the chair, by which paper; who has no vote."""
    acts = [" ".join(lines(seat.acts_as)), seat.delegation] if seat.acts_as else []
    return "; ".join([*(it for it in acts if it), *([] if seat.votes else [_("không chấm điểm")])])


def _pledges(meeting: Meeting) -> list[Block]:
    count, seeds = meeting.pledges.count(), _seeds(meeting)
    said: list[Block] = [{"p": _("Số thành viên đã cam kết chấp hành Quy chế: %(n)s.") % {"n": count}}]
    return [*said, {"p": _("Phân công chấm, mã rút: %(seeds)s.") % {"seeds": seeds}}] if seeds else said


def _seeds(meeting: Meeting) -> str:
    """With these the draws can be made again by whoever doubts them."""
    found = Assignment.objects.filter(item__meeting=meeting).values_list("seed", flat=True)
    return ", ".join(sorted(set(found)))


def _guests(meeting: Meeting, reader: User | None) -> list[Block]:
    """Each person once, with what she came as."""
    everybody = meeting.guests.select_related("user").prefetch_related("user__persons")
    found = guests_of(meeting, reader) if reader else everybody
    names = sorted({_("%(who)s, %(capacity)s") % {"who": it.user, "capacity": it.capacity} for it in found})
    return [{"p": _("Khách mời:")}, {"list": names}] if names else []


def recusals(meeting: Meeting) -> list[Block]:
    found = Declaration.objects.filter(meeting=meeting, has_conflict=True).select_related(
        "seat__user", "assessment__dossier__product"
    )
    said = [
        _("%(who)s không tham gia “%(product)s”: %(ground)s")
        % {"who": it.seat.user, "product": it.assessment, "ground": it.ground}
        for it in found.order_by("seat__order", "pk").prefetch_related("seat__user__persons")
    ]
    return [{"list": said}] if said else [{"p": _("Không có.")}]


def ending(meeting: Meeting) -> list[Block]:
    if meeting.concluded_at is None:
        return []
    return [{"p": _("Phiên họp kết thúc lúc %(at)s.") % {"at": _moment(meeting.concluded_at)}}]


def signatures(hall: Hall) -> list[Signature]:
    return [{"office": _("THƯ KÝ"), "name": _holder(hall, SeatRole.SECRETARY)}, _presiding(hall)]


def _moment(at: object) -> str:
    return f"{timezone.localtime(at):%H:%M %d/%m/%Y}" if at else "…"  # type: ignore[arg-type]


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
