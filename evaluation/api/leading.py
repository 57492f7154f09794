"""Leading a meeting for programs: who has sealed, reminders, and what to look at before a conclusion."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from evaluation.meetings.agenda import PLAN
from evaluation.meetings.alarms import Alarm
from evaluation.meetings.boards import visible_items
from evaluation.meetings.conclusions import CONCLUDE
from evaluation.meetings.discussing import LEAD
from evaluation.meetings.nudges import NUDGE, nudge, nudged_at
from evaluation.meetings.progress import Cell, Line, progress
from evaluation.meetings.rounds import Rounds, read_rounds
from evaluation.meetings.standing import Standing, name_all, read_hall, read_standing, read_standings
from evaluation.meetings.summaries import summary_of
from evaluation.models import AgendaItem
from ocop.asking import person_of
from ocop.orgs.models import User
from ocop.regulations import shown


class ProgressSheetSerializer(serializers.Serializer):
    """One member's sheet: how far it is, never its points. `state` is null where she has none."""

    assessment = serializers.IntegerField()
    state = serializers.ChoiceField(choices=["open", "sealed"], allow_null=True)
    answered = serializers.IntegerField()
    criteria = serializers.IntegerField()
    is_waited_for = serializers.BooleanField()


class ProgressSerializer(serializers.Serializer):
    seat = serializers.IntegerField()
    name = serializers.CharField()
    is_here = serializers.BooleanField()
    missing = serializers.IntegerField()
    nudged_at = serializers.DateTimeField(allow_null=True)
    sheets = ProgressSheetSerializer(many=True)


class NudgedSerializer(serializers.Serializer):
    """How many sheets she was reminded of."""

    missing = serializers.IntegerField()


class AlarmSerializer(serializers.Serializer):
    """What, why, what to do; `names` to who leads the discussion alone."""

    kind = serializers.CharField()
    what = serializers.CharField()
    why = serializers.CharField()
    todo = serializers.CharField()
    names = serializers.ListField(child=serializers.CharField())


class ScoredRoundSerializer(serializers.Serializer):
    attempt = serializers.IntegerField()
    mean = serializers.CharField(help_text="Cut to two decimals, as people see it.")
    exact = serializers.CharField(help_text="The fraction itself.")
    spread = serializers.IntegerField()


class RoundMemberSerializer(serializers.Serializer):
    """`totals` by round, null where she had no sheet that counts; `change` is last minus first."""

    seat = serializers.IntegerField()
    name = serializers.CharField()
    totals = serializers.ListField(child=serializers.IntegerField(allow_null=True))
    change = serializers.IntegerField(allow_null=True)


class ChangedSheetSerializer(serializers.Serializer):
    """`name` to who leads the discussion, else left out."""

    name = serializers.CharField(required=False)
    before = serializers.IntegerField()
    after = serializers.IntegerField()


class MovedSerializer(serializers.Serializer):
    criterion = serializers.CharField()
    means = serializers.ListField(child=serializers.CharField())
    moves = ChangedSheetSerializer(many=True)


class RoundsSerializer(serializers.Serializer):
    rounds = ScoredRoundSerializer(many=True)
    members = RoundMemberSerializer(many=True)
    moved = MovedSerializer(many=True)


