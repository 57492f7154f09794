"""What the pages of a dossier show: its tasks, its road, its timeline, who has it and until when."""

import datetime as dt
from typing import Any

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.audit.models import Entry
from ocop.history import who_did
from ocop.orgs.models import User
from products.dossiers import clocks
from products.dossiers.completeness import Gap, gaps, known_is_missing, missing_fields, unscored
from products.dossiers.mending import gap_url
from products.dossiers.sections import Section, form_name, is_empty
from products.dossiers.warnings import warnings
from products.dossiers.whole import Whole
from products.models import Clock, Dossier, DossierState, Idea, SupplementRequest
from products.workflow import DOSSIER

SOON = dt.timedelta(days=7)  # what runs out within a week is "soon"
S = DossierState
KIND_OF_STATE = {
    S.DRAFT: "", S.SUBMITTED: "move", S.COMMUNE_RETURNED: "back", S.REPORTED: "move", S.FORWARDED: "move",
    S.RETURNED: "back", S.ACCEPTED: "move", S.RECOGNISED: "good", S.NOT_RECOGNISED: "over", S.WITHDRAWN: "over",
    S.LAPSED: "over",
}  # fmt: skip
ROAD: tuple[tuple[Any, frozenset[str]], ...] = (
    (gettext_lazy("Soạn hồ sơ"), frozenset([S.DRAFT])),
    (gettext_lazy("Xã"), frozenset([S.SUBMITTED, S.COMMUNE_RETURNED, S.REPORTED])),
    (gettext_lazy("Tiếp nhận"), frozenset([S.FORWARDED, S.RETURNED])),
    (gettext_lazy("Đánh giá"), frozenset([S.ACCEPTED])),
    (gettext_lazy("Kết quả"), frozenset([S.RECOGNISED, S.NOT_RECOGNISED])),
)
ROAD_OF: dict[str, int] = {state: number for number, (_name, states) in enumerate(ROAD) for state in states}
PRODUCER_HAS = frozenset([S.DRAFT, S.COMMUNE_RETURNED, S.RETURNED])


def road(dossier: Dossier) -> list[dict[str, Any]]:
    """The stops from idea to result with the day each was reached; what was withdrawn or lapsed stays where it ended."""
    moves = list(Entry.objects.about(dossier).exclude(before=F("after")).order_by("at", "pk"))
    reached = {ROAD_OF[it.after]: it.at for it in moves if it.after in ROAD_OF}
    ended_at = next((ROAD_OF[it.before] for it in reversed(moves) if it.before in ROAD_OF), 0)
    at = ROAD_OF.get(dossier.state, ended_at)
    stops = [
        {"name": name, "note": _stop_note(dossier, number, at, reached),
         "status": "done" if number < at else "here" if number == at else "next"}
        for number, (name, _states) in enumerate(ROAD)
    ]  # fmt: skip
    idea = Idea.objects.filter(product=dossier.product_id).first()
    return (
        [{"name": _("Ý tưởng"), "note": _day(idea.created_at), "status": "done"}, *stops] if idea else stops
    )


def _stop_note(dossier: Dossier, number: int, at: int, reached: dict[int, dt.datetime]) -> str:
    if number == at:
        return str(dossier.get_state_display())
    day = dossier.created_at if number == 0 else reached.get(number)
    return _day(day) if day and number < at else ""


def _day(moment: dt.datetime) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATE_FORMAT")


def events(dossier: Dossier) -> list[dict[str, Any]]:
    """The timeline: every step and what was asked for, newest first."""
    entries = Entry.objects.about(dossier).filter(action__startswith="dossier.")
    asked = {it.asked_at: it for it in dossier.supplements.all()}
    rows = [
        {"at": entry.at, "title": _title(entry.action), "who": who_did(entry), "text": entry.note,
         "bad": entry.action in BAD}
        for entry in entries
    ]  # fmt: skip
    if rows:
        rows[0]["now"] = True
    for row in rows:
        request = next(
            (it for moment, it in asked.items() if row["bad"] and abs(moment - row["at"]) < CLOSE), None
        )
        if request is not None:
            row["text"] = "; ".join(f"{it['label']}: {it['reason']}" for it in request.items)
    return rows


DEEDS = {"start": gettext_lazy("Bắt đầu hồ sơ"), "move": gettext_lazy("Chuyển sang đợt khác"), "copy": gettext_lazy("Nhận bản hồ sơ chuyển đến"),
         "consult": gettext_lazy("Tư vấn điền hồ sơ"),
         "receive_samples": gettext_lazy("Nhận sản phẩm mẫu"), "use_samples": gettext_lazy("Mẫu ra khỏi lô"),
         "bind": gettext_lazy("Yêu cầu đóng quyển"), "bound": gettext_lazy("Đóng quyển hồ sơ"),
         "sections_meeting": gettext_lazy("Ghi cuộc họp của xã"),
         "minutes": gettext_lazy("Lập biên bản họp của xã"), "drop_minutes": gettext_lazy("Hủy biên bản họp của xã")}  # fmt: skip
CLOSE = dt.timedelta(seconds=5)
BAD = frozenset(
    [
        "dossier.take_back_report",
        "dossier.ask_supplement",
        "dossier.return",
        "dossier.withdraw",
        "dossier.not_recognise",
        "dossier.lapse",
    ]
)


def _title(action: str) -> str:
    name = action.partition(".")[2]
    return str(DOSSIER[name].label) if name in DOSSIER else str(DEEDS[name])


