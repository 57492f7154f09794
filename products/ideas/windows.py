"""The days in which a plan takes ideas in, and the rules it chooses them by: both are the plan's own data."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.audit.log import record
from ocop.notices.outbox import notify
from ocop.orgs.models import OrgUnit, User
from ocop.written import in_vietnamese
from plans.models import Plan, PlanState
from plans.queries import people_under
from products.ideas.ranking import reckon
from products.models import Idea, IdeaState, IdeaWindow, ProducerMember, SelectionRule

CHANGE = "products.change_idea_window"
# What a plan starts from: the rules of the plans of Phong Thổ 2024 (I.2), Ninh Bình 2019 (IV), Đồng Nai 2023 (III.4.b)
# and Thái Nguyên 2020 (II.4.2); (label, weight, must be met, must be proved).
STARTERS = (
    (gettext_lazy("Độc đáo: đặc sản, đặc hữu, bản sắc riêng của địa phương"), 3, False, True),
    (gettext_lazy("Có tiềm năng phát triển thành hàng hóa"), 3, False, False),
    (gettext_lazy("Quy mô sản phẩm, nguồn nguyên liệu ổn định"), 2, False, True),
    (gettext_lazy("Có khả năng xuất khẩu"), 1, False, False),
    (gettext_lazy("Của làng nghề, nghề truyền thống"), 1, False, False),
    (gettext_lazy("Từ bản, xã trong lộ trình đạt chuẩn nông thôn mới"), 2, False, True),
    (gettext_lazy("Dùng nguyên liệu và lao động địa phương"), 2, False, True),
    (gettext_lazy("Khả thi, đủ thông tin để triển khai"), 1, True, False),
)


def open_windows(unit: OrgUnit, *, on: dt.date | None = None) -> list[IdeaWindow]:
    """Where a producer of this commune may register an idea that day; the nearest plan last."""
    found = IdeaWindow.objects.over(unit).open_on(on or timezone.localdate())
    return sorted(found.select_related("plan__unit"), key=lambda it: (len(it.unit.path), it.plan.year))


def why_shut(unit: OrgUnit, *, on: dt.date | None = None) -> str:
    """In words when the next window opens or when the last one closed; nothing while one is open."""
    day = on or timezone.localdate()
    windows = list(IdeaWindow.objects.over(unit))
    if any(it.takes_on(day) for it in windows):
        return ""
    coming = next((it for it in windows if it.opens_on > day), None)
    if coming is not None:
        words = _("Chưa đến ngày đăng ký ý tưởng: nhận từ ngày %(first)s đến hết ngày %(last)s.")
        return words % {"first": _day(coming.opens_on), "last": _day(coming.closes_on)}
    if windows:
        last = max(windows, key=lambda it: it.closes_on)
        words = _("Đợt đăng ký ý tưởng đã hết ngày %(last)s; đợt sau mở khi kế hoạch mới ban hành.")
        return words % {"last": _day(last.closes_on)}
    return _("Chưa có kế hoạch nào mở đăng ký ý tưởng cho %(unit)s.") % {"unit": unit}


def _day(day: dt.date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def starter_rules() -> list[SelectionRule]:
    """Unsaved: what the form of a plan without rules shows."""
    return [
        SelectionRule(
            code=f"r{n}", order=n, label=str(label), weight=weight, is_required=must, needs_proof=proof
        )
        for n, (label, weight, must, proof) in enumerate(STARTERS, start=1)
    ]


@transaction.atomic
def save_window(
    window: IdeaWindow, rules: Iterable[SelectionRule], *, by: User, seen: int | None = None
) -> IdeaWindow:
    """Open, move or shut the window and write its rules; ideas not yet decided are ranked anew by them.

    The rules of a decided idea stand in its screening as they were. PermissionDenied without the right in the
    plan's unit, ValidationError while the plan is not in force, or where somebody saved after the revision `seen`.
    """
    plan = Plan.objects.select_for_update(of=("self",)).select_related("unit").get(pk=window.plan_id)
    if not by.has_perm(CHANGE, plan):
        raise PermissionDenied
    if plan.state != PlanState.ISSUED:
        raise ValidationError(_("Kế hoạch chưa ban hành hoặc đã kết thúc nên không mở đăng ký ý tưởng được."))
    if window.pk is None and IdeaWindow.objects.filter(plan=plan).exists():
        raise ValidationError(_("Người khác vừa mở đăng ký ý tưởng theo kế hoạch này: hãy mở lại trang."))
    rows = list(rules)
    if not rows:
        raise ValidationError(_("Phải có ít nhất một tiêu chí."))
    is_new, window.plan = window.pk is None, plan
    window.revision = _next_revision(window, seen)
    window.full_clean(exclude=["plan"])
    if is_new:
        window.save(force_insert=True)
    else:
        window.save(update_fields=["opens_on", "closes_on", "chooser", "revision"])
    _write_rules(window, rows)
    reckon(window)
    record("ideawindow.open" if is_new else "ideawindow.change", window, by=by, data={"rules": len(rows)})
    if is_new:
        _tell_communes(window)
        _tell_waiting(window)
    return window


def _next_revision(window: IdeaWindow, seen: int | None) -> int:
    """The plan's row is locked: of two officers the second one reads that she is."""
    now = IdeaWindow.objects.filter(pk=window.pk).values_list("revision", flat=True).first() or 0
    if seen is not None and seen != now:
        words = _(
            "Người khác vừa lưu đợt và tiêu chí này. Phần bạn ghi còn nguyên: xem bản mới, rồi lưu lại nếu vẫn đúng."
        )
        raise ValidationError(words, code="stale")
    return now + 1


