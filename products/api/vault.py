"""The vault of a producer for programs: her papers, and one put there before any dossier asks for it."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from ocop.api_bodies import JSONBody
from ocop.asking import given_by, person_of
from products.api import serializers as shapes
from products.api.uploads import uploads_for
from products.vault.home import papers_of
from products.vault.keeping import place_in_vault, put_in_vault, put_received


class VaultActions:
    """Below one producer of the viewset that this is mixed into."""

    get_object: Any
    paginate_queryset: Any
    get_paginated_response: Any

    @extend_schema(methods=["get"], responses=shapes.EvidenceSerializer(many=True))
    @extend_schema(
        methods=["post"],
        request={
            "multipart/form-data": shapes.VaultPaperSerializer,
            "application/json": shapes.VaultPaperSerializer,
        },
        responses={201: shapes.EvidenceSerializer},
    )
    @action(
        detail=True, methods=["get", "post"], parser_classes=[MultiPartParser, JSONBody], filter_backends=[]
    )
    def papers(self, request: Request, pk: str) -> Response:
        """Those of her papers that one may see; or one more, with its facts and file, for dossiers to come."""
        producer, by = self.get_object(), person_of(request)
        if request.method == "GET":
            found = papers_of(producer, by, on=timezone.localdate()).order_by("pk")
            rows = shapes.EvidenceSerializer(self.paginate_queryset(found), many=True)
            return self.get_paginated_response(rows.data)
        given = given_by(shapes.VaultPaperSerializer, request)
        told: dict[str, Any] = {"kind": given.pop("kind"), "by": by}
        upload, received = given.pop("file", None), given.pop("upload", None)
        if received is not None:
            paper = put_received(producer, received, facts=given, **told)
        else:
            paper = put_in_vault(producer, upload=upload, facts=given, **told)
        return Response(shapes.EvidenceSerializer(paper).data, status=status.HTTP_201_CREATED)

    @extend_schema(methods=["get"], responses=shapes.UploadSerializer(many=True))
    @extend_schema(
        methods=["post"], request=shapes.UploadSerializer, responses={201: shapes.UploadSerializer}
    )
    @action(detail=True, methods=["get", "post"], filter_backends=[], pagination_class=None)
    def uploads(self, request: Request, pk: str) -> Response:
        """One's own files on their way to this vault; or one begun, which answers it again where it was."""
        return uploads_for(place_in_vault(self.get_object()), request)
