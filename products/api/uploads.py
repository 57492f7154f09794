"""Files that come in pieces, for programs and for the page's own script: begun at a dossier or a vault, sent and finished here."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from ocop.api_bodies import JSONBody
from ocop.asking import given_by, person_of
from ocop.files.models import Upload
from ocop.files.uploads import OutOfStepError, append, begin, finish, give_up
from products.api.serializers import PieceSerializer, UploadSerializer


class Piece(BaseParser):
    """Bytes as they are."""

    media_type = "application/octet-stream"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        return bytes(stream.read())


def uploads_for(place: str, request: Request) -> Response:
    """GET: one's own files on their way there; POST: one begun, which answers it again where it was."""
    by = person_of(request)
    if request.method == "GET":
        mine = Upload.objects.visible_to(by).waiting().filter(place=place).order_by("pk")
        return Response(UploadSerializer(mine, many=True).data)
    upload = begin(place, by=by, **given_by(UploadSerializer, request))
    return Response(UploadSerializer(upload).data, status=status.HTTP_201_CREATED)


class UploadViewSet(mixins.RetrieveModelMixin, mixins.DestroyModelMixin, viewsets.GenericViewSet):
    """One's own, by their key."""

    queryset = Upload.objects.none()
    serializer_class = UploadSerializer
    parser_classes = (Piece, JSONBody)
    lookup_field = "key"
    lookup_value_regex = "[0-9a-f-]{36}"

    def get_queryset(self) -> Any:
        return Upload.objects.visible_to(self.request.user)

    @extend_schema(
        request={"application/octet-stream": OpenApiTypes.BINARY},
        parameters=[
            OpenApiParameter("Upload-Offset", int, OpenApiParameter.HEADER, required=True),
            OpenApiParameter("Upload-Digest", str, OpenApiParameter.HEADER),
        ],
        responses={200: PieceSerializer, 409: PieceSerializer},
    )
    def partial_update(self, request: Request, key: str) -> Response:
        """A piece from `Upload-Offset` on; 409 says where the next one has to begin. `Upload-Digest`: its SHA-256 in hex."""
        upload, offset = self.get_object(), request.headers.get("Upload-Offset", "")
        if not isinstance(request.data, bytes) or not offset.isdigit() or len(offset) > 12:
            raise ParseError("Upload-Offset, application/octet-stream")
        try:
            upload = append(
                upload, int(offset), request.data, sha256=request.headers.get("Upload-Digest", "")
            )
        except OutOfStepError as ahead:
            return Response({"received": ahead.received}, status=status.HTTP_409_CONFLICT)
        return Response({"received": upload.received})

    @extend_schema(request=None, responses=UploadSerializer)
    @action(detail=True, methods=["post"])
    def finish(self, request: Request, key: str) -> Response:
        """Check what is whole: the answer's state is `kept`, or `refused` with the reason in words."""
        return Response(UploadSerializer(finish(self.get_object())).data)

    def perform_destroy(self, instance: Upload) -> None:
        give_up(instance)
