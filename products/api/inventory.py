"""The inventory of potential products for programs: what stands in it, and its imports."""

from typing import Any

from rest_framework import serializers, viewsets

from ocop.steps import StepsMixin
from products.models import Potential, PotentialImport
from products.workflow import POTENTIAL_IMPORT


class PotentialSerializer(serializers.ModelSerializer):
    producer_kind = serializers.CharField(read_only=True)

    class Meta:
        model = Potential
        fields = (
            "id", "unit", "name", "set_code", "producer_name", "producer_kind", "phone", "scale", "strengths", "description",
            "idea",
        )  # fmt: skip
        read_only_fields = fields


class PotentialViewSet(viewsets.ReadOnlyModelViewSet):
    """Potential products of the units whose inventory one keeps."""

    queryset = Potential.objects.none()
    serializer_class = PotentialSerializer
    filterset_fields = ("unit", "set_code")

    def get_queryset(self) -> Any:
        return Potential.objects.visible_to(self.request.user).for_list()


class PotentialImportSerializer(serializers.ModelSerializer):
    class Meta:
        model = PotentialImport
        fields = ("id", "unit", "state", "rows", "faults", "summary", "created_at")
        read_only_fields = fields


class PotentialImportViewSet(StepsMixin, viewsets.ReadOnlyModelViewSet):
    """Lists that were checked; `commit` writes one."""

    queryset = PotentialImport.objects.none()
    serializer_class = PotentialImportSerializer
    filterset_fields = ("state",)
    workflow = POTENTIAL_IMPORT

    def get_queryset(self) -> Any:
        return PotentialImport.objects.visible_to(self.request.user)
