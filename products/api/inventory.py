"""The inventory of potential products for programs: what stands in it, and its imports."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from ocop.api_bodies import JSONBody
from ocop.asking import person_of
from ocop.orgs.models import OrgUnit
from ocop.steps import StepsMixin
from ocop.tables.pages import unit_that_brings
from ocop.tenancy.scope import tenant_in_scope
from products.inventory.importing import check_import
from products.inventory.likeness import like_rows
from products.inventory.writing import change_potential, remove_potential, write_potential
from products.models import Potential, PotentialImport
from products.models.potential import CHANGE
from products.workflow import POTENTIAL_IMPORT


class CommuneField(serializers.PrimaryKeyRelatedField):
    """Whether she keeps its inventory is said by the domain function."""

    def get_queryset(self) -> Any:
        return OrgUnit.objects.none() if tenant_in_scope() is None else OrgUnit.objects.communes()


class PotentialSerializer(serializers.ModelSerializer):
    unit = CommuneField(queryset=OrgUnit.objects.none())

    class Meta:
        model = Potential
        fields = (
            "id", "unit", "name", "set_code", "producer_name", "producer_kind", "phone", "scale", "strengths", "description",
            "idea",
        )  # fmt: skip
        read_only_fields = ("idea",)
        validators: ClassVar[list] = []  # the domain says in words what stands there already


class PotentialViewSet(viewsets.ModelViewSet):
    """Potential products of the units whose inventory one keeps."""

    http_method_names = ["get", "head", "options", "post", "put", "patch", "delete"]
    rights = {"create": CHANGE, "update": CHANGE, "partial_update": CHANGE, "destroy": CHANGE}
    queryset = Potential.objects.none()
    serializer_class = PotentialSerializer
    filterset_fields = ("unit", "set_code")

    def get_queryset(self) -> Any:
        return Potential.objects.visible_to(self.request.user).for_list()

    @extend_schema(responses=PotentialSerializer(many=True))
    @action(detail=True, filter_backends=[], pagination_class=None)
    def alike(self, request: Request, pk: str | None = None) -> Response:
        """Other rows of its commune that may be the same product, whoever makes it. Proposed, not decided."""
        return Response(self.get_serializer(like_rows(self.get_object()), many=True).data)

    def perform_create(self, serializer: Any) -> None:
        serializer.instance = write_potential(serializer.validated_data, by=person_of(self.request))

    def perform_update(self, serializer: Any) -> None:
        serializer.instance = change_potential(
            serializer.instance, serializer.validated_data, by=person_of(self.request)
        )

    def perform_destroy(self, instance: Potential) -> None:
        remove_potential(instance, by=person_of(self.request))


class PotentialImportSerializer(serializers.ModelSerializer):
    file = serializers.FileField(write_only=True)

    class Meta:
        model = PotentialImport
        fields = ("id", "unit", "file", "state", "rows", "faults", "summary", "created_at")
        read_only_fields = ("unit", "state", "rows", "faults", "summary", "created_at")


class PotentialImportViewSet(StepsMixin, mixins.CreateModelMixin, viewsets.ReadOnlyModelViewSet):
    """Lists that were checked; `commit` writes one."""

    rights = {"create": CHANGE}
    parser_classes = (MultiPartParser, JSONBody)
    queryset = PotentialImport.objects.none()
    serializer_class = PotentialImportSerializer
    filterset_fields = ("state",)
    workflow = POTENTIAL_IMPORT

    def get_queryset(self) -> Any:
        return PotentialImport.objects.visible_to(self.request.user)

    def perform_create(self, serializer: Any) -> None:
        """Check a list; nothing is written but what was found."""
        by = person_of(self.request)
        serializer.instance = check_import(
            unit_that_brings(by, CHANGE), serializer.validated_data["file"], by=by
        )
