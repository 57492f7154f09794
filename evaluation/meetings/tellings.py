"""What the people of a council are told, each fact once; nobody is told of a product she is recused from."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.meetings.standing import Standing
from evaluation.models import (
    AgendaItem,
    Council,
    FormerResult,
    Guest,
    Meeting,
    Reopening,
    Result,
    Seal,
    Seat,
)
from ocop.notices.models import Notice
from ocop.notices.outbox import notify
from ocop.orgs.models import User
from ocop.regulations import shown
from ocop.written import in_vietnamese

LEADING = ("chair", "deputy", "secretary")


def tell_appointment(council: Council) -> None:
    notify(
        _people(council.seats.select_related("user")),
        kind="council",
        key=f"council-{council.pk}-established",
        subject=_("Bạn là thành viên của %(council)s") % {"council": council.name},
        body=_("Theo Quyết định số %(number)s.") % {"number": council.decision_number},
        url=f"councils/{council.pk}/",
    )


def tell_invitation(meeting: Meeting, seats: Iterable[Seat] | None = None) -> None:
    """All seats of the day or these, once the paper has its number. No product is named."""
    if meeting.invitation is None:
        return
    held = timezone.localtime(meeting.held_at)
    if seats is None:
        seats = meeting.council.seats.held_on(meeting.held_on).select_related("user")
    notify(
        _people(seats),
        kind="meeting",
        key=f"meeting-{meeting.pk}-invited-{held:%Y%m%d%H%M}",
        subject=_("Mời họp %(council)s, %(when)s")
        % {"council": meeting.council.name, "when": f"{held:%H:%M %d/%m/%Y}"},
        body=_(
            "Giấy mời số %(number)s. Địa điểm: %(place)s. Trước khi xem hồ sơ, hãy khai báo xung đột lợi ích."
        )
        % {"number": meeting.invitation.symbol, "place": meeting.place or _("sẽ thông báo")},
        url=f"meetings/{meeting.pk}/declare/",
    )


def tell_added(meeting: Meeting, seats: Iterable[Seat], key: str) -> None:
    """More to score, for others who cannot; no product is named before she declares."""
    notify(
        _people(seats),
        kind="meeting",
        key=f"meeting-{meeting.pk}-added-{key}",
        subject=_("Bạn được phân công chấm thêm, hãy khai báo xung đột lợi ích"),
        url=f"meetings/{meeting.pk}/declare/",
    )


def tell_guest(guest: Guest) -> None:
    """No product is named: her page shows hers while it is discussed."""
    held = timezone.localtime(guest.meeting.held_at)
    notify(
        [guest.user],
        kind="meeting",
        key=f"guest-{guest.pk}",
        subject=_("Mời dự họp %(council)s, %(when)s")
        % {"council": guest.meeting.council.name, "when": f"{held:%H:%M %d/%m/%Y}"},
        body=_("Địa điểm: %(place)s. Tư cách: %(capacity)s.")
        % {"place": guest.meeting.place or _("sẽ thông báo"), "capacity": guest.capacity},
        url=f"meetings/{guest.meeting_id}/hearing/",
    )


def tell_all_sealed(standing: Standing) -> None:
    """The chair and the secretary learn that the points of one product can be looked at."""
    item = standing.item
    notify(
        _people(
            seat for seat in standing.hall.seats if seat.role in LEADING and seat.pk not in standing.recused
        ),
        kind="meeting",
        key=f"item-{item.pk}-sealed-{item.attempt}",
        subject=_("Đã đủ phiếu: %(product)s") % {"product": item.assessment},
        url=_item_url(item),
    )


@in_vietnamese()
def tell_late(item: AgendaItem, standing: Standing, batch: int) -> None:
    """Something came from a device after the sheet was closed: whoever leads decides what to make of it."""
    notify(
        _people(
            seat for seat in standing.hall.seats if seat.role in LEADING and seat.pk not in standing.recused
        ),
        kind="meeting",
        key=f"late-{batch}",
        subject=_("Phần chấm gửi muộn: %(product)s") % {"product": item.assessment},
        body=_("Được giữ riêng, không tính vào phiếu. Xem ở trang phiên họp."),
        url=_item_url(item),
    )


@in_vietnamese()
def tell_rescore(item: AgendaItem, standing: Standing) -> None:
    notify(
        _people(standing.voters),
        kind="meeting",
        key=f"item-{item.pk}-rescore-{item.attempt}",
        subject=_("Chấm lại sau thảo luận: %(product)s") % {"product": item.assessment},
        body=_("Điểm các phiếu chênh nhau %(spread)s điểm.") % {"spread": standing.spread},
        url=f"meetings/{item.meeting_id}/",
    )


def tell_reopened(seat: Seat, item_key: str, product: Any, reason: str, meeting: int) -> None:
    notify(
        [seat.user],
        kind="meeting",
        key=item_key,
        subject=_("Phiếu của bạn được mở lại: %(product)s") % {"product": product},
        body=_("Lý do: %(reason)s") % {"reason": reason},
        url=f"meetings/{meeting}/",
    )


def tell_conclusion(result: Result, standing: Standing) -> None:
    seats = [seat for seat in standing.hall.seats if seat.pk not in standing.recused]
    before = FormerResult.objects.filter(assessment=result.assessment_id).count()
    notify(
        _people(seats),
        kind="meeting",
        key=f"item-{standing.item.pk}-concluded-{before + 1}",
        subject=_("Kết luận: %(product)s, %(mean)s điểm, %(stars)s sao")
        % {
            "product": standing.item.assessment,
            "mean": shown(result.mean, standing.hall.rules.decimals),
            "stars": result.stars,
        },
        url=_item_url(standing.item),
    )


def tell_meeting_concluded(seal: Seal) -> None:
    """No product is named: the minutes are."""
    notify(
        _people(_seats(seal.meeting)),
        kind="meeting",
        key=f"meeting-{seal.meeting_id}-concluded-{seal.number}",
        subject=_("Phiên họp đã kết thúc, chờ ký biên bản"),
        url=f"meetings/{seal.meeting_id}/",
    )


def tell_meeting_reopened(reopening: Reopening) -> None:
    """The reason stands on the meeting's page: its words may name a product, and not to every member."""
    meeting = reopening.seal.meeting
    notify(
        _people(_seats(meeting)),
        kind="meeting",
        key=f"meeting-{meeting.pk}-reopened-{reopening.seal.number}",
        subject=_("Phiên họp đã kết thúc được mở lại: %(meeting)s") % {"meeting": meeting},
        body=_("Người mở: %(who)s. Niêm phong cũ được giữ nguyên.") % {"who": reopening.reopened_by},
        url=f"meetings/{meeting.pk}/",
    )


def tell_reconsidered(former: FormerResult, item: AgendaItem, standing: Standing) -> None:
    notify(
        _people(seat for seat in standing.hall.seats if seat.pk not in standing.recused),
        kind="meeting",
        key=f"item-{item.pk}-reconsidered-{former.pk}",
        subject=_("Xem xét lại kết luận: %(product)s") % {"product": item.assessment},
        body=_("Lý do: %(reason)s") % {"reason": former.note},
        url=_item_url(item),
    )


def forget_tellings(user: User, *, dossier: int, assessment: int) -> None:
    """A recused person's notices about the product go, and with them the mails that were not sent yet."""
    told = Notice.objects.for_user(user)
    for place in (f"dossiers/{dossier}/", f"assessments/{assessment}/"):
        told.filter(url__startswith=place).delete()
    told.filter(url__regex=rf"^meetings/[0-9]+/items/{assessment}/").delete()


def _seats(meeting: Meeting) -> Any:
    return meeting.council.seats.held_on(meeting.held_on).select_related("user")


def _people(seats: Iterable[Seat]) -> list[User]:
    return [seat.user for seat in seats]


def _item_url(item: AgendaItem) -> str:
    return f"meetings/{item.meeting_id}/items/{item.assessment_id}/"
