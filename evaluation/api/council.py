"""Assessments, councils, meetings, sheets and results for programs: the same functions as the pages."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from evaluation import serializers
from evaluation.agenda import add_to_agenda, assessments_for, plan_meeting, remove_from_agenda, set_attendance
from evaluation.assessments import start_assessment, write_report
from evaluation.ballots import Conflict, save_mark
from evaluation.boards import read_board, visible_items
from evaluation.conclusions import record_agreed, rescore
from evaluation.councils import add_seat, draft_council
from evaluation.declarations import declare
from evaluation.models import AgendaItem, Assessment, Ballot, Council, Meeting, Result
from evaluation.workflow.assessment import ASSESSMENT, BY_OTHERS
from evaluation.workflow.ballot import BALLOT
from evaluation.workflow.council import COUNCIL
from evaluation.workflow.meeting import MEETING
from ocop.orgs.models import OrgUnit, User
from ocop.regulations import shown
from ocop.steps import StepsMixin
from ocop.tenancy.scope import active_tenant_id
from ocop.workflow import Workflow
from plans.models import Round
from products.models import Dossier


def _given(serializer: Any, request: Request) -> dict[str, Any]:
    given = serializer(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


class AssessmentViewSet(StepsMixin, ReadOnlyModelViewSet):
    """A dossier's evaluation at one tier."""

    queryset = Assessment.objects.none()
    serializer_class = serializers.AssessmentSerializer
    filterset_fields = ("state", "tier", "unit")
    workflow = Workflow(
        ASSESSMENT.title, {name: step for name, step in ASSESSMENT.items() if name not in BY_OTHERS}
    )

    def get_queryset(self) -> Any:
        return Assessment.objects.visible_to(self.request.user).for_list()

    @extend_schema(request=serializers.StartSerializer, responses=serializers.AssessmentSerializer)
    def create(self, request: Request) -> Response:
        """Pull an accepted dossier."""
        given = _given(serializers.StartSerializer, request)
        dossier = get_object_or_404(Dossier.objects.visible_to(request.user), pk=given["dossier"])
        begun = start_assessment(dossier, by=request.user)
        return Response(self.get_serializer(begun).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=serializers.TeamReportSerializer, responses=serializers.AssessmentSerializer)
    @action(detail=True, methods=["put"])
    def report(self, request: Request, pk: str) -> Response:
        """Keep the advisory team's report."""
        found = self.get_object()
        write_report(found, by=request.user, **_given(serializers.TeamReportSerializer, request))
        return Response(self.get_serializer(found).data)


class CouncilViewSet(StepsMixin, ReadOnlyModelViewSet):
    """A council with its seats and rules."""

    queryset = Council.objects.none()
    serializer_class = serializers.CouncilSerializer
    filterset_fields = ("state", "tier", "unit")
    workflow = COUNCIL

    def get_queryset(self) -> Any:
        found = Council.objects.visible_to(self.request.user)
        return found.prefetch_related("seats__user__persons")

    @extend_schema(request=serializers.NewCouncilSerializer, responses=serializers.CouncilSerializer)
    def create(self, request: Request) -> Response:
        given = _given(serializers.NewCouncilSerializer, request)
        unit = get_object_or_404(OrgUnit.objects.all(), pk=given.pop("unit"))
        drawn = draft_council(unit, regime_code=given.pop("regime"), by=request.user, **given)
        return Response(self.get_serializer(drawn).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=serializers.NewSeatSerializer, responses=serializers.SeatSerializer)
    @action(detail=True, methods=["post"])
    def seats(self, request: Request, pk: str) -> Response:
        given = _given(serializers.NewSeatSerializer, request)
        people = User.objects.filter(tenants=active_tenant_id())
        user = get_object_or_404(people, pk=given.pop("user"))
        seat = add_seat(self.get_object(), user, by=request.user, **given)
        return Response(serializers.SeatSerializer(seat).data, status=status.HTTP_201_CREATED)