class LeadingActions:
    """Below one meeting of the viewset that this is mixed into."""

    get_object: Any
    leading_rights = {"nudge": NUDGE}

    @extend_schema(responses=ProgressSerializer(many=True))
    @action(detail=True, methods=["get"], filter_backends=[], pagination_class=None)
    def progress(self, request: Request, pk: str) -> Response:
        """Who has sealed what, for who leads."""
        meeting, user = self.get_object(), person_of(request)
        if not (user.has_perm(NUDGE, meeting) or user.has_perm(LEAD, meeting)):
            raise PermissionDenied
        hall = read_hall(meeting)
        name_all(hall)
        standings = read_standings(hall, visible_items(meeting, user))
        lines = progress(hall, standings, nudged_at(meeting))
        return Response(ProgressSerializer([_line(line) for line in lines], many=True).data)

    @extend_schema(request=None, responses=NudgedSerializer)
    @action(detail=True, methods=["post"], url_path=r"progress/(?P<seat>[0-9]+)/nudge")
    def nudge(self, request: Request, pk: str, seat: str) -> Response:
        """Remind a member of the sheets that are missing."""
        meeting = self.get_object()
        voting = meeting.council.seats.held_on(meeting.held_on).voting().select_related("user")
        missing = nudge(meeting, get_object_or_404(voting, pk=seat), by=person_of(request))
        return Response({"missing": missing})

    @extend_schema(responses=AlarmSerializer(many=True))
    @action(
        detail=True, methods=["get"], url_path=r"items/(?P<assessment>[0-9]+)/alarms", filter_backends=[],
        pagination_class=None,
    )  # fmt: skip
    def alarms(self, request: Request, pk: str, assessment: str) -> Response:
        """What to look at before the conclusion; not there before one may see the points."""
        standing, leads = self._revealed(request, assessment)
        summary = summary_of(standing)
        found = summary.alarms(leads=leads) if summary and standing.result is None else []
        return Response([_alarm(alarm, leads=leads) for alarm in found])

    @extend_schema(responses=RoundsSerializer)
    @action(
        detail=True, methods=["get"], url_path=r"items/(?P<assessment>[0-9]+)/rounds", filter_backends=[],
        pagination_class=None,
    )  # fmt: skip
    def rounds(self, request: Request, pk: str, assessment: str) -> Response:
        """The rounds of scoring of one product side by side; not there before there are two that one may see."""
        standing, leads = self._revealed(request, assessment)
        compared = read_rounds(standing)
        if len(compared.rounds) < 2:
            raise Http404
        return Response(_rounds(compared, leads=leads))

    def _revealed(self, request: Request, assessment: str) -> tuple[Standing, bool]:
        """The product's standing and whether one leads; 404 while it is blind."""
        meeting, user = self.get_object(), person_of(request)
        items = AgendaItem.objects.visible_to(user).for_list().select_related("meeting__council__unit")
        item = get_object_or_404(items, meeting=meeting, assessment=assessment)
        standing = read_standing(item)
        if not standing.is_revealed_to(user):
            raise Http404
        name_all(standing.hall)
        return standing, _leads(item, user)


def _leads(item: AgendaItem, user: User) -> bool:
    return user.has_perm(CONCLUDE, item.assessment) or user.has_perm(PLAN, item.meeting)


def _line(line: Line) -> dict[str, Any]:
    return {
        "seat": line.seat.pk,
        "name": str(line.seat.user),
        "is_here": line.is_here,
        "missing": line.missing,
        "nudged_at": line.nudged_at,
        "sheets": [_sheet(cell) for cell in line.cells],
    }


def _sheet(cell: Cell) -> dict[str, Any]:
    return {
        "assessment": cell.standing.item.assessment_id,
        "state": None if cell.ballot is None else "sealed" if cell.is_sealed else "open",
        "answered": cell.answered,
        "criteria": cell.all,
        "is_waited_for": cell.is_waited_for,
    }


def _alarm(alarm: Alarm, *, leads: bool) -> dict[str, Any]:
    words = {name: str(getattr(alarm, name)) for name in ("what", "why", "todo")}
    return {"kind": alarm.kind, **words, "names": list(alarm.names) if leads else []}


def _rounds(compared: Rounds, *, leads: bool) -> dict[str, Any]:
    return {
        "rounds": [
            {
                "attempt": it.attempt,
                "mean": shown(it.combined.total),
                "exact": str(it.combined.total),
                "spread": it.combined.spread,
            }
            for it in compared.rounds
        ],
        "members": [
            {"seat": it.seat.pk, "name": str(it.seat.user), "totals": list(it.totals), "change": it.change}
            for it in compared.members()
        ],
        "moved": [
            {
                "criterion": row.criterion.code,
                "means": [shown(mean) for mean in row.means],
                "moves": [
                    {**({"name": it.name} if leads else {}), "before": it.before, "after": it.after}
                    for it in row.moves
                ],
            }
            for row in compared.moved
        ],
    }
