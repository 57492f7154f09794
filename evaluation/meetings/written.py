"""Opinions in writing instead of a meeting (QĐ 26/2026, Điều 7 khoản 6): what may be settled so, and until when."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.meetings.invitations.paper import issue_invitation
from evaluation.meetings.tellings_in_writing import tell_asked, tell_deadline
from evaluation.models import Assessment, Attendance, Council, Meeting, MeetingState
from evaluation.rules import read_rules
from ocop.audit.log import record
from ocop.orgs.models import User
from ocop.orgs.rights import role_for
from products.dossiers.clocks import in_working_days, left
from products.law import law
from products.models import Clock

PLAN = "evaluation.change_meeting"
PROCEDURE = "written_opinion"  # of a kind of dossier, in the regime


def knows_writing(council: Council) -> bool:
    return read_rules(council.rules).written_opinion


def refuse_writing(council: Council, deadline: dt.datetime, *, asked_at: dt.datetime) -> None:
    """ValidationError where the Quy chế does not know it, or there would be no time to answer."""
    if not knows_writing(council):
        raise ValidationError(_("Quy chế của Hội đồng không cho phép lấy ý kiến bằng văn bản."))
    if deadline <= asked_at:
        raise ValidationError({"deadline": _("Hạn gửi phiếu phải sau lúc gửi lấy ý kiến.")})


def settled_in_writing() -> Q:
    """The assessments whose dossier is of a kind that its regime settles in writing."""
    where = Q(pk__in=[])
    for regime in law().regimes.values():
        kinds = [kind.code for kind in regime.dossier_kinds if kind.procedure == PROCEDURE]
        where |= Q(dossier__regime=regime.code, dossier__kind__in=kinds)
    return where


def refuse_full(assessment: Assessment) -> None:
    """ValidationError for a dossier on which the law wants the council to meet."""
    if not Assessment.objects.filter(settled_in_writing(), pk=assessment.pk).exists():
        words = _(
            "“%(it)s” không phải hồ sơ phân hạng lại được lấy ý kiến bằng văn bản: hãy đưa ra phiên họp."
        )
        raise ValidationError(words % {"it": assessment})


def ask_seats(meeting: Meeting, *, at: dt.datetime | None = None) -> None:
    """Everybody who sits on the council that day is asked; there is nothing to attend."""
    seats = list(meeting.council.seats.held_on(meeting.held_on).select_related("user"))
    Attendance.objects.bulk_create(
        (
            Attendance(meeting=meeting, seat=seat, is_present=True, marked_at=at or timezone.now())
            for seat in seats
        ),
        ignore_conflicts=True,
    )
    tell_asked(meeting, seats)


@transaction.atomic
def set_deadline(meeting: Meeting, deadline: dt.datetime, *, by: User, note: str = "") -> Meeting:
    """Another last moment for the sheets: before it is sent as one likes, afterwards only later and with a reason.

    Then the letter is written anew, with a number of its own.
    """
    fresh = Meeting.objects.select_for_update(of=("self",)).select_related("council__unit").get(pk=meeting.pk)
    if not by.has_perm(PLAN, fresh):
        raise PermissionDenied
    if not fresh.is_written or fresh.state == MeetingState.CONCLUDED:
        raise ValidationError(_("Không còn hạn gửi phiếu nào để đổi."))
    if deadline <= timezone.now():
        raise ValidationError({"deadline": _("Hạn gửi phiếu phải ở sau lúc này.")})
    is_asked = fresh.state == MeetingState.OPEN
    if is_asked and fresh.deadline is not None and deadline <= fresh.deadline:
        raise ValidationError({"deadline": _("Đã gửi lấy ý kiến: hạn chỉ được lùi về sau.")})
    if is_asked and not note.strip():
        raise ValidationError({"note": _("Hãy ghi lý do gia hạn.")})
    before, fresh.deadline = fresh.deadline, deadline
    if is_asked:
        fresh.invitation = issue_invitation(fresh, by=by, at=timezone.now())
    fresh.save(update_fields=["deadline", "invitation"])
    record(
        "meeting.deadline",
        fresh,
        by=by,
        role=role_for(by, PLAN, fresh) or "",
        note=note.strip(),
        data={"before": f"{before:%Y-%m-%dT%H:%M%z}", "after": f"{deadline:%Y-%m-%dT%H:%M%z}"},
    )
    if is_asked:
        tell_deadline(fresh)
    return fresh


@dataclass(frozen=True)
class Running:
    """A clock of the law and the days it leaves, by its own reckoning."""

    clock: Clock
    left: int | None
    in_working_days: bool


def clocks_of(meeting: Meeting, user: User) -> list[Running]:
    """The law's clocks of what this reader sees on the agenda, the nearest first (Điều 7 khoản 6: 45 ngày)."""
    today = timezone.localdate()
    seen = Assessment.objects.visible_to(user).filter(agenda_items__meeting=meeting)
    found = Clock.objects.running().filter(dossier__assessments__in=seen, unit=meeting.council.unit_id)
    rows = found.select_related("dossier__product__producer").order_by("due_on", "pk")
    return [Running(it, left(it, today), in_working_days(it)) for it in rows]
