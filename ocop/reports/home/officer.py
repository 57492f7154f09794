"""The provincial officer: where does the year stand, who is late, what is mine to do?"""

import datetime as dt
from typing import Any

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _

from evaluation.models import (
    Arrival,
    ArrivalState,
    Assessment,
    AssessmentState,
    Decision,
    DecisionState,
    HandOver,
    HandOverState,
)
from ocop.leaving.reach import ending
from ocop.orgs.rights import units_where
from ocop.reports.home.advisor import to_start
from ocop.reports.home.clocks import left, running
from ocop.reports.home.commune import ideas_to_screen
from ocop.reports.home.cutoffs import cutoff_tasks
from ocop.reports.home.parts import Block, Task, first_of
from ocop.reports.home.rounds import current_round, round_table
from ocop.reports.links import address
from plans.models import Plan, PlanState
from products.dossiers.queries import SOON
from products.models import Dossier, DossierState, IdeaState

DRAFTS = 5


def block(user: Any, on: dt.date) -> Block:
    tasks = [
        *_forwarded(user),
        *_ideas(user),
        *to_start(user),
        *_assessments(user),
        *_decisions(user),
        *_hand_overs(user, on),
        *_clocks(user, on),
        *cutoff_tasks(user, on, "products.receive_dossier"),
        *_plans(user, on),
        *_leaving(user, on),
    ]
    found = current_round(user, on)
    template = "reports/home/round.html" if found else ""
    data = {"round": found, **round_table(user, found, on)} if found else {}
    return Block("officer", _("Quản lý OCOP"), sorted(tasks, key=lambda task: task.order), template, data)


def _ideas(user: Any) -> list[Task]:
    """Ideas that nobody has decided on."""
    count = ideas_to_screen(user)
    if not count:
        return []
    url = address("products:ideas", state=IdeaState.REGISTERED.value)
    return [Task(_("Xét %(count)s ý tưởng sản phẩm") % {"count": count}, url)]


def _forwarded(user: Any) -> list[Task]:
    """Dossiers that communes sent and nobody has checked."""
    rows = (
        Dossier.objects.visible_to(user)
        .filter(units_where(user, "products.receive_dossier"), state=DossierState.FORWARDED)
        .order_by()
        .values("unit__name")
        .annotate(count=Count("pk"))
        .order_by("-count", "unit__sort_key")
    )
    found = list(rows)
    if not found:
        return []
    total = sum(row["count"] for row in found)
    places = ", ".join(f"{row['unit__name']} {row['count']}" for row in found[:4])
    url = address("products:dossiers", state=DossierState.FORWARDED.value)
    return [Task(_("Kiểm tra thành phần %(count)s hồ sơ xã vừa chuyển") % {"count": total}, url, places)]


def _assessments(user: Any) -> list[Task]:
    """What waits for a meeting, and what the council concluded without a decision yet."""
    counts = dict(
        Assessment.objects.visible_to(user)
        .filter(units_where(user, "evaluation.change_meeting"))
        .order_by()
        .values_list("state")
        .annotate(Count("pk", distinct=True))
    )
    words = {
        AssessmentState.OPEN: (_("%(count)s hồ sơ Tổ tư vấn đang thẩm định"), "doing", _listed(AssessmentState.OPEN)),
        AssessmentState.CHECKED: (_("Xếp lịch họp cho %(count)s hồ sơ đã thẩm định"), "todo", _listed(AssessmentState.CHECKED)),
        AssessmentState.CONCLUDED: (_("Lập quyết định cho %(count)s sản phẩm đã kết luận"), "todo", address("evaluation:decisions")),
    }  # fmt: skip
    return [
        Task(label % {"count": counts[state]}, url, "", status)
        for state, (label, status, url) in words.items()
        if counts.get(state)
    ]


def _listed(state: AssessmentState) -> str:
    return address("evaluation:assessments", state=state.value)


