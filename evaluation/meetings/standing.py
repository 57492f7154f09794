"""Who counts for each product of a meeting, and what their sheets say together: read at once for a whole agenda."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import prefetch_related_objects
from django.utils import timezone

from evaluation.models import AgendaItem, Attendance, Ballot, Meeting, Result, Seat, SeatRole
from evaluation.rules import CouncilRules, read_levels, read_rules
from ocop.orgs.models import User
from ocop.regulations import CriteriaSet, Verdict, combine, needs_rescore, quorum_needed, stars
from ocop.regulations import Result as Combined
from products.law import criteria_set
from products.models import Exclusion


@dataclass(frozen=True)
class Hall:
    """The meeting as it stands: its voting seats, who is here, under which rules."""

    meeting: Meeting
    rules: CouncilRules
    seats: tuple[Seat, ...]  # all that are held on the day
    present: frozenset[int]  # seat ids
    former: tuple[Seat, ...] = ()  # not held that day any more: what they sealed before still counts
    is_due: bool = False  # in writing: no more sheets come

    @property
    def voting(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.votes]

    @property
    def away(self) -> list[Seat]:
        return [seat for seat in self.voting if seat.pk not in self.present]

    @property
    def needed(self) -> int:
        """How many voting seats must be here: the share of the rules, exact, rounded up."""
        return quorum_needed(self.rules.policy, len(self.voting))

    @property
    def here(self) -> int:
        return sum(1 for seat in self.voting if seat.pk in self.present)

    @property
    def has_quorum(self) -> bool:
        return self.here >= self.needed

    @property
    def chair_is_here(self) -> bool:
        """She herself, or who acts for her in writing."""
        return any(seat.role == SeatRole.CHAIR or seat.acts_as for seat in self._here)

    @property
    def presides(self) -> Seat | None:
        """The chair where she is here, else who is here with her delegation, else a deputy."""
        signs = (
            lambda it: it.role == SeatRole.CHAIR,
            lambda it: it.acts_as,
            lambda it: it.role == SeatRole.DEPUTY,
        )
        return next((seat for who in signs for seat in self._here if who(seat)), None)

    @property
    def _here(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.pk in self.present]

    def heir(self, former: int) -> Seat | None:
        """Who holds on the day what this seat became, however often it changed hands."""
        return next((seat for seat in self.seats if former in self.line(seat)), None)

    def line(self, seat: Seat) -> list[int]:
        """The seats this one took over from."""
        earlier = {it.pk: it.replaces_id for it in (*self.seats, *self.former)}
        found, at = [], seat.replaces_id
        while at is not None:
            found.append(at)
            at = earlier.get(at)
        return found


@dataclass(frozen=True)
class Standing:
    """One product on the agenda: whose sheets count, whose are missing, and what they give together."""

    hall: Hall
    item: AgendaItem
    recused: frozenset[int]  # seat ids
    ballots: Mapping[int, Ballot]  # of the current attempt, by seat id
    result: Result | None = None

    @cached_property
    def entitled(self) -> list[Seat]:
        """Who scores it: the assigned or else all who vote; not the recused, nor after one who held the seat did."""
        scorers, done = self.item.scorers, {seat.pk for seat in self.former}
        return [
            seat
            for seat in self.hall.voting
            if seat.pk not in self.recused
            and (not scorers or seat.pk in scorers)
            and done.isdisjoint(self.hall.line(seat))
        ]

    @cached_property
    def former(self) -> list[Seat]:
        """Seats that were replaced after they had sealed this sheet: it counts."""
        return [seat for seat in self.hall.former if self._has_sealed(seat) and seat.pk not in self.recused]

    @cached_property
    def voters(self) -> list[Seat]:
        """Those whose sheet is waited for: here and not recused, or gone after sealing."""
        here = [seat for seat in self.entitled if seat.pk in self.hall.present or self._has_sealed(seat)]
        return sorted([*self.former, *here], key=lambda seat: (seat.order, seat.pk))

    def _has_sealed(self, seat: Seat) -> bool:
        ballot = self.ballots.get(seat.pk)
        return ballot is not None and ballot.is_sealed

    @cached_property
    def missing(self) -> list[Seat]:
        return [seat for seat in self.voters if not self._has_sealed(seat)]

    @cached_property
    def sealed(self) -> list[Ballot]:
        """The sheets that count, by the order of the seats."""
        return [ballot for ballot in self.handed_in if ballot.counts]

    @cached_property
    def handed_in(self) -> list[Ballot]:
        """The sheets that are sealed, those without points too."""
        return [self.ballots[seat.pk] for seat in self.voters if self._has_sealed(seat)]

    @property
    def abstained(self) -> list[Ballot]:
        return [ballot for ballot in self.handed_in if not ballot.counts]

    @property
    def needed(self) -> int:
        """How many sheets a conclusion needs: the quorum of the assigned, else of those who are not recused."""
        count = len(self.item.scorers) or len(self.entitled) + len(self.former)
        return quorum_needed(self.hall.rules.policy, count)

    @property
    def waits(self) -> bool:
        """For missing sheets: in writing until the deadline, in the hall as the Quy chế says."""
        if self.hall.meeting.is_written:
            return not self.hall.is_due
        return self.hall.rules.missing_ballot == "wait"

    @property
    def is_revealed(self) -> bool:
        """Nobody sees points before every voter has sealed, or in writing can no more."""
        is_over = self.hall.is_due and bool(self.handed_in)
        return self.result is not None or bool(self.voters and not self.missing) or is_over

    def own_ballot(self, user: User) -> Ballot | None:
        """Her sheet while it is hers to score; one that was assigned away is nobody's."""
        mine = [seat.pk for seat in self.entitled if seat.user_id == user.pk]
        return next((ballot for seat, ballot in self.ballots.items() if seat in mine), None)

    def is_revealed_to(self, user: User) -> bool:
        """And not who still has a sheet of her own to seal."""
        own = self.own_ballot(user)
        waits = self.result is None and own is not None and not own.is_sealed
        return self.is_revealed and not waits

    @cached_property
    def criteria_set(self) -> CriteriaSet:
        return criteria_set(self.item.assessment.published.code)

    @cached_property
    def combined(self) -> Combined | None:
        """The exact mean of the sheets that count; None before there is one."""
        if not self.sealed:
            return None
        sheets = [read_levels(self.criteria_set, ballot.levels) for ballot in self.sealed]
        return combine(self.criteria_set, sheets, self.hall.rules.policy)

    @cached_property
    def verdict(self) -> Verdict | None:
        """The stars with every reason, by the council's rules, agreed levels and knock-outs."""
        if self.combined is None:
            return None
        return stars(
            self.criteria_set,
            self.combined,
            self.hall.rules.policy,
            agreed=self.item.agreed,
            knocked_out=self.item.knock_outs,
        )

    @property
    def spread(self) -> int | None:
        return self.combined.spread if self.combined else None

    @property
    def is_apart(self) -> bool:
        """The totals lie further apart than the rules allow."""
        return self.combined is not None and needs_rescore(self.combined, self.hall.rules.policy)

    @property
    def must_rescore(self) -> bool:
        """In writing nothing is scored again: sheets that lie apart are talked about in a meeting."""
        may = (
            not self.hall.meeting.is_written and self.item.rescored < self.hall.rules.policy.rescoring_rounds
        )
        return self.is_apart and may


