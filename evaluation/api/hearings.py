"""A guest's own hearing for programs: what is discussed, what she is asked, her answer."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from evaluation.api.serializers import QuestionSerializer
from evaluation.meetings.guests import answered_for, asked_of, heard, meetings_heard_by
from evaluation.models import AgendaItem, Meeting, Question
from evaluation.workflow.question import QUESTION, reply_at_hearing
from ocop.api_bodies import JSONBody
from ocop.asking import given_by, person_of
from ocop.orgs.models import User
from ocop.steps import serializer_class
from products.law import criteria_set

REPLY = serializer_class(QUESTION["reply"], "HearingReply")


class HeardSerializer(serializers.Serializer):
    """What a guest may know of the product under discussion, and what waits for her where she answers for it."""

    assessment = serializers.IntegerField()
    product = serializers.CharField()
    producer = serializers.CharField()
    unit = serializers.CharField()
    set_code = serializers.CharField()
    set_name = serializers.CharField()
    code = serializers.CharField(allow_blank=True)
    kind = serializers.CharField()
    questions = QuestionSerializer(many=True)


class HearingSerializer(serializers.ModelSerializer):
    """`heard` is null while nothing is discussed that is hers to hear."""

    heard = serializers.SerializerMethodField()

    class Meta:
        model = Meeting
        fields = ("id", "held_at", "place", "state", "heard")
        read_only_fields = fields

    @extend_schema_field(HeardSerializer(allow_null=True))
    def get_heard(self, meeting: Meeting) -> dict[str, Any] | None:
        user = self.context["request"].user
        item = heard(meeting, user)
        return None if item is None else dict(HeardSerializer(_heard(item, user)).data)


class HearingViewSet(viewsets.GenericViewSet):
    """A meeting to which one is invited as a guest, by the meeting's number."""

    queryset = Meeting.objects.none()
    serializer_class = HearingSerializer
    filter_backends = ()

    def get_queryset(self) -> Any:
        return meetings_heard_by(person_of(self.request))

    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=REPLY, responses=QuestionSerializer)
    @action(
        detail=True, methods=["post"], url_path=r"questions/(?P<question>[0-9]+)/reply",
        parser_classes=[JSONBody, MultiPartParser, FormParser],
    )  # fmt: skip
    def reply(self, request: Request, pk: str, question: str) -> Response:
        """Answer for the producer; refused with the reason once the hall talks of something else."""
        meeting, user = self.get_object(), person_of(request)
        asked = get_object_or_404(
            Question.objects.select_related("meeting__council__unit", "assessment__dossier__product"),
            pk=question,
            meeting=meeting,
        )
        if not answered_for(asked, user):
            raise Http404
        done = reply_at_hearing(asked, by=user, data=given_by(REPLY, request))
        return Response(QuestionSerializer(done).data)


def _heard(item: AgendaItem, user: User) -> dict[str, Any]:
    dossier, of_set = item.assessment.dossier, criteria_set(item.assessment.published.code)
    return {
        "assessment": item.assessment_id,
        "product": str(dossier.product),
        "producer": str(dossier.product.producer),
        "unit": str(dossier.unit),
        "set_code": of_set.code,
        "set_name": of_set.name,
        "code": dossier.code,
        "kind": dossier.kind,
        "questions": asked_of(item.meeting, user),
    }


ROUTES = [("hearings", HearingViewSet)]