def _decisions(user: Any) -> list[Task]:
    drafts = Decision.objects.visible_to(user).filter(
        units_where(user, "evaluation.change_decision"), state=DecisionState.DRAFT
    )

    def task(row: Any) -> Task:
        label = _("Hoàn thiện dự thảo: %(title)s") % {"title": row.title}
        sub = _("%(count)s sản phẩm") % {"count": row.count}
        return Task(label, address("evaluation:decision", row.pk), sub, "doing")

    rest = address("evaluation:decisions", state=DecisionState.DRAFT.value)
    return first_of(drafts.annotate(count=Count("items")), task, DRAFTS, rest)


def _hand_overs(user: Any, on: dt.date) -> list[Task]:
    """What is to be sent, what came back, what is waited for above, what came from below."""
    mine = HandOver.objects.visible_to(user).filter(units_where(user, "evaluation.answer_hand_over"))
    counts = mine.aggregate(
        prepared=Count("pk", filter=Q(state=HandOverState.PREPARED)),
        answered=Count("pk", filter=Q(state=HandOverState.SENT, brought__isnull=False)),
        waiting=Count("pk", filter=Q(state=HandOverState.SENT, brought__isnull=True)),
    )
    arrived = Arrival.objects.visible_to(user).filter(state=ArrivalState.ARRIVED).count()
    sent, came = address("evaluation:hand_overs"), address("evaluation:arrivals")
    tasks = (
        (counts["prepared"], _("Gửi %(count)s hồ sơ lên cấp trên"), sent, "todo"),
        (counts["answered"], _("Ghi nhận trả lời của cấp trên cho %(count)s hồ sơ"), sent, "todo"),
        (arrived, _("Tiếp nhận %(count)s hồ sơ cấp dưới chuyển lên"), came, "todo"),
        (counts["waiting"], _("%(count)s hồ sơ chờ cấp trên trả lời"), sent, "doing"),
    )
    return [Task(label % {"count": count}, url, "", status) for count, label, url, status in tasks if count]


def _clocks(user: Any, on: dt.date) -> list[Task]:
    """Dossiers at the communes whose legal time runs out this week, or has."""
    near = running(Dossier.objects.visible_to(user).filter(units_where(user, "products.receive_dossier")))
    near = near.filter(due_on__lte=on + SOON)
    first = list(near[:6])
    if not first:
        return []
    days, working = left(first[0], on)
    places = ", ".join(dict.fromkeys(clock.dossier.unit.name for clock in first))
    count = near.order_by().values("dossier").distinct().count()
    label = _("%(count)s hồ sơ sắp hết hoặc đã quá thời hạn") % {"count": count}
    status = "look" if days < 0 else "todo"
    return [
        Task(label, address("products:dossiers", due="soon"), places, status, days, first[0].due_on, working)
    ]


def _plans(user: Any, on: dt.date) -> list[Task]:
    """Without a plan of the year nothing can be counted against it."""
    mine = Plan.objects.visible_to(user).filter(units_where(user, "plans.change_plan"), year=on.year)
    states = dict(mine.order_by().values_list("state").annotate(Min("pk")))
    if PlanState.ISSUED in states:
        return []
    if draft := states.get(PlanState.DRAFT):
        return [Task(_("Hoàn thiện dự thảo kế hoạch năm %(year)s") % {"year": on.year},
                     address("plans:detail", draft), "", "doing")]  # fmt: skip
    return [Task(_("Lập kế hoạch năm %(year)s") % {"year": on.year}, address("plans:create"))]


def _leaving(user: Any, on: dt.date) -> list[Task]:
    """Roles that end soon or ended lately, whose work somebody must take over."""
    count = ending(user, on=on).count()
    label = _("%(count)s vai trò vừa hết hoặc sắp hết hạn: bàn giao việc") % {"count": count}
    return [Task(label, address("leaving:list"))] if count else []
