"""What stories of ideas begin with: a plan in force, its open window, an idea and the officers' marks."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from plans.drafts import write_draft
from plans.models import Plan, Target
from plans.workflow import PLAN
from products.ideas.registering import register_idea
from products.ideas.screening import save_marks
from products.ideas.windows import save_window, starter_rules
from products.models import Idea, IdeaWindow, SelectionRule

FACTS = {
    "name": "Thịt trâu gác bếp",
    "description": "Thịt trâu bản, hun khói bếp củi.",
    "set_code": "QD26-08",
}


def make_plan(unit, *, officer, leader, year=None, number="05/KH-UBND") -> Plan:
    year = year or timezone.localdate().year
    plan = Plan(unit=unit, year=year, title=f"Kế hoạch năm {year}", bases="QĐ 26", purpose="Chất lượng.")
    plan = write_draft(plan, [Target(label="Mới", measure="products_new", low=8)], by=officer)
    data = {"number": number, "issued_on": dt.date(2026, 1, 15), "signer": "Hà Trọng Hải"}
    return PLAN.take("issue", plan, by=leader, data=data)


def make_window(plan, *, by, days=(-10, 10), chooser="planner", rules=None) -> IdeaWindow:
    today = timezone.localdate()
    first, last = (today + dt.timedelta(days=n) for n in days)
    window = IdeaWindow(plan=plan, opens_on=first, closes_on=last, chooser=chooser)
    return save_window(window, starter_rules() if rules is None else rules, by=by)


def two_rules() -> list[SelectionRule]:
    return [
        SelectionRule(code="r1", order=1, label="Độc đáo", weight=3, needs_proof=True),
        SelectionRule(code="r2", order=2, label="Khả thi", weight=1, is_required=True),
    ]


def make_idea(producer, *, by, **facts) -> Idea:
    return register_idea(producer, FACTS | facts, by=by)


def mark_all(idea, mark=2, *, by, stars=3) -> None:
    rules = idea.window.rules.all()
    values = {f"mark_{it.code}": mark for it in rules} | {f"why_{it.code}": "Đã xem tại bản" for it in rules}
    save_marks(idea, values | {"stars": stars}, by=by)
