"""Papers for programs: read, and handed out."""

from typing import Any

import django_filters
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request

from ocop.asking import person_of
from ocop.files.kinds import KINDS
from products.api.serializers import EvidenceSerializer
from products.models import EvidencePaper
from products.vault.handing import hand_out


class EvidenceFilter(django_filters.FilterSet):
    kind = django_filters.CharFilter()


class EvidenceViewSet(viewsets.ReadOnlyModelViewSet):
    """One's own papers, and those of the dossiers one sees."""

    queryset = EvidencePaper.objects.none()
    serializer_class = EvidenceSerializer
    filterset_class = EvidenceFilter

    def get_queryset(self) -> Any:
        return EvidencePaper.objects.visible_to(self.request.user).select_related("file")

    @extend_schema(responses={(200, content_type): OpenApiTypes.BINARY for content_type in KINDS})
    @action(detail=True)
    def file(self, request: Request, pk: str) -> HttpResponse:
        """The bytes, under the reader's name where the paper is not her producer's; the download is logged."""
        return hand_out(self.get_object(), by=person_of(request))
