"""The coaching log for programs."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from ocop.tenancy.scope import tenant_in_scope
from products.api.products import OwnProducerField
from products.coaching.log import mark_done, write_visit
from products.models import CoachingVisit, Idea, Producer, Product


class SeenField(serializers.PrimaryKeyRelatedField):
    """A row of this model that the person sees."""

    def __init__(self, model: Any, **kwargs: Any) -> None:
        self.model = model
        super().__init__(queryset=model.objects.none(), required=False, allow_null=True, **kwargs)

    def get_queryset(self) -> Any:
        request = self.context.get("request")
        if request is None or tenant_in_scope() is None:
            return self.model.objects.none()
        return self.model.objects.visible_to(request.user)


class CoachingVisitSerializer(serializers.ModelSerializer):
    producer = OwnProducerField(queryset=Producer.objects.none())
    idea = SeenField(Idea)
    product = SeenField(Product)
    coach = serializers.CharField(source="coach.get_full_name", read_only=True)

    class Meta:
        model = CoachingVisit
        fields = (
            "id", "producer", "idea", "product", "kind", "on", "coach", "others", "advice", "next_step", "next_on", "done_at",
        )  # fmt: skip
        read_only_fields = ("done_at",)

    def create(self, validated_data: dict[str, Any]) -> CoachingVisit:
        about = {name: validated_data.pop(name, None) for name in ("idea", "product")}
        producer = validated_data.pop("producer")
        return write_visit(producer, validated_data, by=self.context["request"].user, **about)


class CoachingViewSet(mixins.CreateModelMixin, viewsets.ReadOnlyModelViewSet):
    """What was advised to the producers one sees; written by who coaches them."""

    queryset = CoachingVisit.objects.none()
    serializer_class = CoachingVisitSerializer
    filterset_fields = ("producer", "idea", "product", "kind")

    def get_queryset(self) -> Any:
        return CoachingVisit.objects.visible_to(self.request.user).for_list()

    @extend_schema(request=None, responses=CoachingVisitSerializer)
    @action(detail=True, methods=["post"], filter_backends=[], pagination_class=None)
    def done(self, request: Request, pk: str | None = None) -> Response:
        """Its next step is done."""
        done = mark_done(self.get_object(), by=request.user)  # type: ignore[arg-type]
        return Response(self.get_serializer(done).data)
