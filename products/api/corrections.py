"""Corrections for programs: what should stand in the register, and the commune's answer."""

from typing import Any

from rest_framework import mixins, serializers, viewsets

from ocop.steps import StepsMixin
from ocop.tenancy.scope import tenant_in_scope
from products.models import Correction, Producer, ProducerKind
from products.producers.corrections import ask_correction
from products.producers.facts import CONFIRMED
from products.workflow import CORRECTION


class SeenProducerField(serializers.PrimaryKeyRelatedField):
    """A producer that the caller sees; whether she may ask is said by the domain function."""

    def get_queryset(self) -> Any:
        request = self.context.get("request")
        if request is None or tenant_in_scope() is None:
            return Producer.objects.none()
        return Producer.objects.visible_to(request.user).select_related("unit")


class WantedSerializer(serializers.Serializer):
    """What should stand there; what is left out stays as it is."""

    name = serializers.CharField(required=False, max_length=300)
    kind = serializers.ChoiceField(required=False, choices=ProducerKind.choices)
    registration_number = serializers.CharField(required=False, allow_blank=True, max_length=40)
    registered_on = serializers.DateField(required=False, allow_null=True)
    tax_code = serializers.CharField(required=False, allow_blank=True, max_length=20)

    def to_representation(self, instance: dict[str, Any]) -> dict[str, Any]:
        """Only what is asked for, as it is kept."""
        return instance


class CorrectionSerializer(serializers.ModelSerializer):
    producer = SeenProducerField(queryset=Producer.objects.none())
    wanted = WantedSerializer(required=False)
    held = serializers.DictField(child=serializers.JSONField(allow_null=True), read_only=True)

    class Meta:
        model = Correction
        fields = ("id", "producer", "wanted", "held", "note", "state", "asked_at")
        read_only_fields = ("state", "asked_at")

    def create(self, validated_data: dict[str, Any]) -> Correction:
        wanted = {
            name: value for name, value in validated_data.get("wanted", {}).items() if name in CONFIRMED
        }
        by = self.context["request"].user
        return ask_correction(validated_data["producer"], wanted, note=validated_data["note"], by=by)


class CorrectionViewSet(StepsMixin, mixins.CreateModelMixin, viewsets.ReadOnlyModelViewSet):
    """Those of one's own producers, and those one answers."""

    queryset = Correction.objects.none()
    serializer_class = CorrectionSerializer
    workflow = CORRECTION

    def get_queryset(self) -> Any:
        return Correction.objects.visible_to(self.request.user).for_list()
