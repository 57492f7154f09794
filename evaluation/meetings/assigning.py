"""Assigning members to products: previewed, drawn, topped up, taken back. Nobody draws what she may not see."""

import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from evaluation.ballots.laying_out import lay_out
from evaluation.meetings.boards import visible_items
from evaluation.meetings.drawing import Scorer, Wanted, draw
from evaluation.meetings.grants import (
    grant_reading_to,
    grant_scoring_to,
    take_reading_back,
    take_scoring_back,
)
from evaluation.meetings.standing import Hall, Standing, read_hall, read_standings
from evaluation.meetings.tellings import tell_added
from evaluation.models import AgendaItem, Assignment, Declaration, Meeting, MeetingState, Seat
from evaluation.workflow.council import LEAST_VOTING
from ocop.audit.log import record
from ocop.orgs.models import User
from ocop.regulations import quorum_needed

PLAN = "evaluation.change_meeting"


@dataclass(frozen=True)
class Share:
    """One product with those who score it."""

    item: AgendaItem
    seats: list[Seat]
    needed: int

    @property
    def is_short(self) -> bool:
        return len(self.seats) < self.needed


@dataclass(frozen=True)
class Plan:
    """A draw as the preview shows it: by product, and by member how many."""

    seed: str
    shares: list[Share]
    loads: list[tuple[Seat, int]]

    @property
    def short(self) -> list[Share]:
        return [share for share in self.shares if share.is_short]


def new_seed() -> str:
    return secrets.token_hex(4)


def preview(meeting: Meeting, each: int, seed: str, *, by: User) -> Plan:
    """What a draw would give, of the products this person sees; nothing is kept."""
    if not by.has_perm(PLAN, meeting):
        raise PermissionDenied
    hall = read_hall(meeting)
    _refuse_count(hall, each)
    return _plan(hall, visible_items(meeting, by), each, seed)


def current(meeting: Meeting, *, by: User) -> Plan | None:
    """The assignments as they stand, None where this person sees none."""
    hall, items = read_hall(meeting), visible_items(meeting, by)
    shares = [
        Share(it.item, [*it.former, *it.entitled], it.needed)
        for it in read_standings(hall, items)
        if it.item.scorers
    ]
    return Plan("", shares, _loads(hall, shares)) if shares else None


@transaction.atomic
def assign(meeting: Meeting, each: int, seed: str, *, by: User) -> Plan:
    """Draw, and keep it with its seed: these alone score each product, and no other member sees it any more.

    A product with too few who can is left to everybody.
    """
    fresh = _planned(meeting, by)
    hall = read_hall(fresh)
    _refuse_count(hall, each)
    plan = _plan(hall, visible_items(fresh, by), each, seed)
    Assignment.objects.filter(item__in=[share.item for share in plan.shares]).delete()
    parts = [(it.item, hall.voting if it.is_short else it.seats) for it in plan.shares]
    _let_go((item, [seat for seat in hall.voting if seat not in scorers]) for item, scorers in parts)
    _let_score(hall, parts)
    Assignment.objects.bulk_create(
        Assignment(item=share.item, seat=seat, seed=seed)
        for share in plan.shares
        for seat in share.seats
        if not share.is_short
    )
    record("meeting.assign", fresh, by=by, data={"seed": seed, "each": each, "products": len(plan.shares)})
    return plan


@transaction.atomic
def unassign(meeting: Meeting, *, by: User) -> None:
    """Everybody scores everything again."""
    fresh = _planned(meeting, by)
    hall, items = read_hall(fresh), visible_items(fresh, by)
    Assignment.objects.filter(item__in=items).delete()
    _let_score(hall, [(item, hall.voting) for item in items])
    record("meeting.unassign", fresh, by=by)


@transaction.atomic
def top_up(meeting: Meeting, *, by: User) -> list[AgendaItem]:
    """Others for those who cannot score what they were assigned: recused, gone, or away once the meeting is open.

    Who has sealed stays. Answers the products that got somebody new.
    """
    fresh = Meeting.objects.select_for_update(of=("self",)).select_related("council__unit").get(pk=meeting.pk)
    if not by.has_perm(PLAN, fresh):
        raise PermissionDenied
    if fresh.state == MeetingState.CONCLUDED:
        raise ValidationError(_("Phiên họp đã kết thúc."))
    hall = read_hall(fresh)
    standings = [
        it for it in read_standings(hall, visible_items(fresh, by)) if it.item.scorers and it.result is None
    ]
    seed = new_seed()
    able = [seat for seat in hall.voting if _is_able(hall, seat)]
    drawn = draw([_missing(it, able) for it in standings], _scorers(able), seed)
    by_key = {seat.pk: seat for seat in able}
    changed = [it for it in standings if drawn[it.item.pk]]
    _replace(hall, [(it, [by_key[key] for key in drawn[it.item.pk]]) for it in changed], seed)
    if fresh.state == MeetingState.OPEN:
        again = AgendaItem.objects.for_list().filter(pk__in=[it.item.pk for it in changed])
        lay_out(hall, again)
    tell_added(fresh, [by_key[key] for key in sorted({key for keys in drawn.values() for key in keys})], seed)
    record("meeting.top_up", fresh, by=by, data={"seed": seed, "products": len(changed)})
    return [it.item for it in changed]


