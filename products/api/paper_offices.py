"""Which office confirms which kinds of paper, for programs: read and written by the tenant's officers, as on the page."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from ocop.asking import given_by, person_of
from products.dossiers.guidance import may_write
from products.models.office import Office, offices
from products.vault.offices import kinds_of_all_time, write_office

MOST = 200  # kinds of one office
_UNIT = OpenApiParameter("id", OpenApiTypes.INT, OpenApiParameter.PATH, description="The office's unit.")


class OwnedKindsSerializer(serializers.Serializer):
    """Codes of kinds; none: the office confirms nothing."""

    kinds = serializers.ListField(child=serializers.CharField(max_length=40), max_length=MOST)


class PaperOfficeSerializer(OwnedKindsSerializer):
    """A department of the tenant; `is_written` where the tenant wrote its kinds over those that come with its name."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    is_written = serializers.BooleanField()


class PaperKindSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()


class PaperOfficeViewSet(viewsets.ViewSet):
    """A kind may be several offices'; of one paper the office that spoke first alone corrects its word."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not may_write(person_of(request)):
            raise PermissionDenied

    @extend_schema(operation_id="paper_offices_list", responses=PaperOfficeSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Those that exist today, by name."""
        return Response([_told(it) for it in offices()])

    @extend_schema(responses=PaperKindSerializer(many=True))
    @action(detail=False)
    def kinds(self, request: Request) -> Response:
        """Every kind that a regime or a legal form knows."""
        return Response([{"code": code, "name": name} for code, name in kinds_of_all_time()])

    @extend_schema(parameters=[_UNIT], responses=PaperOfficeSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One of them."""
        return Response(_told(_found(pk)))

    @extend_schema(parameters=[_UNIT], request=OwnedKindsSerializer, responses=PaperOfficeSerializer)
    def update(self, request: Request, pk: str) -> Response:
        """These kinds and no others are the office's from now on; what it said before stays."""
        unit, given = _found(pk).unit, given_by(OwnedKindsSerializer, request)
        write_office(unit, given["kinds"], by=person_of(request))
        return Response(_told(_found(pk)))


def _found(pk: str) -> Office:
    found = next((it for it in offices() if str(it.unit.pk) == pk), None)
    if found is None:
        raise Http404
    return found


def _told(office: Office) -> dict[str, Any]:
    unit = office.unit
    return {
        "id": unit.pk,
        "name": unit.name,
        "kinds": sorted(office.kinds),
        "is_written": hasattr(unit, "paper_office"),
    }
