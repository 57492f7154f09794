"""The signing leader: what waits for a signature?"""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from evaluation.models import Council, CouncilState, Decision, DecisionState
from ocop.orgs.rights import units_where
from ocop.reports.home.parts import Block, Task
from ocop.reports.links import address
from plans.models import Plan, PlanState

MOST = 10


def block(user: Any, on: dt.date) -> Block:
    return Block("leader", _("Chờ ký"), [*_plans(user), *_councils(user), *_decisions(user)])


def _plans(user: Any) -> list[Task]:
    rows = Plan.objects.visible_to(user).filter(units_where(user, "plans.issue_plan"), state=PlanState.DRAFT)
    return [
        Task(_("Ban hành: %(title)s") % {"title": row.title}, address("plans:detail", row.pk), str(row.unit))
        for row in rows.select_related("unit")[:MOST]
    ]


def _councils(user: Any) -> list[Task]:
    rows = Council.objects.visible_to(user).filter(
        units_where(user, "evaluation.establish_council"), state=CouncilState.DRAFT
    )
    return [
        Task(
            _("Thành lập: %(name)s") % {"name": row.name},
            address("evaluation:council", row.pk),
            str(row.unit),
        )
        for row in rows.select_related("unit")[:MOST]
    ]


def _decisions(user: Any) -> list[Task]:
    rows = Decision.objects.visible_to(user).filter(
        units_where(user, "evaluation.issue_decision"), state=DecisionState.DRAFT
    )
    return [
        Task(
            _("Ký quyết định: %(title)s") % {"title": row.title},
            address("evaluation:decision", row.pk),
            str(row.unit),
        )
        for row in rows.select_related("unit")[:MOST]
    ]
