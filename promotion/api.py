"""The catalogue for everybody, the fairs for those who run them."""

from typing import Any

from django.utils import timezone
from django.utils.cache import patch_cache_control
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from evaluation.models import Certificate
from ocop.orgs.models import OrgUnit
from promotion.events import write_event
from promotion.forms import CatalogueForm
from promotion.models import Event, Participation
from promotion.participations import MOST_LINES, add, check_lines, problems, remove
from promotion.queries import facts, newest
from promotion.rules import standing
from promotion.views.catalogue import KEPT_SECONDS


class CatalogueSerializer(serializers.ModelSerializer):
    """What is printed and published; nothing about people."""

    product = serializers.IntegerField(source="product_id")
    name = serializers.CharField(source="product_name")
    producer = serializers.CharField(source="producer_name")
    commune = serializers.CharField(source="product.unit.name")
    description = serializers.CharField(source="product.description")
    set = serializers.CharField(source="product.set_code")
    valid_until = serializers.DateField(source="last_day")
    standing = serializers.SerializerMethodField()

    class Meta:
        model = Certificate
        fields = ("product", "name", "producer", "commune", "description", "set", "stars", "number", "code",
                  "issued_on", "valid_until", "standing")  # fmt: skip

    def get_standing(self, certificate: Certificate) -> str:
        return standing(facts(certificate), timezone.localdate())


CATALOGUE_FILTERS = [
    OpenApiParameter(
        "q", OpenApiTypes.STR, description="Product, producer or number; diacritics do not matter."
    ),
    OpenApiParameter("stars", OpenApiTypes.INT),
    OpenApiParameter("category", OpenApiTypes.STR, description="A category of the law: I to VI."),
    OpenApiParameter("commune", OpenApiTypes.INT),
    OpenApiParameter("state", OpenApiTypes.STR, enum=["all"], description="Expired and revoked ones too."),
]


@extend_schema_view(list=extend_schema(parameters=CATALOGUE_FILTERS))
class CatalogueViewSet(viewsets.ReadOnlyModelViewSet):
    """Certified products, open to everybody; the id is the product's."""

    serializer_class = CatalogueSerializer
    permission_classes = (AllowAny,)
    authentication_classes = ()  # the same answer for everybody: shared caches may keep it
    filter_backends = ()
    queryset = Certificate.objects.none()
    lookup_field = "product_id"
    lookup_value_regex = r"\d+"

    def get_queryset(self) -> Any:
        rows = (
            newest() if self.detail else CatalogueForm(self.request.query_params).found(timezone.localdate())
        )
        return rows.select_related("product__unit")

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Any:
        answer = super().finalize_response(request, response, *args, **kwargs)
        if answer.status_code == status.HTTP_200_OK:
            patch_cache_control(answer, public=True, max_age=KEPT_SECONDS)
        return answer


class ParticipationSerializer(serializers.ModelSerializer):
    number = serializers.CharField(source="certificate.number")
    name = serializers.CharField(source="certificate.product_name")
    stars = serializers.IntegerField(source="certificate.stars")
    problems = serializers.SerializerMethodField()

    class Meta:
        model = Participation
        fields = ("id", "certificate", "number", "name", "stars", "added_at", "problems")

    def get_problems(self, row: Participation) -> list[str]:
        return problems(row.certificate, row.event)


class EventSerializer(serializers.ModelSerializer):
    unit = serializers.PrimaryKeyRelatedField(queryset=OrgUnit.objects.none())

    class Meta:
        model = Event
        fields = ("id", "unit", "name", "place", "starts_on", "ends_on", "least_stars")

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        if "request" in self.context:
            fields["unit"].queryset = OrgUnit.objects.all()  # type: ignore[attr-defined]  # the right in it is asked when it is written
        return fields

    def create(self, validated_data: dict[str, Any]) -> Event:
        return write_event(Event(**validated_data), by=self.context["request"].user)

    def update(self, instance: Event, validated_data: dict[str, Any]) -> Event:
        for name, value in validated_data.items():
            setattr(instance, name, value)
        return write_event(instance, by=self.context["request"].user)


class AddSerializer(serializers.Serializer):
    certificate = serializers.IntegerField()


class PasteSerializer(serializers.Serializer):
    lines = serializers.ListField(child=serializers.CharField(max_length=400), max_length=MOST_LINES)


class LineSerializer(serializers.Serializer):
    """One pasted line: what it named, and why that may not come."""

    text = serializers.CharField()
    certificate = serializers.IntegerField(source="certificate.pk", allow_null=True, default=None)
    may_come = serializers.BooleanField()
    is_in = serializers.BooleanField()
    problems = serializers.ListField(child=serializers.CharField())


class EventViewSet(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    viewsets.GenericViewSet,
):
    """Fairs and what shows there."""

    serializer_class = EventSerializer
    queryset = Event.objects.none()
    filterset_fields = ("unit",)
    rights = dict.fromkeys(
        ("create", "update", "partial_update", "check", "add_participation", "remove_participation"),
        "promotion.change_event",
    )

    def get_queryset(self) -> Any:
        return Event.objects.visible_to(self.request.user)

    @extend_schema(responses=ParticipationSerializer(many=True))
    @action(detail=True, pagination_class=None, filterset_fields=[])
    def participations(self, request: Request, pk: str) -> Response:
        """What shows there, each asked again today."""
        rows = self.get_object().participations.select_related("certificate", "event").order_by("pk")
        return Response(ParticipationSerializer(rows, many=True).data)

    @extend_schema(request=AddSerializer, responses={201: ParticipationSerializer})
    @participations.mapping.post
    def add_participation(self, request: Request, pk: str) -> Response:
        """Let a certificate in; refused with every reason in words."""
        event = self.get_object()
        given = AddSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        visible = Certificate.objects.visible_to(request.user)
        certificate = get_object_or_404(visible, pk=given.validated_data["certificate"])
        made = add(event, certificate, by=request.user)  # type: ignore[arg-type]
        return Response(ParticipationSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={204: None})
    @action(detail=True, methods=["delete"], url_path=r"participations/(?P<participation>\d+)")
    def remove_participation(self, request: Request, pk: str, participation: str) -> Response:
        remove(get_object_or_404(self.get_object().participations, pk=participation), by=request.user)  # type: ignore[arg-type]
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=PasteSerializer, responses=LineSerializer(many=True))
    @action(detail=True, methods=["post"], pagination_class=None, filterset_fields=[])
    def check(self, request: Request, pk: str) -> Response:
        """Numbers or names, line by line: who may come, and why the others may not."""
        event = self.get_object()
        given = PasteSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        lines = check_lines(event, "\n".join(given.validated_data["lines"]), by=request.user)  # type: ignore[arg-type]
        return Response(LineSerializer(lines, many=True).data)


ROUTES: list[tuple[str, type]] = [("catalogue", CatalogueViewSet), ("events", EventViewSet)]
