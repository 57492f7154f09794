"""The coaching log for programs."""

from typing import Any

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from ocop.api_bodies import JSONBody
from ocop.asking import person_of
from ocop.files.kinds import KINDS, SCANS
from ocop.files.links import through_the_door
from ocop.tenancy.scope import tenant_in_scope
from products.api.products import OwnProducerField
from products.coaching.files import hand_out
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
    """`file` is a photograph or scan, sent as multipart; `file_name` and its hash say that there is one, "" that there is none."""

    producer = OwnProducerField(queryset=Producer.objects.none())
    idea = SeenField(Idea)
    product = SeenField(Product)
    coach = serializers.CharField(source="coach.get_full_name", read_only=True)
    file = serializers.FileField(write_only=True, required=False, allow_null=True)
    file_name = serializers.CharField(source="file.name", default="", read_only=True)
    file_sha256 = serializers.CharField(source="file.sha256", default="", read_only=True)

    class Meta:
        model = CoachingVisit
        fields = (
            "id", "producer", "idea", "product", "kind", "on", "coach", "others", "advice", "file", "file_name", "file_sha256", "next_step",
            "next_on", "done_at",
        )  # fmt: skip
        read_only_fields = ("done_at",)

    def create(self, validated_data: dict[str, Any]) -> CoachingVisit:
        about = {name: validated_data.pop(name, None) for name in ("idea", "product")}
        producer = validated_data.pop("producer")
        upload, by = validated_data.pop("file", None), self.context["request"].user
        return write_visit(producer, validated_data, by=by, upload=upload, **about)


class CoachingViewSet(mixins.CreateModelMixin, viewsets.ReadOnlyModelViewSet):
    """What was advised to the producers one sees; written by who coaches them."""

    queryset = CoachingVisit.objects.none()
    serializer_class = CoachingVisitSerializer
    filterset_fields = ("producer", "idea", "product", "kind")
    parser_classes = [JSONBody, MultiPartParser, FormParser]

    def get_queryset(self) -> Any:
        return CoachingVisit.objects.visible_to(self.request.user).for_list()

    @extend_schema(
        responses={(200, it.content_type): OpenApiTypes.BINARY for it in KINDS.values() if it.family in SCANS}
        | {302: None, 410: None}
    )
    @action(detail=True)
    def file(self, request: Request, pk: str) -> HttpResponse:
        """Its photograph or scan, by an address with a key that ends, as for a paper; under the reader's name where it
        is not her producer's. 404 where it has none.
        """
        visit, by = self.get_object(), person_of(request)
        if visit.file is None:
            raise Http404
        onward = through_the_door(request, f"coaching-{visit.pk}-file", by=by)
        return onward or hand_out(visit, visit.file, by=by)

    @extend_schema(request=None, responses=CoachingVisitSerializer)
    @action(detail=True, methods=["post"], filter_backends=[], pagination_class=None)
    def done(self, request: Request, pk: str | None = None) -> Response:
        """Its next step is done."""
        done = mark_done(self.get_object(), by=request.user)  # type: ignore[arg-type]
        return Response(self.get_serializer(done).data)
