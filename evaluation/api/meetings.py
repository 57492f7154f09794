"""Meetings for programs: agenda, attendance, declarations, board."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from evaluation.api import serializers
from evaluation.api.agreements import AgreementActions
from evaluation.api.guests import GuestActions
from evaluation.api.leading import LeadingActions
from evaluation.api.preparing import PreparingActions
from evaluation.api.writing import WritingActions
from evaluation.meetings.agenda import (
    PLAN,
    add_to_agenda,
    assessments_for,
    plan_meeting,
    remove_from_agenda,
    set_attendance,
)
from evaluation.meetings.boards import read_board, visible_items
from evaluation.meetings.conclusions import record_agreed, rescore
from evaluation.meetings.declarations import declare, seat_of
from evaluation.meetings.discussing import discuss, stop
from evaluation.meetings.pledges import has_pledged, pledge_words, refuse_unpledged
from evaluation.models import AgendaItem, Council, Meeting
from evaluation.workflow.meeting import MEETING, out_of_place
from ocop.asking import given_by, person_of
from ocop.regulations import shown
from ocop.steps import StepsMixin
from plans.models import Round


class MeetingViewSet(
    PreparingActions,
    GuestActions,
    LeadingActions,
    AgreementActions,
    WritingActions,
    StepsMixin,
    ReadOnlyModelViewSet,
):
    """A meeting: prepared, led, its board."""

    queryset = Meeting.objects.none()
    serializer_class = serializers.MeetingSerializer
    filterset_fields = ("state", "council", "round")
    rights = {
        "put_off": PLAN,
        "attendance": PLAN,
        **PreparingActions.preparing_rights,
        **GuestActions.guest_rights,
        **LeadingActions.leading_rights,
        **WritingActions.writing_rights,
    }
    workflow = MEETING

    def out_of_place(self, obj: Meeting) -> frozenset[str]:
        return out_of_place(obj)

    def get_queryset(self) -> Any:
        return Meeting.objects.visible_to(self.request.user).select_related(
            "council__unit", "round", "invitation"
        )

    @extend_schema(request=serializers.NewMeetingSerializer, responses=serializers.MeetingSerializer)
    def create(self, request: Request) -> Response:
        given = given_by(serializers.NewMeetingSerializer, request)
        council = get_object_or_404(Council.objects.visible_to(request.user), pk=given.pop("council"))
        round_ = get_object_or_404(Round.objects.all(), pk=given.pop("round"))
        planned = plan_meeting(council, round_, by=person_of(request), **given)
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
            wanted = given_by(serializers.AgendaSerializer, request)["assessments"]
            add_to_agenda(
                meeting,
                list(assessments_for(meeting, person_of(request)).filter(pk__in=wanted)),
                by=person_of(request),
            )
        items = list(visible_items(meeting, person_of(request)))
        for place, item in enumerate(items, 1):
            item.order = place  # hers: a gap would tell of what she is recused from
        return Response(serializers.AgendaItemSerializer(items, many=True).data)

    @extend_schema(responses={204: None})
    @action(detail=True, methods=["delete"], url_path=r"agenda/(?P<assessment>[0-9]+)")
    def put_off(self, request: Request, pk: str, assessment: str) -> Response:
        """Take a product off the agenda."""
        remove_from_agenda(self._item(int(assessment)), by=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=serializers.AttendanceSerializer, responses={204: None})
    @action(detail=True, methods=["put"])
    def attendance(self, request: Request, pk: str) -> Response:
        meeting = self.get_object()
        present = given_by(serializers.AttendanceSerializer, request)["present"]
        set_attendance(meeting, present, by=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=serializers.PledgeSerializer)
    @action(detail=True, methods=["get"], pagination_class=None)
    def pledge(self, request: Request, pk: str) -> Response:
        """The words a member agrees to with her first declaration."""
        meeting = self.get_object()
        seat = seat_of(person_of(request), meeting)
        made = seat is not None and has_pledged(meeting, seat)
        return Response({"words": pledge_words(meeting), "is_made": made})

    @extend_schema(request=serializers.DeclarationSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def declarations(self, request: Request, pk: str) -> Response:
        """No conflict, or a conflict with its ground, for each product; the first time with the pledge."""
        meeting = self.get_object()
        given = given_by(serializers.DeclarationSerializer, request)
        if seat := seat_of(person_of(request), meeting):
            refuse_unpledged(meeting, seat, is_given=given["pledge"])
        declare(meeting, given["answers"], by=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=serializers.DiscussingSerializer, responses={204: None})
    @action(detail=True, methods=["put"])
    def discussing(self, request: Request, pk: str) -> Response:
        """What the hall talks about from now on; null is a pause."""
        meeting = self.get_object()
        wanted = given_by(serializers.DiscussingSerializer, request)["assessment"]
        if wanted is None:
            stop(meeting, by=person_of(request))
        else:
            discuss(self._item(wanted), by=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=serializers.BoardSerializer)
    @action(detail=True, methods=["get"], filter_backends=[])
    def board(self, request: Request, pk: str) -> Response:
        """Progress while blind, points once every voter has sealed."""
        board = read_board(self.get_object(), person_of(request))
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
        given = given_by(serializers.RescoreSerializer, request)
        rescore(self._item(given["assessment"]), by=person_of(request), note=given["note"])
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=serializers.AgreementSerializer, responses={204: None})
    @action(detail=True, methods=["put"])
    def agreement(self, request: Request, pk: str) -> Response:
        """What the council agreed on in its discussion."""
        given = given_by(serializers.AgreementSerializer, request)
        record_agreed(self._item(given.pop("assessment")), by=person_of(request), **given)
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
        shown_row |= {"sealed": len(row.standing.handed_in), "voters": len(row.standing.voters)}
    if row.sees_points and row.standing.combined is not None:
        shown_row |= {
            "mean": shown(row.standing.combined.total),
            "exact": str(row.standing.combined.total),
            "spread": row.standing.spread,
            "stars": row.standing.verdict.stars,
            "must_rescore": row.standing.must_rescore,
        }
    return shown_row
