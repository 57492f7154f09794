"""The year's ideas in their states, the business plan of one, and what was advised on the way."""

from collections.abc import Mapping
from typing import Any

from ocop.demo.clock import Days
from ocop.demo.dossiers import owner_of
from ocop.demo.people import unit_named
from ocop.orgs.models import User
from plans.models import Plan
from products.coaching.log import write_visit
from products.ideas.plan_parts import parts
from products.ideas.planning import save_part, start_plan
from products.ideas.registering import register_idea
from products.ideas.screening import save_marks
from products.ideas.windows import save_window, starter_rules
from products.models import Idea, IdeaWindow, Producer
from products.people import nearest_holders
from products.producers.registration import register_producer
from products.workflow import IDEA


def make_ideas(
    data: Mapping[str, Any], plan: Plan, producers: Mapping[str, Producer], days: Days, *, officer: User
) -> None:
    """The window is open as the demo begins; every step is taken by who takes it in life."""
    window = IdeaWindow(plan=plan, opens_on=days.on(-60), closes_on=days.on(30))
    window = save_window(window, starter_rules(), by=officer)
    for number, given in enumerate(data["ideas"]):
        _idea(given, window, producers, days.at(-50 + 4 * number), officer)
    for given in data["coaching"]:
        coach = User.objects.get(username=given["by"])
        facts = {name: given[name] for name in ("kind", "advice", "next_step", "others") if name in given}
        facts |= {"on": days.on(given["day"])} | (
            {"next_on": days.on(given["due"])} if "due" in given else {}
        )
        write_visit(producers[given["producer"]], facts, by=coach, today=days.today)


def _idea(
    given: Mapping[str, Any], window: IdeaWindow, producers: Mapping[str, Producer], at: Any, officer: User
) -> None:
    producer = producers.get(given["producer"]) or _without_account(given)
    by = (
        nearest_holders("products.register_idea", producer.unit)[0] if "kind" in given else owner_of(producer)
    )
    facts = {
        name: given[name]
        for name in ("name", "set_code", "description", "strengths", "scale")
        if name in given
    }
    idea = register_idea(producer, facts, by=by, window=window, at=at)
    if "marks" in given:
        commune = nearest_holders("products.screen_idea", producer.unit)[0]
        rules = window.rules.all()
        marks = {f"mark_{rule.code}": int(mark) for rule, mark in zip(rules, given["marks"], strict=True)}
        whys = {f"why_{rule.code}": given["why"] for rule in rules if rule.needs_proof}
        save_marks(idea, marks | whys | {"stars": given["stars"]}, by=commune, at=at)
    for step in given.get("steps", ()):
        taken_by = by if step == "make_product" else officer
        idea = IDEA.take(step, idea, by=taken_by, data={"note": given.get("note", "")})
    if "plan" in given:
        _plan(idea, given["plan"], by)


def _without_account(given: Mapping[str, Any]) -> Producer:
    """Whom the commune writes down: she claims it when she has an account."""
    commune = unit_named(given["unit"])
    by = nearest_holders("products.register_producer", commune)[0]
    return register_producer(
        unit=commune, kind=given["kind"], name=given["producer"], facts={"phone": given["phone"]}, by=by
    )


def _plan(idea: Idea, given: Mapping[str, Any], by: User) -> None:
    """Its words, and figures of four years a name."""
    plan = start_plan(idea, by=by)
    figures = {f"{name}_{n}": value for name, row in given["figures"].items() for n, value in enumerate(row)}
    values = given["words"] | figures
    for part in parts(plan.first_year):
        mine = {it.key: str(values[it.key]) for it in part.fields if it.key in values}
        save_part(plan, part, mine, by=by)
