"""What councils concluded, for programs; once it is decided, explained as its producer reads it."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from evaluation.api.serializers import ResultSerializer
from evaluation.decisions.feedback import Feedback, Part, WayUp, explained_to, read_feedback
from evaluation.models import Result
from ocop.asking import person_of
from ocop.regulations import shown


class ScoredCriterionSerializer(serializers.Serializer):
    """The council's mean, the level it agreed on, the producer's own; null where there is none."""

    criterion = serializers.CharField()
    name = serializers.CharField()
    most = serializers.IntegerField()
    mean = serializers.CharField()
    exact = serializers.CharField()
    agreed = serializers.IntegerField(allow_null=True)
    claim = serializers.IntegerField(allow_null=True)


class ScoredPartSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    most = serializers.IntegerField()
    points = serializers.CharField()
    exact = serializers.CharField()
    criteria = ScoredCriterionSerializer(many=True)


class KnockOutSerializer(serializers.Serializer):
    code = serializers.CharField()
    words = serializers.CharField()


class RaiseSerializer(serializers.Serializer):
    """One step of the way, with what the level to reach reads."""

    criterion = serializers.CharField()
    name = serializers.CharField()
    before = serializers.IntegerField()
    after = serializers.IntegerField()
    text = serializers.CharField(allow_blank=True)


class WayUpSerializer(serializers.Serializer):
    """The shortest way to the next star; `added` is its points together."""

    star = serializers.IntegerField()
    added = serializers.IntegerField()
    raises = RaiseSerializer(many=True)


class NextRoundSerializer(serializers.Serializer):
    """`name` is empty where only the law's own calendar is known yet."""

    name = serializers.CharField(allow_blank=True)
    last_day = serializers.DateField()


class FeedbackSerializer(serializers.Serializer):
    """Means and agreed levels only: no sheet, no name, no word of the discussion."""

    result = serializers.IntegerField()
    assessment = serializers.IntegerField()
    stars = serializers.IntegerField()
    mean = serializers.CharField(help_text="Cut to as many decimals as the Quy chế shows.")
    exact = serializers.CharField(help_text="The fraction itself.")
    outcome = serializers.CharField(allow_blank=True)
    decision_number = serializers.CharField(allow_blank=True)
    sentences = serializers.ListField(child=serializers.CharField())
    parts = ScoredPartSerializer(many=True)
    knock_outs = KnockOutSerializer(many=True)
    way = WayUpSerializer(allow_null=True)
    next_round = NextRoundSerializer(allow_null=True)


class ResultViewSet(ReadOnlyModelViewSet):
    """What councils concluded."""

    queryset = Result.objects.none()
    serializer_class = ResultSerializer
    filterset_fields = ("meeting", "stars")

    def get_queryset(self) -> Any:
        return Result.objects.visible_to(self.request.user).select_related("assessment")

    @extend_schema(responses=FeedbackSerializer)
    @action(detail=True, methods=["get"])
    def feedback(self, request: Request, pk: str) -> Response:
        """The result explained; before there is a decision it is there for nobody."""
        known = explained_to(person_of(request)).select_related(
            "meeting__council", "assessment__published", "assessment__unit", "assessment__dossier__unit"
        )
        told = read_feedback(get_object_or_404(known, pk=pk))
        return Response(FeedbackSerializer(_feedback(told)).data)


def _feedback(told: Feedback) -> dict[str, Any]:
    result, item = told.result, told.item
    return {
        "result": result.pk,
        "assessment": result.assessment_id,
        "stars": result.stars,
        "mean": shown(result.mean, told.decimals),
        "exact": str(result.mean),
        "outcome": item.outcome if item else "",
        "decision_number": item.decision.number if item else "",
        "sentences": told.sentences,
        "parts": [_part(it, told.decimals) for it in told.parts],
        "knock_outs": [{"code": it.code, "words": it.text} for it in told.knock_outs],
        "way": _way(told.way) if told.way else None,
        "next_round": told.next_round,
    }


def _part(part: Part, decimals: int) -> dict[str, Any]:
    return {
        "code": part.code,
        "name": part.name,
        "most": part.most,
        "points": shown(part.points, decimals),
        "exact": str(part.points),
        "criteria": [
            {
                "criterion": it.criterion.code,
                "name": it.criterion.name,
                "most": it.criterion.points,
                "mean": shown(it.mean, decimals),
                "exact": str(it.mean),
                "agreed": it.agreed,
                "claim": it.claim,
            }
            for it in part.lines
        ],
    }


def _way(way: WayUp) -> dict[str, Any]:
    return {
        "star": way.star,
        "added": way.added,
        "raises": [
            {
                "criterion": it.step.criterion,
                "name": it.name,
                "before": it.step.before,
                "after": it.step.after,
                "text": it.text,
            }
            for it in way.raises
        ],
    }
