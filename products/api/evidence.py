"""Papers for programs: read, corrected or taken away in the vault, and handed out."""

from typing import Any

import django_filters
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from ocop.asking import person_of
from ocop.files.kinds import KINDS
from ocop.files.links import through_the_door
from products.api.confirming import CONFIRM_RIGHTS, ConfirmActions
from products.api.serializers import EvidenceSerializer, FactsSerializer
from products.models import EvidencePaper, said
from products.vault.handing import hand_out
from products.vault.keeping import KEEPS, change_in_vault, take_from_vault


class EvidenceFilter(django_filters.FilterSet):
    kind = django_filters.CharFilter()


class EvidenceViewSet(ConfirmActions, viewsets.ReadOnlyModelViewSet):
    """One's own papers, and those of the dossiers one sees."""

    queryset = EvidencePaper.objects.none()
    serializer_class = EvidenceSerializer
    filterset_class = EvidenceFilter
    rights = dict.fromkeys(("partial_update", "destroy"), KEEPS) | CONFIRM_RIGHTS

    def get_queryset(self) -> Any:
        papers = EvidencePaper.objects.visible_to(self.request.user).annotate(said=said())
        return papers.select_related("file", "producer__unit")

    @extend_schema(request=FactsSerializer, responses=EvidenceSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Other facts of a paper that is in no filed dossier."""
        given = FactsSerializer(data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        paper = change_in_vault(self.get_object(), by=person_of(request), facts=given.validated_data)
        return Response(EvidenceSerializer(paper).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Taken out of the vault; refused while a dossier uses it."""
        take_from_vault(self.get_object(), by=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        responses={(200, content_type): OpenApiTypes.BINARY for content_type in KINDS}
        | {302: None, 410: None}
    )
    @action(detail=True)
    def file(self, request: Request, pk: str) -> HttpResponse:
        """The bytes, under the reader's name where the paper is not her producer's; the download is logged.

        302 leads on to the same address with a key for some minutes; 410: the key has ended, or is another's.
        """
        paper, by = self.get_object(), person_of(request)
        return through_the_door(request, f"evidence-{paper.pk}-file", by=by) or hand_out(paper, by=by)
