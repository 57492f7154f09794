"""The way to the next star with its months and costs, counted back from the round's last day.

Figures a kind of paper: `products/data/efforts.yaml`, and over them what the tenant wrote.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from ocop.audit.log import record
from ocop.orgs.models import User
from ocop.regulations import add_months
from products import law
from products.dossiers.guidance import may_write, root
from products.dossiers.whole import Whole
from products.models import Effort, EvidencePaper

DATA = Path(__file__).parents[1] / "data" / "efforts.yaml"
Span = tuple[int, int]  # least, most


@dataclass(frozen=True)
class Needed:
    """One kind of paper that is not there yet."""

    kind: str
    name: str
    months: Span
    cost: Span  # million đồng
    advice: str = ""


@dataclass(frozen=True)
class WayStep:
    """One criterion to raise, with the papers it still wants."""

    step: Mapping[str, Any]  # as `scoring.standing` gives it
    needed: list[Needed] = field(default_factory=list)
    start_by: dt.date | None = (
        None  # the last day to begin for this round; None where it needs no time or is too late
    )
    ready_on: dt.date | None = None  # begun today it is there about that day, past this round

    @property
    def months(self) -> Span:
        """Papers are got side by side: the longest counts."""
        return (
            max((it.months[0] for it in self.needed), default=0),
            max((it.months[1] for it in self.needed), default=0),
        )

    @property
    def cost(self) -> Span:
        return (sum(it.cost[0] for it in self.needed), sum(it.cost[1] for it in self.needed))


@dataclass(frozen=True)
class Way:
    """`now` can still be done before `cutoff`, the longest first; `later` is begun today for a later round."""

    now: list[WayStep]
    later: list[WayStep]
    cutoff: dt.date

    @property
    def cost(self) -> Span:
        every = [*self.now, *self.later]
        return (sum(it.cost[0] for it in every), sum(it.cost[1] for it in every))


def way(whole: Whole, steps: Iterable[Mapping[str, Any]], on: dt.date) -> Way:
    """`steps` of `scoring.standing`; a paper that the producer has and that is valid is not asked for again."""
    every = efforts()
    held = _held(whole, on)
    planned = [
        WayStep(step, [_needed(whole, kind, every) for kind in _kinds(whole, step) if kind not in held])
        for step in steps
    ]
    planned.sort(key=lambda it: -it.months[1])
    cutoff = whole.dossier.round.cutoff_on
    dated = [_dated(it, on, cutoff) for it in planned]
    return Way([it for it in dated if it.ready_on is None], [it for it in dated if it.ready_on], cutoff)


def _dated(step: WayStep, on: dt.date, cutoff: dt.date) -> WayStep:
    """Counted back from the round's last day, or on from today where that is not enough."""
    longest = step.months[1]
    ready = add_months(on, longest)
    if ready > cutoff:
        return replace(step, ready_on=ready)
    return replace(step, start_by=add_months(cutoff, -longest)) if longest else step


def efforts() -> dict[str, Effort]:
    """By kind; rows that are not kept are those the product comes with."""
    return _given() | {it.kind: it for it in Effort.objects.all()}


@transaction.atomic
def write_effort(kind: str, figures: Mapping[str, Any], *, by: User) -> Effort:
    """Keep the tenant's figures, by the names of the model's fields.

    PermissionDenied for anybody but its officers, ValidationError where "from" is more than "to".
    """
    if not may_write(by):
        raise PermissionDenied
    row = Effort.objects.filter(kind=kind).first() or Effort(kind=kind)
    values = {**figures, "written_by": by, "written_at": timezone.now()}
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean(exclude=["written_by"])
    row, _is_new = Effort.objects.update_or_create(kind=kind, defaults=values)
    record("effort.write", root(), by=by, data={"kind": kind, **figures})
    return row


@cache
def _figures() -> dict[str, dict[str, Span]]:
    return yaml.safe_load(DATA.read_text(encoding="utf-8"))


def _given() -> dict[str, Effort]:
    return {
        kind: Effort(
            kind=kind,
            months_least=it["months"][0],
            months_most=it["months"][1],
            cost_least=it["cost"][0],
            cost_most=it["cost"][1],
        )
        for kind, it in _figures().items()
    }


def _held(whole: Whole, on: dt.date) -> set[str]:
    """Kinds of which the producer has a paper that is valid on the round's last day."""
    last = max(on, whole.dossier.round.cutoff_on)
    papers = EvidencePaper.objects.filter(producer=whole.producer, withdrawn_at=None)
    return {it.kind for it in papers.only("kind", "expires_on") if not it.has_expired(last)}


def _kinds(whole: Whole, step: Mapping[str, Any]) -> tuple[str, ...]:
    return whole.set.by_code[step["criterion"]].evidence


def _needed(whole: Whole, kind: str, every: Mapping[str, Effort]) -> Needed:
    name = law.regime(whole.dossier.regime).evidence_kind(kind).name
    it = every.get(kind)
    if it is None:
        return Needed(kind, name, (0, 0), (0, 0))
    return Needed(kind, name, (it.months_least, it.months_most), (it.cost_least, it.cost_most), it.advice)
