"""Plans of past years, closed, the plan of this year, and its extra round."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ocop.demo.clock import Days
from ocop.demo.people import unit_named
from ocop.orgs.models import OrgUnit, User
from plans.drafts import write_draft
from plans.models import Plan, Round, Target
from plans.rounds import make_regular_rounds, open_extra_round
from plans.workflow import PLAN


def make_plans(data: Mapping[str, Any], root: OrgUnit, days: Days, *, officer: User, leader: User) -> Plan:
    """The real plans as closed ones, and this year's as it stands; answers this year's."""
    for old in data.get("plans", ()):
        unit = unit_named(old["unit"]) if "unit" in old else root
        plan = _draft(old, unit, old["year"], officer)
        _issue(plan, old["number"], old["issued_on"], leader)
        PLAN.take("close", plan, by=officer, data={"note": "Hết năm kế hoạch"})
    now = data["this_year"]
    title = now["title"].format(year=days.today.year)
    plan = _draft({**now, "title": title}, root, days.today.year, officer)
    return _issue(plan, now["number"], max(dt.date(days.today.year, 1, 8), days.on(-300)), leader)


def _draft(given: Mapping[str, Any], unit: OrgUnit, year: int, officer: User) -> Plan:
    purpose = "Phát triển sản phẩm chủ lực, nâng chất lượng và mở rộng thị trường."
    plan = Plan(unit=unit, year=year, title=given["title"], bases="\n".join(given["bases"]), purpose=purpose)
    return write_draft(plan, [Target(**target) for target in given["targets"]], by=officer)


def _issue(plan: Plan, number: str, on: dt.date, leader: User) -> Plan:
    data = {"number": number, "issued_on": on, "signer": leader.get_full_name()}
    return PLAN.take("issue", plan, by=leader, data=data)


def make_rounds(plan: Plan, root: OrgUnit, days: Days, *, officer: User) -> Round:
    """The regular rounds of this year and the next, and the extra round that the demo plays in."""
    for year in (days.today.year, days.today.year + 1):
        make_regular_rounds(root, year, by=officer, on=days.today)
    extra = Round(
        unit=root, plan=plan, year=days.today.year, name=f"Đợt bổ sung năm {days.today.year}",
        opens_on=days.on(-75), cutoff_on=days.on(20), ends_on=days.on(50),
        basis=f"Mục III.2 Kế hoạch số {plan.number}",
    )  # fmt: skip
    return open_extra_round(extra, by=officer, on=days.on(-75))
