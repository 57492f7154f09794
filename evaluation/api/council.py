"""Assessments, councils, meetings, sheets and results for programs: the same functions as the pages."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from evaluation.api import ballot_serializers as shapes
from evaluation.api import serializers
from evaluation.api.hearings import ROUTES as HEARINGS
from evaluation.api.meetings import MeetingViewSet
from evaluation.api.questions import QuestionViewSet
from evaluation.api.results import ResultViewSet
from evaluation.api.rules import RulesActions
from evaluation.api.seats import SeatActions
from evaluation.api.teams import TeamActions
from evaluation.api.writing import CallActions
from evaluation.assessments.starting import CHECK, start_assessment, write_report
from evaluation.ballots.notes import claims_of, note_words
from evaluation.ballots.opinions import save_opinion
from evaluation.ballots.precedents import read_precedents
from evaluation.ballots.proposals import papers_of, propose_knock_out, take_back_proposal
from evaluation.ballots.saving import Conflict, has_declared, save_mark, set_of
from evaluation.councils.making import CHANGE, draft_council
from evaluation.meetings.questions import ask
from evaluation.models import Assessment, Ballot, Council
from evaluation.workflow.assessment import ASSESSMENT, BY_OTHERS
from evaluation.workflow.ballot import BALLOT
from evaluation.workflow.council import COUNCIL
from ocop.asking import given_by, person_of
from ocop.orgs.models import OrgUnit
from ocop.steps import StepsMixin, serializer_class
from products.models import Dossier

REOPEN = serializer_class(BALLOT["reopen"], "BallotReopening")


class AssessmentViewSet(StepsMixin, ReadOnlyModelViewSet):
    """A dossier's evaluation at one tier."""

    queryset = Assessment.objects.none()
    serializer_class = serializers.AssessmentSerializer
    filterset_fields = ("state", "tier", "unit")
    rights = {"report": CHECK}
    workflow = ASSESSMENT.without(BY_OTHERS)

    def get_queryset(self) -> Any:
        return Assessment.objects.visible_to(self.request.user).for_list()

    @extend_schema(request=serializers.StartSerializer, responses=serializers.AssessmentSerializer)
    def create(self, request: Request) -> Response:
        """Pull an accepted dossier."""
        given = given_by(serializers.StartSerializer, request)
        dossier = get_object_or_404(Dossier.objects.visible_to(request.user), pk=given["dossier"])
        begun = start_assessment(dossier, by=person_of(request))
        return Response(self.get_serializer(begun).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=serializers.TeamReportSerializer, responses=serializers.AssessmentSerializer)
    @action(detail=True, methods=["put"])
    def report(self, request: Request, pk: str) -> Response:
        """Keep the advisory team's report."""
        found = self.get_object()
        write_report(found, by=person_of(request), **given_by(serializers.TeamReportSerializer, request))
        return Response(self.get_serializer(found).data)


class CouncilViewSet(SeatActions, RulesActions, TeamActions, StepsMixin, ReadOnlyModelViewSet):
    """A council with its seats, rules and advisory team."""

    queryset = Council.objects.none()
    serializer_class = serializers.CouncilSerializer
    filterset_fields = ("state", "tier", "unit")
    rights = {
        "create": CHANGE,
        **SeatActions.seat_rights,
        **RulesActions.rules_rights,
        **TeamActions.team_rights,
    }
    workflow = COUNCIL

    def get_queryset(self) -> Any:
        found = Council.objects.visible_to(self.request.user)
        return found.prefetch_related("seats__user__persons")

    @extend_schema(request=serializers.NewCouncilSerializer, responses=serializers.CouncilSerializer)
    def create(self, request: Request) -> Response:
        given = given_by(serializers.NewCouncilSerializer, request)
        unit = get_object_or_404(OrgUnit.objects.all(), pk=given.pop("unit"))
        drawn = draft_council(unit, regime_code=given.pop("regime"), by=person_of(request), **given)
        return Response(self.get_serializer(drawn).data, status=status.HTTP_201_CREATED)


