"""Packages between tiers: what goes up, what came from below."""

from typing import Any

from rest_framework import serializers, viewsets

from evaluation.models import Arrival, HandOver
from evaluation.workflow.hand_over import ARRIVAL, BY_OTHERS, HAND_OVER, out_of_place
from ocop.steps import StepsMixin


class HandOverSerializer(serializers.ModelSerializer):
    class Meta:
        model = HandOver
        fields = (
            "id", "assessment", "decision", "unit", "to_tier", "to_unit", "to_tenant", "to_name", "letter", "package",
            "digest", "receipt", "sent_at", "received_at", "refusal", "answer_number", "answered_on", "answer_stars",
            "answer_points", "state",
        )  # fmt: skip
        read_only_fields = fields


class HandOverViewSet(StepsMixin, viewsets.ReadOnlyModelViewSet):
    serializer_class = HandOverSerializer
    workflow = HAND_OVER
    queryset = HandOver.objects.none()
    filterset_fields = ["state", "to_tier"]

    def get_queryset(self) -> Any:
        return HandOver.objects.visible_to(self.request.user)

    def out_of_place(self, obj: HandOver) -> frozenset[str]:
        return out_of_place(obj)


class ArrivalSerializer(serializers.ModelSerializer):
    class Meta:
        model = Arrival
        fields = (
            "id", "unit", "tier", "from_name", "receipt", "package", "digest", "sent_at", "arrived_at", "dossier",
            "assessment", "refusal", "state",
        )  # fmt: skip
        read_only_fields = fields


class ArrivalViewSet(StepsMixin, viewsets.ReadOnlyModelViewSet):
    serializer_class = ArrivalSerializer
    workflow = ARRIVAL.without(BY_OTHERS)
    queryset = Arrival.objects.none()
    filterset_fields = ["state", "tier"]

    def get_queryset(self) -> Any:
        return Arrival.objects.visible_to(self.request.user).defer("content")


ROUTES = [("hand-overs", HandOverViewSet), ("arrivals", ArrivalViewSet)]