def _write_rules(window: IdeaWindow, rows: list[SelectionRule]) -> None:
    """As many rows as are given, by their code: what was marked under a code stays with it."""
    kept = {row.code: row.pk for row in window.rules.all()}
    used = {row.code for row in rows if row.code} | kept.keys()
    for n, row in enumerate(sorted(rows, key=lambda it: it.order), start=1):
        row.window, row.order = window, n
        row.code = row.code or _free(used)
        row.pk = kept.get(row.code)
        row.full_clean(exclude=["window"], validate_unique=False, validate_constraints=False)
        if row.pk is None:
            row.save(force_insert=True)
        else:
            row.save(update_fields=["order", "label", "weight", "is_required", "needs_proof"])
    window.rules.exclude(code__in=[row.code for row in rows]).delete()


def _free(used: set[str]) -> str:
    code = next(code for n in range(1, 1000) if (code := f"r{n}") not in used)
    used.add(code)
    return code


@in_vietnamese()
def _tell_communes(window: IdeaWindow) -> None:
    facts = {"first": _day(window.opens_on), "last": _day(window.closes_on)}
    notify(
        people_under("commune_officer", window.unit),
        kind="ideas.open",
        key=f"idea-window-{window.pk}-open",
        subject=_("Mở đăng ký ý tưởng sản phẩm năm %(year)s") % {"year": window.plan.year},
        body=_("Nhận ý tưởng từ ngày %(first)s đến hết ngày %(last)s; hãy báo các chủ thể.") % facts,
        url="ideas/",
    )


@in_vietnamese()
def _tell_waiting(window: IdeaWindow) -> None:
    """Whose idea of an earlier year was not chosen: it goes on without retyping."""
    ideas = Idea.objects.filter(
        state=IdeaState.NOT_CHOSEN,
        unit__path__startswith=window.unit.path,
        window__plan__year__lt=window.plan.year,
    )
    people = ProducerMember.objects.current().filter(producer__in=ideas.values("producer"))
    words = _("Ý tưởng chưa được chọn chuyển sang năm %(year)s được, không phải nhập lại")
    body = _("Nhận từ ngày %(first)s đến hết ngày %(last)s: mở ý tưởng rồi bấm “Chuyển sang năm sau”.")
    notify(
        [it.user for it in people.select_related("user")],
        kind="ideas.carry",
        key=f"idea-window-{window.pk}-carry",
        subject=words % {"year": window.plan.year},
        body=body % {"first": _day(window.opens_on), "last": _day(window.closes_on)},
        url="ideas/?state=not_chosen",
    )