class BallotViewSet(CallActions, StepsMixin, ReadOnlyModelViewSet):
    """A member's sheet; others' only once their meeting is concluded."""

    queryset = Ballot.objects.none()
    serializer_class = shapes.BallotSerializer
    filterset_fields = ("meeting", "assessment", "state")
    workflow = BALLOT

    def get_queryset(self) -> Any:
        return Ballot.objects.visible_to(self.request.user).for_page()

    @extend_schema(
        request=shapes.BallotMarkSerializer,
        responses={200: shapes.SavedMarkSerializer, 409: shapes.ConflictSerializer},
    )
    @action(detail=True, methods=["put"], url_path=r"marks/(?P<criterion>[^/]+)")
    def marks(self, request: Request, pk: str, criterion: str) -> Response:
        """Save one criterion; 409 with both values when it was changed meanwhile."""
        given = given_by(shapes.BallotMarkSerializer, request)
        try:
            saved = save_mark(
                self.get_object(), criterion, given.pop("value"), by=person_of(request), **given
            )
        except Conflict as conflict:
            return _both(conflict)
        answer = {
            "criterion": saved.criterion,
            "level": saved.level,
            "revision": saved.revision,
            "saved_at": saved.at,
            "total": saved.ballot.total,
            "stars": saved.ballot.stars,
            "note_wanted": note_words(saved.ballot, saved.criterion, claims_of(saved.ballot)),
        }
        return Response(shapes.SavedMarkSerializer(answer).data)

    @extend_schema(
        request=shapes.OpinionSerializer,
        responses={200: shapes.SavedOpinionSerializer, 409: shapes.ConflictSerializer},
    )
    @action(detail=True, methods=["put"])
    def opinion(self, request: Request, pk: str) -> Response:
        """The words at the foot of one's own sheet; 409 with both when they were changed meanwhile."""
        given = given_by(shapes.OpinionSerializer, request)
        try:
            saved = save_opinion(self.get_object(), given.pop("opinion"), by=person_of(request), **given)
        except Conflict as conflict:
            return _both(conflict)
        answer = {"opinion": saved.level["note"], "revision": saved.revision, "saved_at": saved.at}
        return Response(shapes.SavedOpinionSerializer(answer).data)

    @extend_schema(responses=shapes.PrecedentsSerializer)
    @action(detail=True, methods=["get"], url_path=r"precedents/(?P<criterion>[^/]+)")
    def precedents(self, request: Request, pk: str, criterion: str) -> Response:
        """How like products were scored on this criterion, beside one's own sheet; nothing of fewer than three."""
        ballot = self._own(pk)
        if criterion not in set_of(ballot).by_code:
            raise Http404
        found = read_precedents(ballot, criterion, reader=person_of(request))
        told = found or {"products": 0, "sheets": 0, "levels": []}
        return Response(shapes.PrecedentsSerializer(told).data)

    @extend_schema(methods=["get"], responses=shapes.ProposalSerializer(many=True))
    @extend_schema(methods=["put"], request=shapes.ProposalSerializer, responses=shapes.ProposalSerializer)
    @action(detail=True, methods=["get", "put"], url_path="knock-outs", pagination_class=None)
    def knock_outs(self, request: Request, pk: str) -> Response:
        """The cases of loại on one's own sheet; PUT proposes one, or says it anew."""
        ballot = self._own(pk)
        if request.method == "PUT":
            given = given_by(shapes.ProposalSerializer, request)
            paper = given.pop("paper_id")
            found = get_object_or_404(papers_of(ballot), pk=paper) if paper else None
            made = propose_knock_out(ballot, by=person_of(request), paper=found, **given)
            return Response(shapes.ProposalSerializer(made).data)
        return Response(shapes.ProposalSerializer(ballot.proposals.all(), many=True).data)

    @extend_schema(responses={204: None})
    @action(detail=True, methods=["delete"], url_path=r"knock-outs/(?P<code>[^/]+)")
    def take_back(self, request: Request, pk: str, code: str) -> Response:
        """Say no more that the product falls under this case; 404 where it was not proposed."""
        ballot = self._own(pk)
        get_object_or_404(ballot.proposals, code=code)
        take_back_proposal(ballot, code, by=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _own(self, pk: str) -> Ballot:
        """One's own sheet of a product one has declared on."""
        ballot = get_object_or_404(self.get_queryset().filter(seat__user=self.request.user), pk=pk)
        if not has_declared(ballot, ballot.meeting):
            raise Http404
        return ballot

    @extend_schema(request=serializers.AskSerializer, responses={201: serializers.QuestionSerializer})
    @action(detail=True, methods=["post"])
    def questions(self, request: Request, pk: str) -> Response:
        """Ask the producer about one criterion, through the secretary."""
        ballot = self.get_object()
        given = given_by(serializers.AskSerializer, request)
        made = ask(ballot, given["criterion"], given["text"], by=person_of(request))
        return Response(serializers.QuestionSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=REOPEN, responses=shapes.ReopenedSerializer)
    @action(detail=True, methods=["post"], url_path="reopen")
    def reopen(self, request: Request, pk: str) -> Response:
        """The chair opens a sealed sheet again; its points stay hidden from her."""
        found = get_object_or_404(Ballot.objects.reachable_by(request.user).for_page(), pk=pk)
        done = BALLOT.take("reopen", found, by=person_of(request), data=given_by(REOPEN, request))
        return Response(shapes.ReopenedSerializer(done).data)


def _both(conflict: Conflict) -> Response:
    both = {"mine": conflict.mine, "theirs": conflict.theirs, "revision": conflict.revision}
    return Response(both, status=status.HTTP_409_CONFLICT)


ROUTES: list[tuple[str, type]] = [
    ("assessments", AssessmentViewSet),
    ("councils", CouncilViewSet),
    ("meetings", MeetingViewSet),
    ("ballots", BallotViewSet),
    ("questions", QuestionViewSet),
    ("results", ResultViewSet),
    *HEARINGS,
]
