"""Business plans for programs: what stands in them, and values saved field by field."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from ocop.asking import person_of
from products.api.saving import SAVES, ValuesSerializer, answer
from products.ideas.plan_parts import Part, parts
from products.ideas.planning import CHANGE, drop_plan, save_part
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


class BusinessPlanViewSet(mixins.DestroyModelMixin, viewsets.ReadOnlyModelViewSet):
    """The plans of the ideas and products one sees."""

    queryset = BusinessPlan.objects.none()
    serializer_class = BusinessPlanSerializer
    filterset_fields = ("producer", "idea", "product")
    rights = {"values": CHANGE, "destroy": CHANGE}

    def get_queryset(self) -> Any:
        return BusinessPlan.objects.visible_to(self.request.user).for_page().order_by("-pk")

    def perform_destroy(self, instance: BusinessPlan) -> None:
        """One begun by mistake."""
        drop_plan(instance, by=person_of(self.request))

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
