"""Business plans for programs: what stands in them, and values saved field by field."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from ocop.asking import person_of
from products.api.saving import SAVES, ValuesSerializer, answer
from products.ideas.plan_actuals import Progress, plan_actuals
from products.ideas.plan_parts import Part, parts
from products.ideas.planning import CHANGE, LONGEST_REASON, drop_plan, save_part
from products.models import BusinessPlan


class BusinessPlanSerializer(serializers.ModelSerializer):
    class Meta:
        model = BusinessPlan
        fields = (
            "id",
            "producer",
            "idea",
            "product",
            "first_year",
            "data",
            "revision",
            "revisions",
            "saved_at",
        )
        read_only_fields = fields


class FilingSerializer(serializers.Serializer):
    """The filed dossier that declares a figure; `on` is the day of its first filing."""

    dossier = serializers.IntegerField()
    version = serializers.IntegerField(source="number")
    receipt = serializers.CharField()
    on = serializers.DateField()


class DeclaredSerializer(serializers.Serializer):
    """A figure as it was declared."""

    text = serializers.CharField()
    filing = FilingSerializer()


class PlannedFigureSerializer(serializers.Serializer):
    """`actual` is in the plan's unit, null where unknown or not to be compared; `percent` is rounded down."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    unit = serializers.CharField()
    planned = serializers.IntegerField(allow_null=True)
    actual = serializers.FloatField(allow_null=True)
    percent = serializers.IntegerField(allow_null=True)
    progress = serializers.ChoiceField(Progress.choices)
    declared = DeclaredSerializer(allow_null=True)
    others = DeclaredSerializer(many=True)


class PlanYearSerializer(serializers.Serializer):
    """A year of the plan."""

    year = serializers.IntegerField()
    figures = PlannedFigureSerializer(many=True)


class DropSerializer(serializers.Serializer):
    """`note` is the reason; an officer owes one to a producer who has people."""

    note = serializers.CharField(max_length=LONGEST_REASON, required=False, allow_blank=True, default="")


class BusinessPlanViewSet(viewsets.ReadOnlyModelViewSet):
    """The plans of the ideas and products one sees."""

    queryset = BusinessPlan.objects.none()
    serializer_class = BusinessPlanSerializer
    filterset_fields = ("producer", "idea", "product")
    rights = {"values": CHANGE, "destroy": CHANGE}

    def get_queryset(self) -> Any:
        return BusinessPlan.objects.visible_to(self.request.user).for_page().order_by("-pk")

    @extend_schema(parameters=[DropSerializer], responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """One begun by mistake; her people are told, by an officer with the reason."""
        given = DropSerializer(data=request.query_params)
        given.is_valid(raise_exception=True)
        drop_plan(self.get_object(), by=person_of(request), note=given.validated_data["note"])
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=ValuesSerializer, responses=SAVES)
    @action(detail=True, methods=["post"], filter_backends=[], pagination_class=None)
    def values(self, request: Request, pk: str | None = None) -> Response:
        """Save values of any part; what another changed meanwhile comes back as a clash (409)."""
        plan, given = self.get_object(), ValuesSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        whole = Part("all", "", tuple(field for part in parts(plan.first_year) for field in part.fields))
        values, seen = given.validated_data["given"], given.validated_data.get("seen")
        saved = save_part(plan, whole, values, seen=seen, by=request.user)  # type: ignore[arg-type]
        return answer(saved)

    @extend_schema(responses=PlanYearSerializer(many=True))
    @action(detail=True, filter_backends=[], pagination_class=None)
    def actuals(self, request: Request, pk: str | None = None) -> Response:
        """What was planned for each year beside what the product's filed dossiers declare of it."""
        found = plan_actuals(self.get_object(), by=request.user)  # type: ignore[arg-type]
        return Response(PlanYearSerializer(found, many=True).data)
