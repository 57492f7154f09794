"""Consensus: the level the council agrees on, criterion by criterion, kept beside the mean of the sheets."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.db import transaction

from evaluation.meetings.conclusions import record_agreed
from evaluation.meetings.standing import Standing
from evaluation.models import AgendaItem, Assessment
from ocop.orgs.models import User
from ocop.regulations import Criterion, Level


@dataclass(frozen=True)
class Agreeable:
    """One criterion the council may agree on; `is_needed`: the Quy chế concludes nothing without it."""

    criterion: Criterion
    mean: Fraction | None
    agreed: int | None
    is_needed: bool

    @property
    def levels(self) -> list[Level]:
        """The printed levels by points, each once, most first; 0 can always be agreed on."""
        found = {level.points: level for scale in self.criterion.scales for level in scale}
        found.setdefault(0, Level(0, ""))
        return [found[points] for points in sorted(found, reverse=True)]

    @property
    def gates(self) -> list[tuple[int, int]]:
        return sorted(self.criterion.gates.items())


def agreeable(standing: Standing) -> list[Agreeable]:
    """The criteria with a gate, those whose 0 ends it all, and those agreed on already; in the set's order."""
    item, criteria_set = standing.item, standing.criteria_set
    ending = {code for it in criteria_set.knock_outs.values() for code in it.zero_of}
    is_needed = standing.hall.rules.policy.gates_on == "agreed"
    means = standing.combined.criteria if standing.combined else {}
    return [
        Agreeable(it, means.get(it.code), item.agreed.get(it.code), is_needed and bool(it.gates))
        for it in criteria_set.criteria
        if it.gates or it.code in ending or it.code in item.agreed
    ]


@transaction.atomic
def agree_on(item: AgendaItem, code: str, points: int | None, *, by: User) -> AgendaItem:
    """Keep one level, or forget it (None); what two people agree on at once on two criteria is both kept."""
    fresh = _locked(item)
    agreed = {key: value for key, value in fresh.agreed.items() if key != code}
    if points is not None:
        agreed[code] = points
    return record_agreed(
        fresh, by=by, agreed=agreed, knock_outs=fresh.knock_outs, discussion=fresh.discussion
    )


@transaction.atomic
def note_discussion(item: AgendaItem, *, by: User, knock_outs: Iterable[str], discussion: str) -> AgendaItem:
    """Keep the knock-outs found and the words; the levels agreed on stay as they are."""
    fresh = _locked(item)
    return record_agreed(fresh, by=by, agreed=fresh.agreed, knock_outs=knock_outs, discussion=discussion)


def _locked(item: AgendaItem) -> AgendaItem:
    Assessment.objects.select_for_update(of=("self",)).get(pk=item.assessment_id)
    return AgendaItem.objects.get(pk=item.pk)