def holder(dossier: Dossier) -> dict[str, Any]:
    """Who has it, since when, until when."""
    last = (
        Entry.objects.about(dossier).filter(action__startswith="dossier.").exclude(before=F("after")).first()
    )
    clock = dossier.clocks.filter(stopped_on=None).order_by("due_on").first()
    asked = open_request(dossier)
    today = timezone.localdate()
    if dossier.state in PRODUCER_HAS:
        who, on = _("chủ thể"), asked.due_on if asked else dossier.round.cutoff_on
        return {
            "who": who,
            "since": last.at if last else dossier.created_at,
            "on": on,
            "days": (on - today).days,
            "working": False,
        }
    who = {
        S.SUBMITTED: str(dossier.unit), S.REPORTED: str(dossier.unit), S.FORWARDED: str(dossier.round.unit),
        S.ACCEPTED: str(dossier.round.unit),
    }.get(S(dossier.state), "")  # fmt: skip
    shown = {"who": who, "since": last.at if last else dossier.created_at}
    if clock is None:
        return shown
    return shown | {
        "on": clock.due_on,
        "days": clocks.left(clock, today),
        "working": clocks.in_working_days(clock),
    }


def open_request(dossier: Dossier) -> SupplementRequest | None:
    """The supplement that is waited for."""
    return dossier.supplements.filter(answered_at=None).first()


# ── the task list ──


def tasks(whole: Whole, on: dt.date, wrong: set[str]) -> list[dict[str, Any]]:
    """The dossier's home: what is done, begun, not begun, and what needs another look: the items asked for and not touched since."""
    found = [gap for gap in gaps(whole, on) if gap.item == "papers"]
    rows = [_section_task(whole, section, wrong) for section in whole.asked]
    return [*rows, _papers_task(whole, found, wrong), _score_task(whole, wrong)]


def _section_task(whole: Whole, section: Section, wrong: set[str]) -> dict[str, Any]:
    values = whole.values(section)
    left = missing_fields(whole, section) + [
        str(it.label) for it in section.known if known_is_missing(whole, it)
    ]
    begun = any(not is_empty(value) for value in values.values())
    status = "look" if section.key in wrong else "done" if not left else "doing" if begun else "todo"
    sub = form_name(whole.regime, whole.dossier.kind, section.form)
    if begun and left:
        sub = _("Còn %(n)s mục: %(fields)s") % {"n": len(left), "fields": ", ".join(left[:3])}
    return {
        "label": section.title,
        "url": reverse("products:section", args=[whole.dossier.pk, section.key]),
        "sub": sub,
        "status": status,
    }


def _papers_task(whole: Whole, found: list[Gap], wrong: set[str]) -> dict[str, Any]:
    status = "todo" if not whole.papers else "doing" if found else "done"
    if any(item.startswith("paper:") for item in wrong) or (
        whole.papers and any(not gap.part for gap in found)
    ):
        status = "look"
    sub = found[0].text if found else _("%(n)s giấy tờ") % {"n": len(whole.papers)}
    return {
        "label": _("Giấy tờ minh chứng"),
        "url": reverse("products:evidence", args=[whole.dossier.pk]),
        "sub": sub,
        "status": status,
    }


def _score_task(whole: Whole, wrong: set[str]) -> dict[str, Any]:
    all_of_them, left = len(whole.set.criteria), len(unscored(whole))
    status = "done" if not left else "todo" if left == all_of_them else "doing"
    sub = _("Đã chấm %(n)s trong %(all)s tiêu chí") % {"n": all_of_them - left, "all": all_of_them}
    status = "look" if "self_score" in wrong else status
    return {
        "label": _("Tự chấm điểm"),
        "url": reverse("products:score", args=[whole.dossier.pk]),
        "sub": sub,
        "status": status,
    }


def reasons(whole: Whole, on: dt.date) -> list[tuple[str, str]]:
    """Why it cannot be filed; what is mended on one page is one reason with its link."""
    by_page: dict[str, list[str]] = {}
    for gap in gaps(whole, on):
        url = gap_url(whole.dossier, gap)
        by_page.setdefault(url or gap.text, []).append(gap.text)
    return [(_in_short(texts), page if page != texts[0] else "") for page, texts in by_page.items()]


def advice(whole: Whole, on: dt.date) -> list[tuple[str, str]]:
    """What is better mended before filing, each with its page."""
    return [(it.text, gap_url(whole.dossier, it)) for it in warnings(whole, on)]


def _in_short(texts: list[str]) -> str:
    if len(texts) == 1:
        return texts[0]
    return _("%(first)s và %(n)s mục nữa") % {"first": texts[0], "n": len(texts) - 1}


# ── lists ──


def dossier_list(
    user: User, *, on: dt.date, words: str = "", state: str = "", round_id: int | None = None, due: str = ""
) -> Any:
    """The dossiers this person sees, each with its running clock's `due_on` (`due`: the far future without one)."""
    clock = Clock.objects.running().filter(dossier=OuterRef("pk")).order_by("due_on")
    found = Dossier.objects.visible_to(user).for_list().search(words)
    if state:
        found = found.filter(state=state)
    if round_id:
        found = found.filter(round_id=round_id)
    due_on = Subquery(clock.values("due_on")[:1])
    found = found.annotate(
        due_on=due_on, due=Coalesce(due_on, Value(dt.date.max)), rule=Subquery(clock.values("rule")[:1])
    )
    if due:
        return found.filter(due_on__lte=on + SOON) if due == "soon" else found.filter(due_on__lt=on)
    return found


def with_days(rows: list[Any], on: dt.date) -> list[Any]:
    """Sets `days` (left) and `working` on each row of `dossier_list`."""
    for row in rows:
        row.days, row.working, row.word_kind = None, False, KIND_OF_STATE[row.state]
        if row.due_on:
            clock = Clock(dossier=row, rule=row.rule, due_on=row.due_on)
            row.days, row.working = clocks.left(clock, on), clocks.in_working_days(clock)
    return rows
