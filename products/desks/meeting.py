"""The commune's sections meet about a dossier: who was there, what each said, what was concluded."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.orgs.models import User
from ocop.papers.content import Block
from ocop.papers.links import paper_url
from products.desks.minutes import RIGHT, demand_unnumbered, opinions_table, renew_minutes
from products.models import Dossier, DossierState, SectionOpinion, SectionsMeeting
from products.people import demand


@dataclass(frozen=True)
class Said:
    """One participant as the page sends her."""

    section: str
    name: str
    opinion: str = ""


def meeting_of(dossier: Dossier) -> SectionsMeeting | None:
    meetings = SectionsMeeting.objects.select_related("minutes__unit").prefetch_related("opinions")
    return meetings.filter(dossier=dossier).first()


def minutes_link(meeting: SectionsMeeting | None, user: User) -> dict[str, str] | None:
    """The minutes for who may open them: where, and by which number ("" for a draft)."""
    url = paper_url(meeting.minutes, user) if meeting else ""
    return {"url": url, "symbol": meeting.minutes.symbol} if url and meeting and meeting.minutes else None


@transaction.atomic
def write_meeting(
    dossier: Dossier,
    *,
    held_on: dt.date,
    chaired_by: str,
    conclusion: str,
    said: Sequence[Said],
    by: User,
    seen: int = 0,
    at: dt.datetime | None = None,
) -> SectionsMeeting:
    """Keep the meeting as a whole while the commune still reports.

    `seen` is the revision the writer had before her (0: none yet); ValidationError where somebody was faster,
    where the day lies before the filing or ahead, where nobody took part, or where minutes have their number.
    """
    fresh = Dossier.objects.select_for_update(of=("self",)).get(pk=dossier.pk)
    demand(by, RIGHT, fresh)
    if fresh.state != DossierState.SUBMITTED:
        raise ValidationError(_("Hồ sơ không ở bước lập báo cáo."), code="stale")
    moment = at or timezone.now()
    _check_day(fresh, held_on, timezone.localdate(moment))
    if not said:
        raise ValidationError(_("Ghi ít nhất một người dự họp."))
    kept = SectionsMeeting.objects.select_related("minutes").filter(dossier=fresh).first()
    if (kept.revision if kept else 0) != seen:
        raise ValidationError(
            _(
                "Nơi khác vừa sửa cuộc họp này, chưa ghi đè: xem bản mới rồi lưu lần nữa nếu muốn giữ bản của bạn."
            ),
            code="stale",
        )
    if kept is not None:
        demand_unnumbered(kept)
    facts = {"held_on": held_on, "chaired_by": chaired_by.strip(), "conclusion": conclusion.strip(),
             "revision": seen + 1, "written_by": by, "written_at": moment}  # fmt: skip
    meeting, _is_new = SectionsMeeting.objects.update_or_create(dossier=fresh, defaults=facts)
    meeting.opinions.all().delete()
    SectionOpinion.objects.bulk_create(
        [SectionOpinion(meeting=meeting, section=it.section, name=it.name, opinion=it.opinion) for it in said]
    )
    record("dossier.sections_meeting", fresh, by=by, unit=fresh.unit, data={"held_on": held_on.isoformat(), "people": len(said)})  # fmt: skip
    renew_minutes(meeting, by=by)
    return meeting


def _check_day(dossier: Dossier, held_on: dt.date, today: dt.date) -> None:
    if held_on > today:
        raise ValidationError({"held_on": _("Ngày họp chưa đến.")})
    first = dossier.versions.first()
    if first is not None and held_on < timezone.localdate(first.submitted_at):
        day = date_format(timezone.localdate(first.submitted_at), "SHORT_DATE_FORMAT")
        raise ValidationError({"held_on": _("Họp sau khi hồ sơ được nộp, ngày %(day)s.") % {"day": day}})


def printed(meeting: SectionsMeeting) -> list[Block]:
    """What Mẫu 03 prints of it."""
    day = date_format(meeting.held_on, "SHORT_DATE_FORMAT")
    opens = _("Họp ngày %(day)s, chủ trì: %(chair)s.") % {"day": day, "chair": meeting.chaired_by}
    blocks: list[Block] = [{"p": opens}, {"table": opinions_table(meeting)}]
    if meeting.conclusion:
        blocks.append({"p": _("Kết luận: %(words)s") % {"words": meeting.conclusion}})
    return blocks