def _missing(standing: Standing, able: list[Seat]) -> Wanted:
    stay = _staying(standing, {seat.pk for seat in able})
    gone = standing.item.scorers - stay
    scored = {seat.pk for seat in standing.former}  # what a former holder sealed is not scored twice
    heirs = {seat.pk for seat in able if not scored.isdisjoint(standing.hall.line(seat))}
    return Wanted(
        standing.item.pk,
        standing.criteria_set.category.code,
        len(standing.item.scorers),
        barred=standing.recused | gone | heirs,
        kept=frozenset(stay),
    )


def _staying(standing: Standing, able: set[int]) -> set[int]:
    """The assigned who still can, and those whose sealed sheet counts."""
    sealed = {ballot.seat_id for ballot in standing.sealed}
    return {
        key for key in standing.item.scorers if key in sealed or (key in able and key not in standing.recused)
    }


def _replace(hall: Hall, parts: list[tuple[Standing, list[Seat]]], seed: str) -> None:
    """As many leave as come, so that the quorum stays what it was."""
    able = {seat.pk for seat in hall.voting if _is_able(hall, seat)}
    by_key = {seat.pk: seat for seat in (*hall.seats, *hall.former)}
    leaving = [
        (it.item, [by_key[key] for key in sorted(it.item.scorers - _staying(it, able))[: len(seats)]])
        for it, seats in parts
    ]
    _let_go(leaving)
    gone = (Q(item=item, seat__in=seats) for item, seats in leaving)
    Assignment.objects.filter(reduce(or_, gone, Q(pk__in=[]))).delete()
    Assignment.objects.bulk_create(
        Assignment(item=it.item, seat=seat, seed=seed) for it, seats in parts for seat in seats
    )
    _let_score(hall, [(it.item, seats) for it, seats in parts])


def _is_able(hall: Hall, seat: Seat) -> bool:
    return hall.meeting.state == MeetingState.PLANNED or seat.pk in hall.present


def _plan(hall: Hall, items: Iterable[AgendaItem], each: int, seed: str) -> Plan:
    standings = read_standings(hall, items)
    wanted = [Wanted(it.item.pk, it.criteria_set.category.code, each, barred=it.recused) for it in standings]
    drawn = draw(wanted, _scorers(hall.voting), seed)
    needed = quorum_needed(hall.rules.policy, each)
    shares = [
        Share(it.item, [seat for seat in hall.voting if seat.pk in drawn[it.item.pk]], needed)
        for it in standings
    ]
    return Plan(seed, shares, _loads(hall, shares))


def _loads(hall: Hall, shares: list[Share]) -> list[tuple[Seat, int]]:
    counts = Counter(seat.pk for share in shares for seat in share.seats)
    return [(seat, counts[seat.pk]) for seat in hall.voting]


def _scorers(seats: Iterable[Seat]) -> list[Scorer]:
    return [Scorer(seat.pk, frozenset(seat.sectors)) for seat in seats]


def _let_score(hall: Hall, parts: list[tuple[AgendaItem, list[Seat]]]) -> None:
    """Scoring; reading too where she has declared already, or where the Quy chế asks for no declaration."""
    grant_scoring_to((item.assessment, seat.user) for item, seats in parts for seat in seats)
    clear = Declaration.objects.filter(
        meeting=hall.meeting,
        assessment__in=[item.assessment_id for item, _seats in parts],
        has_conflict=False,
    )
    asked = hall.rules.policy.recusal_required
    declared = set(clear.values_list("assessment", "seat")) if asked else set()
    grant_reading_to(
        (item.assessment.dossier_id, seat.user)
        for item, seats in parts
        for seat in seats
        if not asked or (item.assessment_id, seat.pk) in declared
    )


def _let_go(parts: Iterable[tuple[AgendaItem, list[Seat]]]) -> None:
    """Who leads the meeting goes on reading what she does not score; to a member the product is gone."""
    gone = [(item.assessment, seat) for item, seats in parts for seat in seats]
    take_scoring_back((assessment, seat.user_id) for assessment, seat in gone)
    take_reading_back((assessment, seat.user_id) for assessment, seat in gone if not seat.sees_all)


def _refuse_count(hall: Hall, each: int) -> None:
    most = len(hall.voting)
    if not LEAST_VOTING <= each <= most:
        raise ValidationError(
            {
                "each": _("Mỗi sản phẩm cần từ %(least)s đến %(most)s người chấm.")
                % {"least": LEAST_VOTING, "most": most}
            }
        )


def _planned(meeting: Meeting, by: User) -> Meeting:
    fresh = Meeting.objects.select_for_update(of=("self",)).select_related("council__unit").get(pk=meeting.pk)
    if not by.has_perm(PLAN, fresh):
        raise PermissionDenied
    if fresh.state != MeetingState.PLANNED:
        raise ValidationError(_("Phiên họp đã mở: chỉ bổ sung người chấm được."))
    return fresh
