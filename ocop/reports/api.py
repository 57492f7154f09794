"""A plan's targets with what was reached."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from ocop.reports.actuals import plan_actuals
from plans.models import Plan


class ActualSerializer(serializers.Serializer):
    """`count` is null where the reader may not count it; `url` opens the list behind it."""

    target = serializers.IntegerField(source="target.pk")
    label = serializers.CharField(source="target.label")  # type: ignore[assignment]
    measure = serializers.CharField(source="target.measure")
    stars = serializers.IntegerField(source="target.stars", allow_null=True)
    low = serializers.IntegerField(source="target.low")
    high = serializers.IntegerField(source="target.high", allow_null=True)
    count = serializers.IntegerField(allow_null=True)
    share = serializers.FloatField()
    share_of_year = serializers.FloatField()
    is_reached = serializers.BooleanField()
    is_late = serializers.BooleanField()
    url = serializers.CharField()


class PlanActualsViewSet(viewsets.GenericViewSet):
    """The id is the plan's."""

    serializer_class = ActualSerializer
    queryset = Plan.objects.none()
    pagination_class = None
    filterset_fields: list[str] = []

    def get_queryset(self) -> Any:
        return Plan.objects.visible_to(self.request.user).select_related("unit")

    @extend_schema(responses=ActualSerializer(many=True))
    def retrieve(self, request: Request, pk: str) -> Response:
        """Each target of the plan with its figure of today."""
        found = plan_actuals(self.get_object(), by=request.user)
        return Response(ActualSerializer(found, many=True).data)


ROUTES: list[tuple[str, type]] = [("plan-actuals", PlanActualsViewSet)]
