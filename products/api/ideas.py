"""Ideas for programs: registered, changed, marked, decided; the same functions as the pages."""

from typing import Any, ClassVar

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from ocop.asking import person_of
from ocop.steps import StepsMixin
from products.api.products import OwnProducerField
from products.api.saving import SAVES, ValuesSerializer, answer
from products.ideas.likeness import alike
from products.ideas.registering import change_idea, register_idea
from products.ideas.screening import save_marks
from products.models import Idea, IdeaState, Producer
from products.workflow import IDEA_ITSELF


class IdeaSerializer(serializers.ModelSerializer):
    producer = OwnProducerField(queryset=Producer.objects.none())
    year = serializers.IntegerField(source="window.plan.year", read_only=True)

    class Meta:
        model = Idea
        fields = (
            "id", "producer", "unit", "year", "name", "set_code", "description", "strengths", "scale", "state", "points",
            "stars", "product", "previous", "created_at",
        )  # fmt: skip
        read_only_fields = ("unit", "state", "points", "stars", "product", "previous", "created_at")
        validators: ClassVar[list] = []  # the domain function says what is registered already

    def create(self, validated_data: dict[str, Any]) -> Idea:
        return register_idea(validated_data.pop("producer"), validated_data, by=self.context["request"].user)

    def update(self, instance: Idea, validated_data: dict[str, Any]) -> Idea:
        validated_data.pop("producer", None)
        return change_idea(instance, validated_data, by=self.context["request"].user)


class IdeaFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="search")
    state = django_filters.ChoiceFilter(choices=IdeaState.choices)
    year = django_filters.NumberFilter(field_name="window__plan__year")

    def search(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.search(value)


class LikeSerializer(serializers.Serializer):
    """A row that may be the same: its number, its name, and whose it is."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    producer = serializers.IntegerField(source="producer_id")
    producer_name = serializers.CharField(source="producer.name")


class AlikeSerializer(serializers.Serializer):
    ideas = LikeSerializer(many=True)
    products = LikeSerializer(many=True)


class IdeaViewSet(
    StepsMixin, mixins.CreateModelMixin, mixins.UpdateModelMixin, viewsets.ReadOnlyModelViewSet
):
    """The ideas one sees: registered while a window is open, changed until they are decided on."""

    queryset = Idea.objects.none()
    serializer_class = IdeaSerializer
    filterset_class = IdeaFilter
    workflow = IDEA_ITSELF
    rights = {"update": "products.register_idea", "partial_update": "products.register_idea",
              "marks": "products.screen_idea"}  # fmt: skip

    def get_queryset(self) -> Any:
        return Idea.objects.visible_to(self.request.user).for_list()

    @extend_schema(responses=AlikeSerializer)
    @action(detail=True, filter_backends=[], pagination_class=None)
    def alike(self, request: Request, pk: str | None = None) -> Response:
        """Ideas of the window and products of the commune that it may be the same as, of those that one sees.

        By names in any order of their words; both are empty once it is a product or has ended. Proposed, not decided.
        """
        ideas, products = alike(self.get_object(), by=person_of(request))
        return Response(AlikeSerializer({"ideas": ideas, "products": products}).data)

    @extend_schema(request=ValuesSerializer, responses=SAVES)
    @action(detail=True, methods=["post"], filter_backends=[], pagination_class=None)
    def marks(self, request: Request, pk: str | None = None) -> Response:
        """Save marks of the plan's rules; what another changed meanwhile comes back as a clash (409)."""
        idea, given = self.get_object(), ValuesSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values, seen = given.validated_data["given"], given.validated_data.get("seen")
        saved = save_marks(idea, values, seen=seen, by=request.user)  # type: ignore[arg-type]
        return answer(saved)