def read_hall(meeting: Meeting) -> Hall:
    """The seats of the day and who is marked as here; the rules frozen at opening, else the council's."""
    seats = list(meeting.council.seats.select_related("user", "unit"))
    present = Attendance.objects.filter(meeting=meeting, is_present=True).values_list("seat_id", flat=True)
    rules = read_rules(meeting.rules or meeting.council.rules)
    held = tuple(seat for seat in seats if seat.is_held_on(meeting.held_on))
    gone = tuple(seat for seat in seats if not seat.is_held_on(meeting.held_on))
    return Hall(meeting, rules, held, frozenset(present), gone, meeting.is_due(timezone.now()))


def name_all(hall: Hall) -> None:
    """One query for the names of all seats, where a page prints them."""
    prefetch_related_objects([seat.user for seat in hall.seats], "persons")


def read_standings(hall: Hall, items: Iterable[AgendaItem], *, with_points: bool = True) -> list[Standing]:
    """The items' standings with as many queries for thirty products as for one.

    Without points for who asks only whose sheets are there: they are most of what is read.
    """
    items = list(items)
    assessments = [item.assessment_id for item in items]
    recused = _recused(hall, items)
    results = {it.assessment_id: it for it in Result.objects.filter(assessment__in=assessments)}
    ballots: dict[tuple[int, int], dict[int, Ballot]] = {}
    sheets = Ballot.objects.filter(meeting=hall.meeting, assessment__in=assessments)
    for ballot in sheets if with_points else sheets.defer("levels", "opinion"):
        ballots.setdefault((ballot.assessment_id, ballot.attempt), {})[ballot.seat_id] = ballot
    return [
        Standing(
            hall,
            item,
            recused.get(item.assessment.dossier_id, frozenset()),
            ballots.get((item.assessment_id, item.attempt), {}),
            results.get(item.assessment_id),
        )
        for item in items
    ]


def read_standing(item: AgendaItem) -> Standing:
    return read_standings(read_hall(item.meeting), [item])[0]


def _recused(hall: Hall, items: list[AgendaItem]) -> dict[int, frozenset[int]]:
    """By dossier, the seats of those whom a conflict shuts out."""
    seats = (*hall.seats, *hall.former)
    shut = Exclusion.objects.in_force().filter(
        dossier__in=[item.assessment.dossier_id for item in items],
        user__in=[seat.user_id for seat in seats],
    )
    out: dict[int, set[int]] = {}
    for dossier, user in shut.values_list("dossier_id", "user_id"):
        out.setdefault(dossier, set()).update(seat.pk for seat in seats if seat.user_id == user)
    return {dossier: frozenset(seats) for dossier, seats in out.items()}


def is_sealed_by_all(standing: Standing) -> bool:
    """True from the moment the last voter sealed until the product is concluded."""
    return standing.result is None and bool(standing.voters) and not standing.missing
