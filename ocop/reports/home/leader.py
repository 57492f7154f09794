"""The signing leader: what waits for a signature?"""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from evaluation.models import Council, CouncilState, Decision, DecisionState
from ocop.orgs.rights import units_where
from ocop.reports.home.parts import Block, Task, first_of
from ocop.reports.links import address
from plans.models import Plan, PlanState

MOST = 5


def block(user: Any, on: dt.date) -> Block:
    return Block("leader", _("Chờ ký"), [*_plans(user), *_councils(user), *_decisions(user)])


def _plans(user: Any) -> list[Task]:
    rows = Plan.objects.visible_to(user).filter(units_where(user, "plans.issue_plan"), state=PlanState.DRAFT)

    def task(row: Plan) -> Task:
        label = _("Ban hành: %(title)s") % {"title": row.title}
        return Task(label, address("plans:detail", row.pk), str(row.unit))

    return first_of(
        rows.select_related("unit"), task, MOST, address("plans:list", state=PlanState.DRAFT.value)
    )


def _councils(user: Any) -> list[Task]:
    rows = Council.objects.visible_to(user).filter(
        units_where(user, "evaluation.establish_council"), state=CouncilState.DRAFT
    )

    def task(row: Council) -> Task:
        label = _("Thành lập: %(name)s") % {"name": row.name}
        return Task(label, address("evaluation:council", row.pk), str(row.unit))

    rest = address("evaluation:councils", state=CouncilState.DRAFT.value)
    return first_of(rows.select_related("unit"), task, MOST, rest)


def _decisions(user: Any) -> list[Task]:
    rows = Decision.objects.visible_to(user).filter(
        units_where(user, "evaluation.issue_decision"), state=DecisionState.DRAFT
    )

    def task(row: Decision) -> Task:
        label = _("Ký quyết định: %(title)s") % {"title": row.title}
        return Task(label, address("evaluation:decision", row.pk), str(row.unit))

    rest = address("evaluation:decisions", state=DecisionState.DRAFT.value)
    return first_of(rows.select_related("unit"), task, MOST, rest)