class MeetingViewSet(StepsMixin, ReadOnlyModelViewSet):
    """A meeting: agenda, attendance, declarations, board."""

    queryset = Meeting.objects.none()
    serializer_class = serializers.MeetingSerializer
    filterset_fields = ("state", "council", "round")
    workflow = MEETING

    def get_queryset(self) -> Any:
        return Meeting.objects.visible_to(self.request.user).select_related("council__unit", "round")

    @extend_schema(request=serializers.NewMeetingSerializer, responses=serializers.MeetingSerializer)
    def create(self, request: Request) -> Response:
        given = _given(serializers.NewMeetingSerializer, request)
        council = get_object_or_404(Council.objects.visible_to(request.user), pk=given.pop("council"))
        round_ = get_object_or_404(Round.objects.all(), pk=given.pop("round"))
        planned = plan_meeting(council, round_, by=request.user, **given)
        return Response(self.get_serializer(planned).data, status=status.HTTP_201_CREATED)

    @extend_schema(methods=["get"], responses=serializers.AgendaItemSerializer(many=True))
    @extend_schema(
        methods=["post"],
        request=serializers.AgendaSerializer,
        responses=serializers.AgendaItemSerializer(many=True),
    )
    @action(detail=True, methods=["get", "post"], pagination_class=None)
    def agenda(self, request: Request, pk: str) -> Response:
        """The agenda as this person may know it; POST fixes more products on it."""
        meeting = self.get_object()
        if request.method == "POST":
            wanted = _given(serializers.AgendaSerializer, request)["assessments"]
            add_to_agenda(
                meeting, list(assessments_for(meeting, request.user).filter(pk__in=wanted)), by=request.user
            )
        items = visible_items(meeting, request.user)
        return Response(serializers.AgendaItemSerializer(items, many=True).data)

    @extend_schema(responses={204: None})
    @action(detail=True, methods=["delete"], url_path=r"agenda/(?P<assessment>[0-9]+)")
    def put_off(self, request: Request, pk: str, assessment: str) -> Response:
        """Take a product off the agenda."""
        remove_from_agenda(self._item(int(assessment)), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=serializers.AttendanceSerializer, responses={204: None})
    @action(detail=True, methods=["put"])
    def attendance(self, request: Request, pk: str) -> Response:
        present = _given(serializers.AttendanceSerializer, request)["present"]
        set_attendance(self.get_object(), present, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=serializers.DeclarationSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def declarations(self, request: Request, pk: str) -> Response:
        """No conflict, or a conflict with its ground, for each product."""
        declare(
            self.get_object(), _given(serializers.DeclarationSerializer, request)["answers"], by=request.user
        )
        return Response(status=status.HTTP_204_NO_CONTENT)

    @action(detail=True, methods=["get"])
    def board(self, request: Request, pk: str) -> Response:
        """Progress while blind, points once every voter has sealed."""
        board = read_board(self.get_object(), request.user)
        return Response(
            {
                "here": board.hall.here,
                "voting": len(board.hall.voting),
                "needed": board.hall.needed,
                "items": [_row(row) for row in board.rows],
            }
        )

    @extend_schema(request=serializers.RescoreSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def rescore(self, request: Request, pk: str) -> Response:
        given = _given(serializers.RescoreSerializer, request)
        rescore(self._item(given["assessment"]), by=request.user, note=given["note"])
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=serializers.AgreementSerializer, responses={204: None})
    @action(detail=True, methods=["put"])
    def agreement(self, request: Request, pk: str) -> Response:
        """What the council agreed on in its discussion."""
        given = _given(serializers.AgreementSerializer, request)
        record_agreed(self._item(given.pop("assessment")), by=request.user, **given)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _item(self, assessment: int) -> AgendaItem:
        items = AgendaItem.objects.visible_to(self.request.user).for_list().select_related("meeting")
        return get_object_or_404(items, meeting=self.get_object(), assessment=assessment)


def _row(row: Any) -> dict[str, Any]:
    """What this reader may know of one product."""
    shown_row: dict[str, Any] = {"assessment": row.item.assessment_id, "product": str(row.item.assessment)}
    if row.own is not None:
        shown_row["own_ballot"] = {"id": row.own.pk, "state": row.own.state}
    if row.sees_progress:
        shown_row |= {"sealed": len(row.standing.sealed), "voters": len(row.standing.voters)}
    if row.sees_points and row.standing.combined is not None:
        shown_row |= {
            "mean": shown(row.standing.combined.total),
            "exact": str(row.standing.combined.total),
            "spread": row.standing.spread,
            "stars": row.standing.verdict.stars,
            "must_rescore": row.standing.must_rescore,
        }
    return shown_row


class BallotViewSet(StepsMixin, ReadOnlyModelViewSet):
    """A member's sheet; others' only once their meeting is concluded."""

    queryset = Ballot.objects.none()
    serializer_class = serializers.BallotSerializer
    filterset_fields = ("meeting", "assessment", "state")
    workflow = BALLOT

    def get_queryset(self) -> Any:
        return Ballot.objects.visible_to(self.request.user).for_page()

    @extend_schema(
        request=serializers.MarkSerializer,
        responses={200: serializers.SavedSerializer, 409: {"type": "object"}},
    )
    @action(detail=True, methods=["put"], url_path=r"marks/(?P<criterion>[0-9.]+)")
    def marks(self, request: Request, pk: str, criterion: str) -> Response:
        """Save one criterion; 409 with both values when it was changed meanwhile."""
        given = _given(serializers.MarkSerializer, request)
        try:
            saved = save_mark(self.get_object(), criterion, given.pop("value"), by=request.user, **given)
        except Conflict as conflict:
            both = {"mine": conflict.mine, "theirs": conflict.theirs, "revision": conflict.revision}
            return Response(both, status=status.HTTP_409_CONFLICT)
        answer = {
            "criterion": saved.criterion,
            "level": saved.level,
            "revision": saved.revision,
            "saved_at": saved.at,
            "total": saved.ballot.total,
            "stars": saved.ballot.stars,
        }
        return Response(serializers.SavedSerializer(answer).data)

    @extend_schema(request=None, responses={200: serializers.BallotSerializer})
    @action(detail=True, methods=["post"], url_path="reopen")
    def reopen(self, request: Request, pk: str) -> Response:
        """The chair opens a sealed sheet again: `{"note": "why"}`; its points stay hidden from her."""
        found = get_object_or_404(Ballot.objects.reachable_by(request.user).for_page(), pk=pk)
        done = BALLOT.take("reopen", found, by=request.user, data={"note": str(request.data.get("note", ""))})
        return Response({"id": done.pk, "state": done.state})


class ResultViewSet(ReadOnlyModelViewSet):
    """What councils concluded."""

    queryset = Result.objects.none()
    serializer_class = serializers.ResultSerializer
    filterset_fields = ("meeting", "stars")

    def get_queryset(self) -> Any:
        return Result.objects.visible_to(self.request.user).select_related("assessment")


ROUTES: list[tuple[str, type]] = [
    ("assessments", AssessmentViewSet),
    ("councils", CouncilViewSet),
    ("meetings", MeetingViewSet),
    ("ballots", BallotViewSet),
    ("results", ResultViewSet),
]
