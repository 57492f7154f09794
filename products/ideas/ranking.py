"""What marks are worth: points by weight, then rule by rule in the plan's order of priority."""

from collections.abc import Iterable, Mapping
from typing import Any

from products.models import Idea, IdeaState, IdeaWindow, Screening, SelectionRule

MARKS = (0, 1, 2)  # not met, partly, met


def mark_of(data: Mapping[str, Any], rule: SelectionRule) -> int | None:
    return data.get(f"mark_{rule.code}")


def points(rules: Iterable[SelectionRule], data: Mapping[str, Any]) -> int:
    """The sum of weight × mark; an unmarked rule counts as nothing."""
    return sum(rule.weight * (mark_of(data, rule) or 0) for rule in rules)


def most(rules: Iterable[SelectionRule]) -> int:
    """What an idea that meets every rule has."""
    return sum(rule.weight * MARKS[-1] for rule in rules)


def priority(rules: Iterable[SelectionRule], data: Mapping[str, Any]) -> str:
    """Sorts as ideas are to be chosen: "00021 2102"; equal points are told apart by the first rule that differs."""
    rules = list(rules)
    marks = "".join(str(mark_of(data, rule) or 0) for rule in rules)
    return f"{points(rules, data):05d} {marks}"[:60]


def reckon(window: IdeaWindow) -> None:
    """Rank anew what is not decided yet: the rules of the window have changed."""
    rules = list(window.rules.all())
    rows = Screening.objects.filter(idea__window=window, idea__state=IdeaState.REGISTERED)
    ideas = []
    for row in rows.select_related("idea"):
        row.idea.points, row.idea.priority = points(rules, row.data), priority(rules, row.data)
        ideas.append(row.idea)
    Idea.objects.bulk_update(ideas, ["points", "priority"])
