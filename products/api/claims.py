"""Claims for programs: what may be meant, the claim, the commune's answer."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from ocop.orgs.models import OrgUnit
from ocop.steps import StepsMixin
from products.api.producers import CommuneField
from products.models import Claim
from products.producers.claims import claim_producer, not_meant
from products.producers.doubles import doubles_of
from products.workflow import CLAIM


class TypedSerializer(serializers.Serializer):
    """What one knows of the producer."""

    unit = CommuneField(queryset=OrgUnit.objects.none())
    name = serializers.CharField(max_length=300)
    registration_number = serializers.CharField(required=False, allow_blank=True, default="", max_length=40)
    phone = serializers.CharField(required=False, allow_blank=True, default="", max_length=20)


class MatchSerializer(serializers.Serializer):
    producer = serializers.IntegerField(source="producer.pk")
    name = serializers.CharField(source="producer.name")
    unit = serializers.CharField(source="producer.unit.name")
    why = serializers.CharField()


class ClaimSerializer(serializers.ModelSerializer):
    unit = CommuneField(queryset=OrgUnit.objects.none(), write_only=True)
    producer = serializers.IntegerField(source="producer_id")

    class Meta:
        model = Claim
        fields = ("id", "producer", "unit", "name", "registration_number", "phone", "state", "made_at")
        read_only_fields = ("state", "made_at")

    def create(self, validated_data: dict[str, Any]) -> Claim:
        wanted = validated_data.pop("producer_id")
        found = (it.producer for it in doubles_of(**validated_data) if it.producer.pk == wanted)
        producer = next(found, None)
        if producer is None:
            raise not_meant()
        return claim_producer(producer, by=self.context["request"].user, **validated_data)


class ClaimViewSet(StepsMixin, mixins.CreateModelMixin, viewsets.ReadOnlyModelViewSet):
    """One's own claims, and those one decides on."""

    queryset = Claim.objects.none()
    serializer_class = ClaimSerializer
    workflow = CLAIM

    def get_queryset(self) -> Any:
        return Claim.objects.visible_to(self.request.user).for_list()

    @extend_schema(request=TypedSerializer, responses=MatchSerializer(many=True))
    @action(detail=False, methods=["post"])
    def matches(self, request: Request) -> Response:
        """The producers that what was typed points at."""
        given = TypedSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return Response(MatchSerializer(doubles_of(**given.validated_data), many=True).data)
