"""What the people of a council are told, each fact once; nobody is told of a product she is recused from."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.meetings.standing import Standing
from evaluation.models import AgendaItem, Council, Meeting, Result, Seat
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


def tell_invitation(meeting: Meeting) -> None:
    """No product is named: who is in conflict declares it on the page."""
    held = timezone.localtime(meeting.held_at)
    notify(
        _people(meeting.council.seats.held_on(meeting.held_on).select_related("user")),
        kind="meeting",
        key=f"meeting-{meeting.pk}-invited-{held:%Y%m%d%H%M}",
        subject=_("Mời họp %(council)s, %(when)s")
        % {"council": meeting.council.name, "when": f"{held:%H:%M %d/%m/%Y}"},
        body=_("Địa điểm: %(place)s. Trước khi xem hồ sơ, hãy khai báo xung đột lợi ích.")
        % {"place": meeting.place or _("sẽ thông báo")},
        url=f"meetings/{meeting.pk}/declare/",
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
    notify(
        _people(seats),
        kind="meeting",
        key=f"item-{standing.item.pk}-concluded",
        subject=_("Kết luận: %(product)s, %(mean)s điểm, %(stars)s sao")
        % {"product": standing.item.assessment, "mean": shown(result.mean), "stars": result.stars},
        url=_item_url(standing.item),
    )


def tell_meeting_concluded(meeting: Meeting) -> None:
    """No product is named: the minutes are."""
    notify(
        _people(meeting.council.seats.held_on(meeting.held_on).select_related("user")),
        kind="meeting",
        key=f"meeting-{meeting.pk}-concluded",
        subject=_("Phiên họp đã kết thúc, chờ ký biên bản"),
        url=f"meetings/{meeting.pk}/",
    )


def forget_tellings(user: User, *, dossier: int, assessment: int) -> None:
    """A recused person's notices about the product go, and with them the mails that were not sent yet."""
    told = Notice.objects.for_user(user)
    for place in (f"dossiers/{dossier}/", f"assessments/{assessment}/"):
        told.filter(url__startswith=place).delete()
    told.filter(url__regex=rf"^meetings/[0-9]+/items/{assessment}/").delete()


def _people(seats: Iterable[Seat]) -> list[User]:
    return [seat.user for seat in seats]


def _item_url(item: AgendaItem) -> str:
    return f"meetings/{item.meeting_id}/items/{item.assessment_id}/"
